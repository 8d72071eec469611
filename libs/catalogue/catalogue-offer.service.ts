import { Inject, Injectable } from '@nestjs/common';
import { BedrockCatalogueService } from '#libs/platform/bedrock/bedrock-catalogue.service.js';
import { asBedrockUnavailable } from '#libs/platform/bedrock/bedrock-unavailable.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import type { Shown } from './sync-plan.js';

/** Both lists together must be here by then. */
const DEADLINE_MS = 20_000;

/** Reads what Bedrock offers in our region: the whole of it or nothing. */
@Injectable()
export class CatalogueOfferService {
  constructor(
    private readonly bedrock: BedrockCatalogueService,
    @Inject(ENV) private readonly env: Pick<Env, 'AWS_REGION'>,
  ) {}

  /** @throws BedrockUnavailableError if either list cannot be read to its end */
  async read(): Promise<Shown> {
    const other = new AbortController();
    const limits = { deadlineMs: DEADLINE_MS, signal: other.signal };
    try {
      const [models, profiles] = await Promise.all([
        this.bedrock.listModels(limits),
        this.bedrock.listProfiles(limits),
      ]);
      return { region: this.env.AWS_REGION, models, profiles };
    } catch (error) {
      throw asBedrockUnavailable(error);
    } finally {
      other.abort();
    }
  }
}
