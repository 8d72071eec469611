import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePort } from '../scripts/embedded/free-port.js';
import { PostgresServer } from '../test/faults/runner/postgres-server.js';
import { BuiltApi, BuiltProcess } from '../test/support/processes.js';
import { type RedisUnderTest, redisServer } from '../test/support/redis-under-test.js';
import { type Forked, forked } from './child-process.js';
import { pin } from './cpu-pinning.js';

export const BOOTSTRAP_KEY = 'a-service-key-for-the-bench-of-more-than-32-characters';

/** Ends what was started, last first. */
type CleanUp = () => unknown;

/** The machines that are measured on: PostgreSQL, Redis and Bedrock, and whatever else a measure starts. */
export class BenchEnvironment {
  private readonly cleanUps: CleanUp[] = [];

  private constructor(
    /** Few turns, small tables. */
    readonly quick: boolean,
    readonly folder: string,
    readonly postgres: PostgresServer,
  ) {}

  static async open(quick: boolean): Promise<BenchEnvironment> {
    const folder = mkdtempSync(join(tmpdir(), 'bedrock-bench-'));
    const postgres = await PostgresServer.start(join(folder, 'postgres'));
    const ground = new BenchEnvironment(quick, folder, postgres);
    ground.later(() => rmSync(folder, { recursive: true, force: true }));
    ground.later(() => postgres.stop());
    return ground;
  }

  /** The counted turns of a comparison. */
  get turns(): number {
    return 5;
  }

  /** How long one turn lasts. */
  get seconds(): number {
    return this.quick ? 2 : 5;
  }

  later(cleanUp: CleanUp): void {
    this.cleanUps.push(cleanUp);
  }

  /**
   * A separate database, a Redis with persistence, and the emulated Bedrock.
   * @param release checkout of its migrations and its api; default: this one
   */
  async stage(name: string, release?: string): Promise<Deployment> {
    const database = `bench_${name}`;
    await this.postgres.createDatabase(database, release);
    const data = join(this.folder, `redis-${name}`);
    mkdirSync(data);
    const redis = await redisServer(data);
    const stage = new Deployment(database, {
      ground: this,
      redis,
      bedrock: await forked('bedrock', { role: 'everythingElse' }),
      release,
    });
    this.later(() => stage.close());
    return stage;
  }

  async close(): Promise<void> {
    for (let next = this.cleanUps.pop(); next; next = this.cleanUps.pop())
      await Promise.resolve(next()).catch((error: Error) => console.error(`cleaning up: ${error.message}`));
  }
}

/** One installation, as many apis and workers as a measure starts. */
export class Deployment {
  private readonly processes: BuiltProcess[] = [];
  private closed = false;

  constructor(
    private readonly database: string,
    private readonly parts: {
      ground: BenchEnvironment;
      redis: RedisUnderTest;
      bedrock: Forked<{ url: string }>;
      release: string | undefined;
    },
  ) {}

  get bedrockUrl(): string {
    return this.parts.bedrock.url;
  }

  get redis(): RedisUnderTest {
    return this.parts.redis;
  }

  get bedrockPid(): number {
    return this.parts.bedrock.pid!;
  }

  databaseUrl(role: 'postgres' | 'orchestrator_app' | 'orchestrator_owner' = 'orchestrator_owner'): string {
    return this.parts.ground.postgres.url(this.database, role);
  }

  get variables(): Record<string, string> {
    return {
      NODE_ENV: 'production',
      LOG_LEVEL: 'error',
      DATABASE_URL: this.databaseUrl('orchestrator_app'),
      REDIS_URL: this.parts.redis.url,
      SUPABASE_SERVICE_KEY: BOOTSTRAP_KEY,
      // One client stands for many. Everybody is counted all the same.
      RATE_LIMIT_PER_SECOND: '1000000',
      USAGE_JOURNAL_DIR: join(tmpdir(), `usage-journal-${this.database}`),
      VALIDATION_SWEEP_CRON: 'off',
      CATALOGUE_SYNC_CRON: 'off',
      AWS_REGION: 'eu-central-1',
      AWS_ENDPOINT_URL_BEDROCK: this.bedrockUrl,
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: this.bedrockUrl,
      AWS_ACCESS_KEY_ID: 'emulator',
      AWS_SECRET_ACCESS_KEY: 'emulator',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    };
  }

  /** On the core of what is measured. */
  async startApi(variables: Record<string, string> = {}): Promise<BuiltApi> {
    const { release } = this.parts;
    const api = await BuiltApi.start({ ...this.variables, ...variables }, 0, release);
    return this.measured(api);
  }

  startWorker(variables: Record<string, string> = {}): BuiltProcess {
    return this.measured(new BuiltProcess('worker', { ...this.variables, ...variables }));
  }

  /** Api and worker under one process. Resolves when both answer. */
  async startAllInOne(variables: Record<string, string>): Promise<BuiltApi> {
    const ports = { api: await freePort(), worker: await freePort() };
    return this.measured(await BuiltApi.startAllInOne({ ...this.variables, ...variables }, ports));
  }

  /** A service key with these scopes, as clients use one. */
  async key(api: BuiltApi, ...scopes: string[]): Promise<string> {
    const { status, body } = await api.send('POST', '/v1/keys', { name: scopes.join('-'), scopes });
    if (status !== 201) throw new Error(`no key was made: ${status} ${JSON.stringify(body)}`);
    return body.key;
  }

  async sql<Row = Record<string, unknown>>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = new Client({ connectionString: this.databaseUrl(), options: '-c statement_timeout=0' });
    await client.connect();
    try {
      return (await client.query(text, values)).rows as Row[];
    } finally {
      await client.end();
    }
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await Promise.all(this.processes.map((process) => process.kill()));
    this.parts.bedrock.disconnect();
    await this.parts.redis.stop();
    await this.parts.ground.postgres.dropDatabase(this.database);
  }

  private measured<T extends BuiltProcess>(process: T): T {
    pin(process.pid, 'measured');
    this.processes.push(process);
    return process;
  }
}
