import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadEnv } from '#libs/platform/config/env.js';
import { checkout } from '../../scripts/embedded/checkout.js';
import { createEmptyDatabase, type EmptyDatabase } from '../support/empty-database.js';
import { eventually } from '../support/eventually.js';
import { runMigrations } from '../support/migration-runner.js';
import { BuiltApi, BuiltProcess, descendantsOf, signalAll } from '../support/processes.js';
import { inherited } from '../support/run-folder.js';
import { stablePort } from '../support/stable-port.js';

const textOf = (path: string) => readFileSync(join(checkout, path), 'utf8');
const { services } = parse(textOf('docker/smallest/compose.yml'), { merge: true });
const example = parseEnv(textOf('docker/smallest/example.env')) as Record<string, string>;

let database: EmptyDatabase;
/** A connection of the application's role, which sees what its other connections do. */
let app: Client;
let variables: Record<string, string>;
const started: BuiltProcess[] = [];
/** Does what docker/smallest does, on a database that has only the first step of docs/smallest-install.md. */
beforeAll(async () => {
  database = await createEmptyDatabase({
    SHUTDOWN_DELAY_SECONDS: '0',
    VALIDATION_SWEEP_CRON: 'off',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
  await database.owner.query(/CREATE SCHEMA [^;]+/.exec(textOf('docs/smallest-install.md'))![0]);
  await database.owner.query(`SET search_path TO ${example.DATABASE_SCHEMA}`);
  const isGiven = ([, value]: [string, string]) => !value.includes('<');
  variables = { ...database.variables, ...Object.fromEntries(Object.entries(example).filter(isGiven)) };
  const migrated = await runMigrations(services.migrate.command.slice(1), variables);
  expect(migrated).toMatchObject({ code: 0, stderr: '' });
  app = new Client({ connectionString: variables.DATABASE_URL });
  await app.connect();
});
afterAll(async () => {
  for (const { pid } of started) signalAll(descendantsOf(pid), 'SIGKILL');
  await Promise.all(started.map((one) => one.kill()));
  await app?.end();
  await database?.close();
});

/** Both programs, at ports that the health check can get. */
class Together {
  private constructor(
    readonly api: BuiltApi,
    readonly ports: { api: number; worker: number },
  ) {}

  static async start(): Promise<Together> {
    const ports = { api: await stablePort(), worker: await stablePort() };
    const api = await BuiltApi.startAllInOne(variables, ports);
    started.push(api);
    const together = new Together(api, ports);
    await eventually(async () => expect(await together.unhealthy()).toBe(''));
    return together;
  }

  /** @returns the complaint of the health check of docker/smallest/compose.yml */
  async unhealthy(): Promise<string> {
    const [command, program, ...args] = services.orchestrator.healthcheck.test.slice(1) as string[];
    const places = args.map((place) =>
      place.replace('3000/', `${this.ports.api}/`).replace('9090/', `${this.ports.worker}/`),
    );
    const run = promisify(execFile)(command!, [program!, ...places], { cwd: checkout, env: inherited() });
    return run.then(
      () => '',
      ({ stderr }) => stderr,
    );
  }

  pidOf(program: 'api' | 'worker'): number {
    const pid = descendantsOf(this.api.pid).find((each) =>
      readFileSync(`/proc/${each}/cmdline`, 'utf8').includes(`/apps/${program}/src/main.js`),
    );
    return pid!;
  }

  async switchModel(conversationId: string): Promise<string> {
    const { status, body, text } = await this.api.actPatiently({
      action: 'switch',
      modelId: 'eu.amazon.nova-lite-v1:0',
      conversationId,
    });
    expect(status, text).toBe(200);
    return body.data.switchId;
  }
}

const isAudited = async (switchId: string): Promise<boolean> => {
  const audited = 'SELECT FROM bedrock_model_switches WHERE id = $1';
  return (await database.owner.query(audited, [switchId])).rowCount === 1;
};

const rowIsUnderWay = (table: string) =>
  eventually(async () => {
    const sleeping =
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep' AND query LIKE $1";
    expect((await app.query(sleeping, [`%INSERT INTO ${table}%`])).rowCount).toBe(1);
  });

describe.skipIf(process.platform !== 'linux')('api and worker in one container', () => {
  it('switch and audit, are healthy together, and end when one is killed', async () => {
    const together = await Together.start();
    const switchId = await together.switchModel('together');
    await eventually(async () => expect(await isAudited(switchId), together.api.output).toBe(true));
    const worker = together.pidOf('worker');
    signalAll([worker], 'SIGSTOP');
    expect(await together.unhealthy()).toContain(`127.0.0.1:${together.ports.worker}/readyz`);
    signalAll([worker], 'SIGKILL');
    expect(await together.api.exited).toBe('exit code 1');
    expect(together.api.stderr).toBe('worker ended (SIGKILL)\n');
    await expect(fetch(together.api.url)).rejects.toThrow();
  });

  it('finish the request and the job under way when SIGTERM comes', async () => {
    const together = await Together.start();
    await database.owner.query(
      `CREATE FUNCTION slow_row() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(2); RETURN NEW; END';
       CREATE TRIGGER slow BEFORE INSERT ON switch_events FOR EACH ROW EXECUTE FUNCTION slow_row();
       CREATE TRIGGER slow BEFORE INSERT ON bedrock_model_switches FOR EACH ROW EXECUTE FUNCTION slow_row()`,
    );
    const first = await together.switchModel('finished-1');
    await rowIsUnderWay('bedrock_model_switches');
    const second = together.switchModel('finished-2');
    await rowIsUnderWay('switch_events');
    together.api.signal('SIGTERM');
    await second;
    expect(await together.api.exited).toBe('exit code 0');
    expect(together.api.stderr).toBe('');
    expect(await isAudited(first)).toBe(true);
  });
});

it('a bad setting is said once, and nothing is started', async () => {
  const bad = new BuiltProcess('all-in-one', { ...variables, REDIS_URL: 'http://redis' });
  started.push(bad);
  expect(await bad.exited).toBe('exit code 1');
  expect(bad.stdout).toBe('');
  expect(bad.stderr.match(/^ {2}REDIS_URL: .+/gm)).toHaveLength(1);
});

it('the example of docker/smallest has everything that must be set, and nothing that nobody reads', () => {
  const keys = generateKeyPairSync('ed25519');
  const made: Record<string, string> = {
    AUDIT_SIGNING_KEY: keys.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    AUDIT_PUBLIC_KEYS: keys.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  };
  const filledIn = Object.entries({ ...example, ...made }).map(([name, value]) => [
    name,
    value.replaceAll('<project>', 'abcdefgh').replaceAll(/<[^>]+>/g, 'x'.repeat(32)),
  ]);
  const { environment } = services.orchestrator;
  const settings = { ...Object.fromEntries(filledIn), ...environment };
  expect(loadEnv(settings)).toMatchObject({ DATABASE_SCHEMA: 'orchestrator', WORKER_HTTP_PORT: 9090 });
  const documented = textOf('.env.example');
  const known = (name: string) => documented.includes(`${name}=`) || name.startsWith('AWS_');
  expect(Object.keys(settings).filter((name) => !known(name))).toEqual([]);
  expect(environment.MIGRATION_DATABASE_URL, 'the programs do not get the rights of the owner').toBe('');
});
