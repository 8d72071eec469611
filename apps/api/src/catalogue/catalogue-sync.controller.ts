import { Body, Controller, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CatalogueSyncService } from '#libs/catalogue/catalogue-sync.service.js';
import type { Caller } from '#libs/switching/switch.js';
import { demandScope } from '../http/auth.guard.js';
import { CurrentCaller } from '../http/caller.decorator.js';
import { Refuses, Responds } from '../http/responds.decorator.js';
import { SyncCatalogue, SyncView } from './catalogue-sync.schemas.js';

/** What the catalogue takes over from elsewhere. */
@ApiTags('catalogue')
@Controller('v1/catalogue')
export class CatalogueSyncController {
  constructor(private readonly syncs: CatalogueSyncService) {}

  @Post('sync')
  @ApiOperation({
    summary: 'Bring the catalogue in line with Bedrock',
    description:
      'Lifecycle, destinations and how a model is invoked; what an operator has set stays. All or nothing, within 20 seconds.',
  })
  @Responds(200, SyncView, 'What the sync did, as model ids')
  @Refuses(400, 403, 409, 413, 415, 503)
  async sync(
    @Body({ schema: SyncCatalogue }) { force }: SyncCatalogue,
    @CurrentCaller() { principal, requestId }: Caller,
  ) {
    demandScope(principal, 'operate');
    return this.syncs.sync({ force, requestId });
  }
}
