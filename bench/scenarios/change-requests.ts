import { setTimeout as delay } from 'node:timers/promises';
import { SignJWT } from 'jose';
import { Client } from 'pg';
import { fillCatalogue } from '../../test/support/large-catalogue.js';
import type { BuiltApi } from '../../test/support/processes.js';
import type { BenchEnvironment, Deployment } from '../bench-environment.js';
import { type Figure, type Measure, median, quantile } from '../measure.js';

const SIZE = { models: 300, useCases: 500 };
const OPERATIONS = 50;
const FOLLOWERS = 100_000;
/** Changes that are scheduled a second apart. */
const SCHEDULED = 60;
const SCHEDULE_BEGINS_MS = 5_000;
const POLL_MS = 500;

const SECRET = 'a-jwt-secret-for-the-bench-of-more-than-32-characters';
const ISSUER = 'https://bench.supabase.test/auth/v1';
const SETTINGS = {
  SUPABASE_JWT_SECRET: SECRET,
  SUPABASE_JWT_ISSUER: ISSUER,
  OIDC_ROLES: '{"ml-ops":["read","operate"],"leads":["read","approve"]}',
};

export const CHANGE_REQUESTS: Measure = {
  name: 'change-requests',
  title: `Change requests with ${SIZE.useCases} use cases and ${SIZE.models} models`,
  against: 'what was promised',
  async *run(ground) {
    const stage = await ground.stage('change_requests');
    const people = await open(stage);
    const times = ground.quick ? 10 : 100;
    yield await applying(people, 'switches', times, (position, turn) => ({
      kind: 'switch-use-case',
      useCase: nameOf(position),
      modelId: people.candidates[turn % 2]!,
    }));
    yield await applying(people, 'edits of use cases', times, (position, turn) => ({
      kind: 'edit-use-case',
      useCase: nameOf(position),
      edit: { objective: turn % 2 === 0 ? 'cost' : 'quality' },
    }));
    yield await preview(people, ground);
    yield await lateness(people);
    await stage.close();
  },
};

/** Two people of an installation, and models that its use cases can switch between. */
interface People {
  stage: Deployment;
  api: BuiltApi;
  ada: string;
  ben: string;
  candidates: string[];
}

const nameOf = (position: number): string => `use-case-${String(position + 1).padStart(3, '0')}`;

async function open(stage: Deployment): Promise<People> {
  const owner = new Client({ connectionString: stage.databaseUrl('postgres') });
  await owner.connect();
  await fillCatalogue(owner, SIZE.models, SIZE.useCases);
  await owner.query(`UPDATE use_cases SET control = 'reviewed' WHERE name LIKE 'use-case-%'`);
  await owner.query(
    `INSERT INTO ai_conversations (id, user_id, use_case)
     SELECT 'follower-' || n, 'user-' || n, $1 FROM generate_series(1, $2::int) AS n`,
    [nameOf(0), FOLLOWERS],
  );
  await owner.query('ANALYZE');
  const { rows } = await owner.query<{ id: string }>(
    `SELECT c.model_id AS id FROM use_case_candidates c JOIN use_cases u ON u.name = c.use_case
     WHERE u.name = $1 AND c.model_id <> u.active_model_id ORDER BY position LIMIT 2`,
    [nameOf(0)],
  );
  await owner.end();
  const [api, ada, ben] = await Promise.all([
    stage.startApi(SETTINGS),
    tokenOf('ada', 'ml-ops'),
    tokenOf('ben', 'leads'),
  ]);
  stage.startWorker(SETTINGS);
  return { stage, api, ada, ben, candidates: rows.map(({ id }) => id) };
}

/** An access token of Supabase Auth, which names the roles of the person. */
const tokenOf = (name: string, role: string): Promise<string> =>
  new SignJWT({ role: 'authenticated', app_metadata: { orchestrator_roles: [role] } })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(name)
    .setIssuer(ISSUER)
    .setAudience('authenticated')
    .setIssuedAt()
    .setExpirationTime('2h')
    .sign(new TextEncoder().encode(SECRET));

interface Change {
  id: string;
  hash: string;
  state: string;
}

