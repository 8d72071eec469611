import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { InvalidInputError } from '#libs/platform/errors/errors.js';
import type { Sweep, SweepRequest } from './sweep.js';
import { SweepRequestsRepository } from './sweep-requests.repository.js';
import { SweepRunningError } from './validation.errors.js';

/** Requests sweeps, which a worker runs, and lists them. */
@Injectable()
export class SweepRequestsService {
  constructor(
    private readonly requests: SweepRequestsRepository,
    private readonly catalogue: CatalogueService,
    private readonly clock: Clock,
  ) {}

  /** @returns the id of the sweep. @throws InvalidInputError; SweepRunningError while another one runs or waits */
  async request(request: SweepRequest, actor: string): Promise<string> {
    const available = new Set(this.catalogue.availableModels().map(({ id }) => id));
    const unknown = (request.modelIds ?? []).filter((id) => !available.has(id));
    if (unknown.length > 0)
      throw new InvalidInputError([
        { field: 'modelIds', message: `unknown or not available: ${unknown.join(', ')}` },
      ]);
    const id = randomUUID();
    const running = await this.requests.request(id, request, actor, this.clock.now());
    if (running !== null) throw new SweepRunningError(running);
    return id;
  }

  /** Ids of requested sweeps that no worker has begun. */
  async waiting(): Promise<string[]> {
    return this.requests.waiting(this.clock.now());
  }

  /** Lists sweeps in progress and past ones, newest first. */
  async list(limit: number): Promise<Sweep[]> {
    return this.requests.list(limit, this.clock.now());
  }
}
