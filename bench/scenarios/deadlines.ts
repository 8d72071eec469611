import type { BuiltApi, BuiltProcess } from '../../test/support/processes.js';
import type { BenchEnvironment, Deployment } from '../bench-environment.js';
import type { Figure, Measure } from '../measure.js';

const MODELS = ['eu.amazon.nova-lite-v1:0', 'eu.amazon.nova-micro-v1:0'];
const USER = 'user-bench';
const CONVERSATION = 'c-1';
const PATH = `/v1/conversations/${CONVERSATION}/model?userId=${USER}`;

/** An installation with two apis and a worker. */
interface Scene {
  ground: BenchEnvironment;
  stage: Deployment;
  here: BuiltApi;
  there: BuiltApi;
  worker: BuiltProcess;
}

export const DEADLINES: Measure = {
  name: 'deadlines',
  title: 'What must happen in time, also while a service is away',
  against: 'what was promised',
  async *run(ground) {
    const stage = await ground.stage('deadlines');
    const began = performance.now();
    const here = await stage.startApi();
    await here.actPatiently({ action: 'list-all' });
    yield within('from the start of the api to its first answer', performance.now() - began, 5_000);
    const scene = { ground, stage, here, there: await stage.startApi(), worker: stage.startWorker() };
    await switchTo(0, scene);
    yield await notified(scene);
    yield await revoked(scene);
    yield* withPostgresFrozen(scene);
    yield await withoutRedis(scene);
    yield await endings(scene);
    await stage.close();
  },
};

const within = (what: string, value: number, atMost: number): Figure => ({ what, value, unit: 'ms', atMost });

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function switchTo(index: number, { here }: Scene): Promise<string> {
  const modelId = MODELS[index % MODELS.length]!;
  const change = { action: 'switch', modelId, conversationId: CONVERSATION, userId: USER };
  const { status, text, body } = await here.actPatiently(change);
  if (status !== 200) throw new Error(`not switched: ${status} ${text}`);
  return body.data.switchId;
}

async function notified(scene: Scene): Promise<Figure> {
  const key = scene.stage.variables.SUPABASE_SERVICE_KEY;
  const stream = await fetch(`${scene.there.url}/v1/notifications/stream?userId=${USER}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const until = async (part: string) => {
    while (!text.includes(part)) text += (await reader.read()).value;
  };
  await until('event: ready');
  const id = await switchTo(1, scene);
  const took = await msOf(() => until(id));
  await reader.cancel();
  return within('from the answer of a switch to its notification on another instance', took, 1_000);
}

async function revoked({ here, there }: Scene): Promise<Figure> {
  const { body } = await here.send('POST', '/v1/keys', { name: 'revoked', scopes: ['read'] });
  const status = async () => (await there.get('/v1/models', { token: body.key })).status;
  if ((await status()) !== 200) throw new Error('the key is not accepted');
  await here.send('DELETE', `/v1/keys/${body.id}`);
  const refused = async () => {
    while ((await status()) !== 401);
  };
  return within('a revoked key is refused on another instance', await msOf(refused), 1_000);
}

async function* withPostgresFrozen(scene: Scene): AsyncIterable<Figure> {
  const { ground, here } = scene;
  await here.getPatiently(PATH);
  ground.postgres.signal('SIGSTOP');
  try {
    const change = { action: 'switch', modelId: MODELS[0], conversationId: CONVERSATION, userId: USER };
    const refused = msOf(() => here.act(change));
    const read = await msOf(() => here.get(PATH));
    yield within('a read while PostgreSQL is frozen', read, 500);
    yield within('a switch is refused while PostgreSQL is frozen', await refused, 5_000);
  } finally {
    ground.postgres.signal('SIGCONT');
  }
  await here.getPatiently('/readyz');
}

async function withoutRedis(scene: Scene): Promise<Figure> {
  const { stage, there } = scene;
  await stage.redis.kill();
  let slowest = 0;
  for (let index = 0; index < 8; index += 1) {
    await switchTo(index, scene);
    const modelId = MODELS[index % MODELS.length];
    const seen = async () => {
      while ((await there.getPatiently(PATH)).body.model.id !== modelId);
    };
    slowest = Math.max(slowest, await msOf(seen));
  }
  return within('a switch is seen on another instance while Redis is away', slowest, 5_000);
}

/** Redis is away still: a queue would wait for it. */
async function endings({ here, worker }: Scene): Promise<Figure> {
  const ended = await Promise.all([here, worker].map((process) => msOf(() => process.stop())));
  return within('api and worker end when they are asked to while Redis is away', Math.max(...ended), 5_000);
}
