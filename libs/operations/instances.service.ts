import { Injectable } from '@nestjs/common';
import type { Instance } from './instance.js';
import { InstancesRepository } from './instances.repository.js';

/** Knows the processes of the service from their heartbeats in PostgreSQL, also while Redis is unavailable. */
@Injectable()
export class InstancesService {
  constructor(private readonly instances: InstancesRepository) {}

  /** Lists apis before workers, and those that are alive before stale ones. */
  async list(): Promise<Instance[]> {
    return this.instances.list();
  }

  /** Returns when the last worker was seen, if none is alive; undefined: one is alive, or none is known. */
  async workersAwaySince(): Promise<Date | undefined> {
    return this.instances.awaySince('worker');
  }
}
