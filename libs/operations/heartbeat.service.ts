import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { CoalescingTask } from '#libs/platform/process/coalescing-task.js';
import { readVersion } from '#libs/platform/process/own-version.js';
import { INSTANCE_KIND, type InstanceKind, type NewInstance } from './instance.js';
import { InstancesRepository } from './instances.repository.js';

const BEAT_MS = 10_000;

/** Says every ten seconds in PostgreSQL that this process runs. */
@Injectable()
export class Heartbeat implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Heartbeat');
  private readonly self: NewInstance;
  private timer: NodeJS.Timeout | undefined;
  private readonly beat = new CoalescingTask(
    () => this.instances.beat(this.self),
    (error: Error & { code?: string }) =>
      this.logger.debug(`no heartbeat: ${error.name} ${error.code ?? ''}`),
  );

  constructor(
    private readonly instances: InstancesRepository,
    // tsc and the transpiler differ about the metadata of a union.
    @Inject(INSTANCE_KIND) kind: string,
  ) {
    this.self = {
      id: randomUUID(),
      kind: kind as InstanceKind,
      name: hostname(),
      version: readVersion(import.meta.dirname),
    };
  }

  onApplicationBootstrap(): void {
    this.beat.trigger();
    this.timer = setInterval(() => this.beat.trigger(), BEAT_MS);
  }

  /** Without PostgreSQL the row becomes stale. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.beat.idle();
    await this.instances.stop(this.self.id).catch(() => undefined);
  }
}
