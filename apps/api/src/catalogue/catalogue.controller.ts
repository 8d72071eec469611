import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import type { Principal } from '#libs/platform/auth/principal.js';
import { CurrentPrincipal, demandCatalogueReader } from '../http/auth.guard.js';
import { Refuses, Responds } from '../http/responds.decorator.js';
import { AssistantPage, ModelPage, UseCasePage } from './catalogue.schemas.js';
import { toModelView } from './model.view.js';

/** The whole catalogue is in memory and small, so each list is one page. */
@ApiTags('catalogue')
@Controller('v1')
export class CatalogueController {
  constructor(private readonly catalogue: CatalogueService) {}

  @Get('models')
  @ApiOperation({ summary: 'All models, also those that are not available' })
  @Responds(200, ModelPage, 'The models')
  @Refuses(403, 503)
  models(@CurrentPrincipal() principal: Principal) {
    demandCatalogueReader(principal);
    return { items: this.catalogue.snapshot().models.map(toModelView), nextCursor: null };
  }

  @Get('use-cases')
  @ApiOperation({ summary: 'Use cases with their active model and candidates' })
  @Responds(200, UseCasePage, 'The use cases')
  @Refuses(403, 503)
  useCases(@CurrentPrincipal() principal: Principal) {
    demandCatalogueReader(principal);
    return { items: this.catalogue.snapshot().useCases, nextCursor: null };
  }

  @Get('assistants')
  @ApiOperation({ summary: 'Which assistant belongs to which use case' })
  @Responds(200, AssistantPage, 'The assistants')
  @Refuses(403, 503)
  assistants(@CurrentPrincipal() principal: Principal) {
    demandCatalogueReader(principal);
    return { items: this.catalogue.snapshot().assistants, nextCursor: null };
  }
}
