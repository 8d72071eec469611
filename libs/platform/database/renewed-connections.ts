import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { isReadOnly } from './session.js';

/** At most as often: while no server takes changes, every attempt to write would end what others read on. */
const QUIET_MS = 1_000;

/** Ends the connections to a server that takes no changes, so that the next ones reach the server that does. */
@Injectable()
export class RenewedConnections implements OnModuleInit {
  private quiet: NodeJS.Timeout | undefined;
  private again = false;

  constructor(private readonly db: DataSource) {}

  onModuleInit(): void {
    this.pool.on('release', (_error, client) => {
      if (isReadOnly(client)) this.renew();
    });
  }

  /**
   * Closes idle connections, now and once more for all calls soon after. One in use is closed at its first attempt to
   * write.
   */
  renew(): void {
    this.again = this.quiet !== undefined;
    if (this.again) return;
    this.quiet = setTimeout(() => {
      this.quiet = undefined;
      if (this.again && this.db.isInitialized) this.renew();
    }, QUIET_MS).unref();
    for (let idle = this.pool.idleCount; idle > 0; idle -= 1)
      this.pool.connect((_error, client) => client?.release(true));
  }

  private get pool(): Pool {
    return (this.db.driver as PostgresDriver).master as Pool;
  }
}
