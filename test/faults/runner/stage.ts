import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { Client } from 'pg';
import { type Emulator, startEmulator } from '../../../apps/bedrock-emulator/src/start-emulator.js';
import { FaultProxy } from '../../support/fault-proxy.js';
import { type PgBouncer, startPgBouncer } from '../../support/pgbouncer.js';
import { BuiltApi, type BuiltProcess, startWorker } from '../../support/processes.js';
import { embeddedRedis, type RedisUnderTest, redisServer } from '../../support/redis-under-test.js';
import { stablePort } from '../../support/stable-port.js';
import { SERVICE_KEY } from './http-client.js';
import type { PostgresServer } from './postgres-server.js';

export interface Machines {
  /** Removed at the end of the run. */
  folder: string;
  postgres: PostgresServer;
  redisServerInstalled: boolean;
}

export interface StageOptions {
  /** The server that api and worker reach through `stage.proxy`. */
  proxied?: 'redis' | 'postgres';
  /** PgBouncer in this mode is between api or worker and PostgreSQL. */
  pooler?: 'session' | 'transaction';
  /** Redis remembers nothing. Default: an append-only file, as production should have. */
  forgetful?: boolean;
  /** Further variables of the nth api or worker. */
  variables?: (program: 'api' | 'worker', number: number) => Record<string, string>;
  /** Milliseconds between the events of a stream of the models, which are emulated then. Default: no model can be asked. */
  modelPaceMs?: number;
  /** Checkout that the nth api and worker are built in. Default: this one. */
  releaseOf?: (number: number) => string;
}

/** Sessions of PostgreSQL: of four processes for as long as they are connected, or far fewer than their connections. */
const POOLED = { session: 90, transaction: 6 };
/** Longer than any program needs to end in good order on a busy machine. */
const STOP_TIMEOUT_MS = 60_000;

/** A database, a Redis, and the apis and workers that are started on them. All are separate processes. */
export class Stage {
  readonly apis: BuiltApi[] = [];
  readonly workers: BuiltProcess[] = [];
  readonly proxy: FaultProxy;
  readonly redis: RedisUnderTest;
  readonly postgres: PostgresServer;
  private readonly pooler: PgBouncer | undefined;
  private readonly emulator: Emulator | undefined;
  private readonly variables: Record<string, string>;
  private readonly queues: Queue[] = [];
  private readonly stopped = new Set<BuiltProcess>();

  private constructor(
    private readonly name: string,
    private readonly options: StageOptions,
    parts: {
      emulator?: Emulator;
      redis: RedisUnderTest;
      postgres: PostgresServer;
      proxy: FaultProxy;
      pooler?: PgBouncer;
    },
  ) {
    ({ redis: this.redis, postgres: this.postgres, proxy: this.proxy } = parts);
    ({ pooler: this.pooler, emulator: this.emulator } = parts);
    const direct = this.postgres.url(name, 'orchestrator_app');
    const database = this.pooler?.through(direct) ?? direct;
    const through = (service: 'redis' | 'postgres', url: string) =>
      options.proxied === service ? this.proxy.through(url) : url;
    this.variables = {
      NODE_ENV: 'test',
      LOG_LEVEL: 'error',
      DATABASE_URL: through('postgres', database),
      REDIS_URL: through('redis', this.redis.url),
      REDIS_PREFIX: name,
      SUPABASE_SERVICE_KEY: SERVICE_KEY,
      // One client stands for many.
      RATE_LIMIT_PER_SECOND: '100000',
      SHUTDOWN_DELAY_SECONDS: '0',
      USAGE_JOURNAL_DIR: join(tmpdir(), `usage-journal-${name}`),
      VALIDATION_SWEEP_CRON: 'off',
      CATALOGUE_SYNC_CRON: 'off',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      ...(this.emulator && emulatedAt(this.emulator.url)),
    };
  }

  /** With two apis and two workers. */
  static async open(name: string, machines: Machines, options: StageOptions): Promise<Stage> {
    const stage = await Stage.prepare(name, machines, options);
    stage.startWorker(0);
    stage.startWorker(1);
    await Promise.all([stage.startApi(0), stage.startApi(1)]);
    return stage;
  }

  /** Without apis and workers. */
  static async prepare(name: string, machines: Machines, options: StageOptions): Promise<Stage> {
    const { postgres } = machines;
    await postgres.createDatabase(name);
    const redis = await startRedis(name, machines, options);
    const url = postgres.url(name, 'orchestrator_app');
    const { pooler: mode, modelPaceMs: paceMs } = options;
    return new Stage(name, options, {
      postgres,
      redis,
      proxy: await FaultProxy.before(options.proxied === 'postgres' ? url : redis.url),
      pooler: mode && (await startPgBouncer(mode, [url], POOLED[mode])),
      emulator: paceMs === undefined ? undefined : await startEmulator({ paceMs }),
    });
  }