async function post(api: BuiltApi, path: string, body: object, token: string): Promise<Change> {
  const { status, body: change, text } = await api.send('POST', path, body, { token });
  if (status >= 300) throw new Error(`${path}: ${status} ${text.slice(0, 500)}`);
  return change;
}

const propose = ({ api, ada }: People, operations: object[], more: object = {}): Promise<Change> =>
  post(api, '/v1/change-requests', { reason: 'bench', operations, ...more }, ada);

const approve = ({ api, ben }: People, { id, hash }: Change): Promise<Change> =>
  post(api, `/v1/change-requests/${id}/approve`, { hash }, ben);

/** The last approval applies a change in the same request. The first turn warms up. */
async function applying(
  people: People,
  of: string,
  times: number,
  operation: (position: number, turn: number) => object,
): Promise<Figure> {
  const ms: number[] = [];
  for (let turn = 0; turn <= times; turn += 1) {
    const operations = Array.from({ length: OPERATIONS }, (_, position) => operation(position, turn));
    const change = await propose(people, operations);
    await untilAudited(people);
    const began = performance.now();
    const { state } = await approve(people, change);
    ms.push(performance.now() - began);
    if (state !== 'applied') throw new Error(`the change of ${of} is ${state}`);
  }
  const counted = ms.slice(1);
  return {
    what: `approve and apply ${OPERATIONS} ${of}, p99`,
    ...{ value: quantile(counted, 0.99), unit: 'ms', atMost: 250 },
    from: { p50: median(counted), times },
  };
}

/** Waits for the worker, which shares the core of the api. */
async function untilAudited({ stage }: People): Promise<void> {
  for (;;) {
    const [outbox] = await stage.sql<{ waiting: number }>('SELECT count(*)::int AS waiting FROM outbox');
    if (outbox!.waiting === 0) return;
    await delay(POLL_MS / 10);
  }
}

async function preview(people: People, { quick }: BenchEnvironment): Promise<Figure> {
  const { id } = await propose(people, [
    { kind: 'switch-use-case', useCase: nameOf(0), modelId: people.candidates[0]! },
  ]);
  const ms: number[] = [];
  for (let turn = 0; turn <= (quick ? 5 : 50); turn += 1) {
    const began = performance.now();
    await post(people.api, `/v1/change-requests/${id}/preview`, {}, people.ada);
    ms.push(performance.now() - began);
  }
  const counted = ms.slice(1);
  return {
    what: `preview of a switch with ${FOLLOWERS.toLocaleString('en')} followers, p99`,
    ...{ value: quantile(counted, 0.99), unit: 'ms', atMost: 1_000 },
    from: { p50: median(counted), times: counted.length },
  };
}

/** Approves changes for times a second apart, and reads when the worker has applied them. */
async function lateness(people: People): Promise<Figure> {
  const { stage } = people;
  const ids: string[] = [];
  const begins = Date.now() + SCHEDULE_BEGINS_MS + SCHEDULED * 100;
  for (let n = 0; n < SCHEDULED; n += 1) {
    const useCase = nameOf(OPERATIONS + n);
    const applyAt = new Date(begins + n * 1_000).toISOString();
    const operation = { kind: 'switch-use-case', useCase, modelId: people.candidates[0]! };
    const change = await propose(people, [operation], { applyAt });
    await approve(people, change);
    ids.push(change.id);
  }
  const deadline = begins + (SCHEDULED + 60) * 1_000;
  const read = () =>
    stage.sql<{ ms: number }>(
      `SELECT extract(epoch FROM d.decided_at - r.apply_at)::float * 1000 AS ms
       FROM change_requests r JOIN change_decisions d ON d.change_id = r.id AND d.kind = 'apply'
       WHERE r.id = ANY ($1::uuid[]) AND r.state = 'applied'`,
      [ids],
    );
  let late = await read();
  while (late.length < SCHEDULED) {
    if (Date.now() > deadline) throw new Error(`${late.length} of ${SCHEDULED} changes were applied`);
    await delay(POLL_MS);
    late = await read();
  }
  const ms = late.map((row) => row.ms);
  return {
    what: `lateness of ${SCHEDULED} scheduled changes, p99`,
    ...{ value: quantile(ms, 0.99), unit: 'ms', atMost: 6_000 },
    from: { p50: median(ms) },
  };
}
