import { Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Guardrail, UseCase } from '#libs/catalogue/catalogue.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { BedrockCatalogueService } from '#libs/platform/bedrock/bedrock-catalogue.service.js';

const TIMEOUT_MS = 5_000;
/** A reader may validate often: AWS is asked once a minute for each guardrail. */
const CACHED_MS = 60_000;
const MAX_CACHED = 1_000;

export interface GuardrailFault {
  code: 'guardrail_not_found';
  detail: string;
}

/** Checks that Bedrock has the guardrails that use cases require. */
@Injectable()
export class GuardrailCheckService {
  private readonly logger = new Logger('GuardrailCheck');
  private readonly found = new LRUCache<string, Promise<boolean>>({ max: MAX_CACHED, ttl: CACHED_MS });

  constructor(
    private readonly catalogue: CatalogueService,
    private readonly bedrock: BedrockCatalogueService,
  ) {}

  /**
   * Returns a fault for each use case of the model with a required guardrail that Bedrock does not have. A guardrail
   * that cannot be read now is no fault.
   */
  async faultsOf(modelId: string): Promise<GuardrailFault[]> {
    const useCases = this.catalogue
      .snapshot()
      .useCases.filter(({ guardrail, candidates, activeModelId }) =>
        guardrail?.required ? activeModelId === modelId || candidates.includes(modelId) : false,
      );
    const faults = await Promise.all(useCases.map((useCase) => this.faultOf(useCase)));
    return faults.filter((fault) => fault !== undefined);
  }

  private async faultOf({ name, guardrail }: UseCase): Promise<GuardrailFault | undefined> {
    const { id, version } = guardrail!;
    if (await this.exists(guardrail!)) return undefined;
    const detail = `Bedrock has no guardrail ${id} in version ${version}, which use case ${name} requires`;
    return { code: 'guardrail_not_found', detail };
  }

  private exists(guardrail: Guardrail): Promise<boolean> {
    const key = `${guardrail.id}:${guardrail.version}`;
    const cached = this.found.get(key);
    if (cached) return cached;
    const reading = this.bedrock.hasGuardrail(guardrail, { deadlineMs: TIMEOUT_MS }).catch((error: Error) => {
      this.logger.warn(`guardrail ${key} cannot be read: ${error.message}`);
      return true;
    });
    this.found.set(key, reading);
    return reading;
  }
}
