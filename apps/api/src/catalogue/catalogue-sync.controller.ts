import { Body, Controller, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { FactsImportService } from '#libs/catalogue/facts-import.service.js';
import { PriceImportService } from '#libs/catalogue/price-import.service.js';
import { actorOf } from '#libs/platform/auth/principal.js';
import type { Caller } from '#libs/switching/switch.js';
import { SyncRunService } from '#libs/validation/sync-run.service.js';
import { ApiProblems, ApiResult } from '../http/api-responses.js';
import { RequireScope } from '../http/authorization.js';
import { CurrentCaller } from '../http/caller.decorator.js';
import {
  FactsImportView,
  ImportFacts,
  ImportPrices,
  ImportView,
  SyncCatalogue,
  SyncView,
} from './catalogue-sync.schemas.js';
import { toImportView, toQuotes } from './price-import.view.js';

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
    summary: 'Bring the catalogue in line with Bedrock',
    description:
      'Lifecycle, destinations and how a model is invoked; what an operator has set stays. All or nothing, within 20 seconds.',
  })
  @ApiResult(200, SyncView, 'What the sync did, as model ids')
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
      'Sets a price where there is none, or where the same source set it; elsewhere a difference is kept and shown as a conflict, unless `apply` is true. A price that is valid later counts from then on, where it may.',
  })
  @ApiResult(200, ImportView, 'What the import did')
  async importPrices(
    @Body({ schema: ImportPrices }) body: ImportPrices,
    @CurrentCaller() { principal, requestId }: Caller,
  ) {
    const editor = { actor: actorOf(principal), requestId };
    return toImportView(await this.prices.import(toQuotes(body), body.apply ? 'all' : 'none', editor));
  }

  @Post('facts')
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Import facts about models from public sources',
    description:
      'Adds models that are missing, unapproved; corrects prices that public sources had set, from now on and as new versions; keeps what model cards guarantee. What an operator, a price list or a sync has set stays.',
  })
  @ApiResult(200, FactsImportView, 'What the import did, or would do')
  async importFacts(
    @Body({ schema: ImportFacts }) { facts, dryRun }: ImportFacts,
    @CurrentCaller() { principal, requestId }: Caller,
  ) {
    return this.facts.import(facts, dryRun, { actor: actorOf(principal), requestId });
  }
}
