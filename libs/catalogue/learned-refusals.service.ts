import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import type { Capability } from './capabilities.js';
import { CatalogueEditsRepository } from './catalogue-edits.repository.js';
import { CatalogueWriter } from './catalogue-writer.service.js';

/** Corrects what the catalogue says about a model by what the model refuses, until the next sync. */
@Injectable()
export class LearnedRefusals {
  private readonly logger = new Logger('LearnedRefusals');
  private readonly underWay = new Set<string>();

  constructor(
    private readonly writer: CatalogueWriter,
    private readonly edits: CatalogueEditsRepository,
  ) {}

  /** Stores in the background that a model refuses a form: no call waits for it. */
  learn(modelId: string, form: Capability): void {
    const key = `${modelId} ${form}`;
    if (this.underWay.has(key)) return;
    this.underWay.add(key);
    this.logger.warn(`${modelId} refuses ${form}, which the catalogue did not know`);
    this.store(modelId, form)
      .catch((error: Error) => this.logger.error(`${key} was not stored: ${error.message}`))
      .finally(() => this.underWay.delete(key));
  }

  private async store(modelId: string, form: Capability): Promise<void> {
    await this.writer.change({ actor: 'system:fallback', requestId: randomUUID() }, (tx) =>
      this.edits.addRefusedForm(modelId, form, tx),
    );
  }
}
