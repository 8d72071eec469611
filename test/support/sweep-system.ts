import { type DynamicModule, Global, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AuditModule } from '#libs/audit/audit.module.js';
import { BudgetsModule } from '#libs/budgets/budgets.module.js';
import { BedrockModule } from '#libs/platform/bedrock/bedrock.module.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { DatabaseModule } from '#libs/platform/database/database.module.js';
import { RedisModule } from '#libs/platform/redis/redis.module.js';
import { TelemetryModule } from '#libs/platform/telemetry/telemetry.module.js';
import { ModelProber } from '#libs/validation/model-prober.service.js';
import { SweepsService } from '#libs/validation/sweeps.service.js';
import { ValidationModule } from '#libs/validation/validation.module.js';
import { MIGRATIONS } from '#migrations/migrations.js';
import { type TestEmulator, testEmulator } from './bedrock-emulator.js';
import { FakeClock } from './fake-clock.js';
import { createTestEnvironment, type TestEnvironment } from './test-env.js';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

@Global()
@Module({})
class SetTimeModule {
  static forRoot(env: Env, clock: Clock): DynamicModule {
    const provided = [
      { provide: ENV, useValue: env },
      { provide: Clock, useValue: clock },
    ];
    return { module: SetTimeModule, providers: provided, exports: [ENV, Clock] };
  }
}

@Module({})
class SweepingModule {
  static forRoot(env: Env, clock: Clock): DynamicModule {
    return {
      module: SweepingModule,
      imports: [
        SetTimeModule.forRoot(env, clock),
        DatabaseModule.forRoot(env, MIGRATIONS),
        RedisModule.forRoot(env),
        BedrockModule.forRoot(env),
        TelemetryModule,
        AuditModule,
        ValidationModule,
        BudgetsModule,
      ],
    };
  }
}

/** Results of the sweeps for a model so far. */
export interface Standing {
  status: 'unknown' | 'passed' | 'failed';
  failures: number;
  successes: number;
}

/** A result of a check, as it is stored. */
export interface StoredResult {
  model_id: string;
  method: string;
  outcome: string;
  error_kind: string | null;
  detail: string | null;
  latency_ms: number | null;
  tokens: number;
  cost_usd: string | null;
}

interface Options {
  overrides?: Record<string, string>;
  /** Runs after each probe. Default: nothing, where production pauses. */
  rest?: () => Promise<void>;
}

/** The worker's sweep over the emulated Bedrock, without its schedule, at a time that the test sets. */
export class SweepSystem {
  private runs = 0;

  private constructor(
    readonly environment: TestEnvironment,
    readonly emulator: TestEmulator,
    readonly clock: FakeClock,
    readonly context: INestApplicationContext,
  ) {}

  static async start({ overrides, rest = async () => undefined }: Options = {}): Promise<SweepSystem> {
    const clock = new FakeClock();
    const emulator = await testEmulator({ now: () => clock.now() });
    const environment = await createTestEnvironment({ ...emulator.settings, ...overrides });
    const context = await NestFactory.createApplicationContext(
      SweepingModule.forRoot(environment.env, clock),
      { logger: false, abortOnError: false },
    );
    context.get(ModelProber, { strict: false }).pause = rest;
    return new SweepSystem(environment, emulator, clock, context);
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.environment.close();
    await this.emulator.close();
  }

  /** Runs the schedule once and then advances the clock: by a quarter of an hour by default. */
  async sweep(thenMs = 15 * MINUTE): Promise<void> {
    this.runs += 1;
    await this.context.get(SweepsService, { strict: false }).run(`run-${this.runs}`);
    this.clock.advance(thenMs);
  }

  async query<Row = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.environment.owner.query(sql, values)).rows;
  }

  async standingOf(modelId: string): Promise<Standing> {
    const [standing] = await this.query<Standing>(
      `SELECT validation_status AS status, coalesce(failures, 0) AS failures, coalesce(successes, 0) AS successes
       FROM bedrock_models LEFT JOIN bedrock_model_health USING (model_id) WHERE model_id = $1`,
      [modelId],
    );
    return standing!;
  }

  /** Every model that is swept, with its verdict. */
  async verdicts(): Promise<Record<string, string>> {
    const rows = await this.query<{ model_id: string; validation_status: string }>(
      'SELECT model_id, validation_status FROM bedrock_models WHERE is_available ORDER BY model_id',
    );
    return Object.fromEntries(rows.map((row) => [row.model_id, row.validation_status]));
  }

  /** Of one model, or of all, in the order in which they were found. */
  async results(modelId?: string): Promise<StoredResult[]> {
    return this.query<StoredResult>(
      `SELECT model_id, method, outcome, error_kind, detail, latency_ms, tokens, cost_usd FROM bedrock_model_validations
       WHERE $1::text IS NULL OR model_id = $1 ORDER BY id`,
      [modelId],
    );
  }

  /** The models that were asked, in order; each of these calls may cost money. */
  probed(): string[] {
    const { calls } = this.emulator.calls();
    return calls.filter(({ plane }) => plane === 'runtime').map(({ modelId }) => modelId!);
  }

  async activeModelOf(useCase: string): Promise<string> {
    const [row] = await this.query<{ active_model_id: string }>(
      'SELECT active_model_id FROM use_cases WHERE name = $1',
      [useCase],
    );
    return row!.active_model_id;
  }
}
