import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { BedrockError } from '#libs/platform/bedrock/bedrock-error.js';
import { PriceListService } from '#libs/platform/bedrock/price-list.service.js';
import { CatalogueService } from './catalogue.service.js';
import { PriceImportService } from './price-import.service.js';
import { matchPrices } from './price-quotes.js';

const DEADLINE_MS = 60_000;
/** An installation without the right to read prices is complete: its operator imports them. */
const NOT_FOR_US = new Set(['bad_credentials', 'access_denied']);

/** Takes the prices of the AWS Price List: they replace those of published facts, and never what an operator has set. */
@Injectable()
export class PriceListImportService {
  private readonly logger = new Logger('PriceListImport');

  constructor(
    private readonly list: PriceListService,
    private readonly catalogue: CatalogueService,
    private readonly prices: PriceImportService,
  ) {}

  /** Does nothing where credentials do not allow it. @throws BedrockError when the list cannot be read for now */
  async importAll(): Promise<void> {
    if (!this.list.isWanted) return;
    try {
      const { prices, unmatched } = await this.list.read({ deadlineMs: DEADLINE_MS });
      const matched = matchPrices(prices, this.catalogue.snapshot().models);
      const editor = { actor: 'system:prices', requestId: randomUUID() };
      const { imported, conflicts } = await this.prices.import(
        matched.quotes,
        { replacing: 'published', dryRun: false },
        editor,
      );
      this.logger.log({ imported, conflicts: conflicts.length, unmatched, unknown: matched.unmatched });
    } catch (error) {
      if (!(error instanceof BedrockError) || !NOT_FOR_US.has(error.kind)) throw error;
      this.logger.warn({
        reason: 'the AWS credentials have no access to the AWS Price List',
        kind: error.kind,
      });
    }
  }
}
