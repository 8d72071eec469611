import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DataSourceOptions } from 'typeorm';
import type { Env } from '../config/env.js';
import { ClockCorrection } from './clock-correction.js';
import { databaseOptions } from './database-options.js';
import { DatabaseReadiness } from './database-readiness.js';
import { isDatabaseAway } from './database-trouble.js';
import { ForeignRights } from './foreign-rights.js';
import { RenewedConnections } from './renewed-connections.js';
import { Transactions } from './transactions.js';
import { BOOT_ATTEMPTS, BOOT_RETRY_MS } from './until-answered.js';

@Module({})
export class DatabaseModule {
  static forRoot(env: Env, migrations: DataSourceOptions['migrations']): DynamicModule {
    const options = databaseOptions(env, env.DATABASE_URL, migrations);
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        TypeOrmModule.forRoot({
          ...options,
          autoLoadEntities: true,
          retryAttempts: BOOT_ATTEMPTS,
          retryDelay: BOOT_RETRY_MS,
          toRetry: isDatabaseAway,
        }),
      ],
      providers: [ClockCorrection, DatabaseReadiness, ForeignRights, RenewedConnections, Transactions],
      exports: [ClockCorrection, DatabaseReadiness, Transactions],
    };
  }
}
