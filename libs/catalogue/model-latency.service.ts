import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CatalogueService } from './catalogue.service.js';
import { CatalogueEditsRepository } from './catalogue-edits.repository.js';
import { CatalogueWriter } from './catalogue-writer.service.js';

export interface ModelLatency {
  modelId: string;
  /** Measured time from the request to the first text in milliseconds. */
  firstTextMs: number;
}

/** Smaller changes are ignored, because each new version of the catalogue makes every instance read it again. */
const NOTICEABLE = 0.25;

/** Stores the measured latency of models, for the objective `latency`. */
@Injectable()
export class ModelLatencyService {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly writer: CatalogueWriter,
    private readonly edits: CatalogueEditsRepository,
  ) {}

  /** Stores the latencies that have changed noticeably. */
  async update(measured: ModelLatency[]): Promise<void> {
    const known = new Map(
      this.catalogue.snapshot().models.map(({ id, timeToFirstTokenMs }) => [id, timeToFirstTokenMs]),
    );
    const changed = measured.filter(({ modelId, firstTextMs }) =>
      isNoticeable(known.get(modelId), firstTextMs),
    );
    if (changed.length === 0) return;
    await this.writer.change({ actor: 'system:usage', requestId: randomUUID() }, (tx) =>
      this.edits.setSpeeds(changed, tx),
    );
  }
}

/** @param known null: not measured yet; undefined: the catalogue has no such model */
const isNoticeable = (known: number | null | undefined, measured: number): boolean =>
  known === null || (known !== undefined && Math.abs(measured - known) > known * NOTICEABLE);