  get urls(): string[] {
    return this.apis.map(({ url }) => url);
  }

  /** Starts the nth api (again), on the port that it had. */
  async startApi(number: number): Promise<void> {
    const had = this.apis[number];
    const port = had ? Number(new URL(had.url).port) : await stablePort();
    const release = this.options.releaseOf?.(number);
    this.apis[number] = await BuiltApi.start(this.variablesOf('api', number), port, release);
  }

  startWorker(number: number): void {
    this.workers[number] = startWorker(this.variablesOf('worker', number), this.options.releaseOf?.(number));
  }

  /** @throws when it does not end in good order */
  async stop(program: 'apis' | 'workers', number: number): Promise<void> {
    const process = this[program][number]!;
    this.stopped.add(process);
    const ended = await process.stop(STOP_TIMEOUT_MS);
    if (ended !== 'exit code 0') throw new Error(`one of the ${program} got SIGTERM and ended with ${ended}`);
  }

  /** Migrates and seeds the database with the runner of this release. @returns what the runner printed */
  migrate(release: string): Promise<string> {
    return this.postgres.migrate(this.name, release);
  }

  /** Connections do not outlive a fault, so each look has its own. */
  async look<T>(work: (owner: Client) => Promise<T>): Promise<T> {
    const owner = new Client({ connectionString: this.postgres.url(this.name, 'orchestrator_owner') });
    owner.on('error', () => undefined);
    await owner.connect();
    return work(owner).finally(() => owner.end());
  }

  /** Ends the connections of api and worker that are in a transaction now. @returns how many */
  async terminateTransactions(): Promise<number> {
    const { rowCount } = await this.postgres.asAdmin((admin) =>
      admin.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = $1 AND application_name = 'bedrock-model-orchestrator' AND xact_start IS NOT NULL`,
        [this.name],
      ),
    );
    return rowCount ?? 0;
  }

  /** Changes what holds for each session of the database that is made from now on. */
  async alterDatabase(what: string): Promise<void> {
    await this.postgres.asAdmin((admin) => admin.query(`ALTER DATABASE ${this.name} ${what}`));
  }

  /** Ends every connection of api and worker. */
  async endConnections(): Promise<void> {
    await this.postgres.asAdmin((admin) =>
      admin.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = $1 AND application_name = 'bedrock-model-orchestrator'`,
        [this.name],
      ),
    );
  }

  /** Switches that have no audit row yet. */
  async waiting(): Promise<number> {
    const { rows } = await this.look((owner) => owner.query('SELECT count(*)::int AS waiting FROM outbox'));
    return rows[0].waiting;
  }

  /** @throws when work is left after this time */
  async drained(withinMs: number): Promise<void> {
    const deadline = performance.now() + withinMs;
    let left = await this.waiting();
    for (; left > 0 && performance.now() < deadline; left = await this.waiting()) await delay(200);
    if (left > 0) throw new Error(`${left} switches have no audit row after ${withinMs / 1000} s`);
  }

  /** The queue of a job, opened as by any client that reaches Redis. */
  queue(job: string): Queue {
    const queue = new Queue(job, { connection: { url: this.redis.url }, prefix: `{${this.name}}` });
    queue.on('error', () => undefined);
    this.queues.push(queue);
    return queue;
  }

  /** Processes that ended without being stopped. */
  get dead(): string[] {
    return [...this.apis, ...this.workers]
      .filter((process) => process.hasExited && !this.stopped.has(process))
      .map((process) => `a process ended by itself:\n${process.output.slice(-1000)}`);
  }

  async close(): Promise<void> {
    await Promise.all([...this.apis, ...this.workers].map((process) => process.kill()));
    await Promise.all(this.queues.map((queue) => queue.disconnect()));
    await this.proxy.cut();
    await this.emulator?.close();
    await this.pooler?.stop();
    await this.redis.stop();
    await this.postgres.dropDatabase(this.name);
  }

  private variablesOf(program: 'api' | 'worker', number: number): Record<string, string> {
    return { ...this.variables, ...this.options.variables?.(program, number) };
  }
}

/** Credentials are made up for an endpoint on this machine, and the SDK looks for none. */
const emulatedAt = (url: string): Record<string, string> => ({
  AWS_REGION: 'eu-central-1',
  AWS_ENDPOINT_URL_BEDROCK: url,
  AWS_ENDPOINT_URL_BEDROCK_RUNTIME: url,
  AWS_ACCESS_KEY_ID: 'emulator',
  AWS_SECRET_ACCESS_KEY: 'emulator',
});

async function startRedis(
  name: string,
  { folder, redisServerInstalled }: Machines,
  { forgetful }: StageOptions,
): Promise<RedisUnderTest> {
  if (!redisServerInstalled) return embeddedRedis();
  if (forgetful) return redisServer();
  const data = join(folder, name);
  mkdirSync(data);
  return redisServer(data);
}
