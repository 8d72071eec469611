import { Module } from '@nestjs/common';
import { CatalogueModule } from '#libs/catalogue/catalogue.module.js';
import { InferenceModule } from '#libs/inference/inference.module.js';
import { SwitchingModule } from '#libs/switching/switching.module.js';
import { WireService } from './wire.service.js';
import { WireContextService } from './wire-context.service.js';

@Module({
  imports: [CatalogueModule, InferenceModule, SwitchingModule],
  providers: [WireContextService, WireService],
  exports: [WireService],
})
export class WiresModule {}
