import { Module } from '@nestjs/common';
import { AnalyticsModule } from '#libs/analytics/analytics.module.js';
import { BreakersModule } from '#libs/breakers/breakers.module.js';
import { CatalogueModule } from '#libs/catalogue/catalogue.module.js';
import { InferenceModule } from '#libs/inference/inference.module.js';
import { SwitchingModule } from '#libs/switching/switching.module.js';
import { SwitchWarnings } from './switch-warnings.service.js';
import { TokenCountService } from './token-count.service.js';
import { WireService } from './wire.service.js';
import { WireBytes } from './wire-bytes.service.js';
import { WireContextService } from './wire-context.service.js';
import { WireNames } from './wire-names.service.js';

@Module({
  imports: [AnalyticsModule, BreakersModule, CatalogueModule, InferenceModule, SwitchingModule],
  providers: [WireBytes, WireContextService, WireService, WireNames, TokenCountService, SwitchWarnings],
  exports: [WireBytes, WireService, WireNames, TokenCountService, SwitchWarnings],
})
export class WiresModule {}
