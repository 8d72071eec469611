import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { DatabaseReadiness } from '../database/database-readiness.js';
import { UnavailableError } from '../errors/errors.js';
import { RedisConnections } from '../redis/redis-connections.js';

/** Without Redis a process is slower but fully functional. */
export type Readiness = { status: 'ok'; redis: 'up' } | { status: 'degraded'; redis: 'down' };

/** Liveness and readiness of a process, the same for every kind of process. */
@Injectable()
export class Health implements OnModuleDestroy {
  private closing = false;

  constructor(
    private readonly database: DatabaseReadiness,
    private readonly redis: RedisConnections,
  ) {}

  onModuleDestroy(): void {
    this.leave();
  }

  /** Makes the process unready, so that it gets no new work. It still processes requests. */
  leave(): void {
    this.closing = true;
  }

  /** Depends on nothing: a restart repairs no dependency. */
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** @throws UnavailableError while PostgreSQL is unavailable or has another schema, and while the process closes */
  async ready(): Promise<Readiness> {
    if (this.closing) throw new UnavailableError('closing', 'This process stops: use another instance');
    await this.database.assertReady();
    const isUp = await this.redis.answers();
    return isUp ? { status: 'ok', redis: 'up' } : { status: 'degraded', redis: 'down' };
  }
}
