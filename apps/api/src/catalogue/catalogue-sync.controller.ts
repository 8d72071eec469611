import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { FactsImportService } from '#libs/catalogue/facts-import.service.js';
import { PriceImportService } from '#libs/catalogue/price-import.service.js';
import { actorOf } from '#libs/platform/auth/principal.js';
import type { Caller } from '#libs/switching/switch.js';
import { SyncRunService } from '#libs/validation/sync-run.service.js';
import { ApiProblems, ApiResult } from '../http/api-responses.js';
import { RequireScope } from '../http/authorization.js';
import { CurrentCaller } from '../http/caller.decorator.js';
import { NoQuery } from './catalogue.schemas.js';
import {
  FactsImportView,
  ImportFacts,
  ImportPrices,
  ImportView,
  SyncCatalogue,
  SyncView,
  UpcomingPricePage,
} from './catalogue-sync.schemas.js';
import { toImportView, toQuotes, toUpcomingView } from './price-import.view.js';

/** Routes that import data from outside into the catalogue. */
@ApiTags('catalogue')
@Controller('v1/catalogue')
export class CatalogueSyncController {
  constructor(
    private readonly syncs: SyncRunService,
    private readonly prices: PriceImportService,
    private readonly facts: FactsImportService,
  ) {}

  @Post('sync')
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Sync the catalogue with Bedrock',
    description:
      'The sync updates the lifecycle, the destinations and the way to invoke each model. It keeps the values that an operator set. It commits all changes or none, within 20 seconds.',
  })
  @ApiResult(200, SyncView, 'Ids of the models that the sync added or changed, or that are gone')
  @ApiProblems(409)
  async syncCatalogue(
    @Body({ schema: SyncCatalogue }) { force }: SyncCatalogue,
    @CurrentCaller() { requestId }: Caller,
  ) {
    return this.syncs.run({ force, requestId });
  }

  @Post('prices')
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Import the prices of one source',
    description:
      'The import sets a price if the model has none, or if the same source set it. Otherwise it keeps the price and reports a conflict, unless `apply` is true. A price with a later `validFrom` takes effect at that time, by the same rule. With `dryRun` the response is the same, and nothing is written.',
  })
  @ApiResult(200, ImportView, 'Result of the import, or of the dry run')
  async importPrices(
    @Body({ schema: ImportPrices }) body: ImportPrices,
    @CurrentCaller() { principal, requestId }: Caller,
  ) {
    const editor = { actor: actorOf(principal), requestId };
    const options = { replacing: body.apply ? 'all' : 'none', dryRun: body.dryRun } as const;
    return toImportView(await this.prices.import(toQuotes(body), options, editor));
  }

  @Get('prices/upcoming')
  @RequireScope('read', 'operate')
  @ApiOperation({
    summary: 'List upcoming prices',
    description:
      'Imported prices that take effect later, the next first. `GET /v1/models` has the present prices.',
  })
  @ApiResult(200, UpcomingPricePage, 'The prices with their dates')
  async listUpcomingPrices(@Query({ schema: NoQuery }) _: object) {
    return { items: (await this.prices.upcoming()).map(toUpcomingView), nextCursor: null };
  }

  @Post('facts')
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Import facts about models from public sources',
    description:
      'The import adds missing models as not available. It corrects prices that public sources set, as new price versions. It stores the guarantees of model cards. It keeps the values that an operator, a price list or a sync set.',
  })
  @ApiResult(200, FactsImportView, 'Result of the import, or of the dry run')
  async importFacts(
    @Body({ schema: ImportFacts }) { facts, dryRun }: ImportFacts,
    @CurrentCaller() { principal, requestId }: Caller,
  ) {
    return this.facts.import(facts, dryRun, { actor: actorOf(principal), requestId });
  }
}
