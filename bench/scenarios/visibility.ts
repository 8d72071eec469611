import type { BuiltApi } from '../../test/support/processes.js';
import { type Figure, type Measure, quantile } from '../measure.js';

const USER = 'user-bench';
const MODELS = ['eu.amazon.nova-lite-v1:0', 'eu.amazon.nova-micro-v1:0'];
const GIVES_UP_MS = 10_000;

/** Thresholds of the figures, which are of the same switches. */
const BARS = { p50: 20, p99: 250 };

export const VISIBILITY: Measure = {
  name: 'visibility',
  title: 'from the answer of a switch until GET /v1/conversations/{id}/model on another instance shows it',
  against: 'what was promised',
  async *run(ground) {
    const stage = await ground.stage('visibility');
    const [here, there] = [await stage.startApi(), await stage.startApi()];
    const token = await stage.key(here, 'read', 'switch', 'act-as', 'operate');
    const instances = { here, there, token };
    const switches = ground.quick ? 300 : 1_000;
    yield* figuresOf(
      'a conversation',
      await seen(switches, { conversationId: 'c-1', userId: USER }, instances),
    );
    await follow(instances);
    yield* figuresOf('a use case', await seen(switches, { useCase: 'platform' }, instances));
    await stage.close();
  },
};

interface Instances {
  here: BuiltApi;
  there: BuiltApi;
  token: string;
}

/** Milliseconds until the other instance answers with the new model, of each of so many switches. */
async function seen(switches: number, scope: object, { here, there, token }: Instances): Promise<number[]> {
  const took: number[] = [];
  for (let done = 0; done <= switches; done += 1) {
    const modelId = MODELS[done % MODELS.length]!;
    const { status, text, body } = await here.act({ action: 'switch', ...scope, modelId }, { token });
    const answered = performance.now();
    if (status !== 200) throw new Error(`not switched: ${status} ${text}`);
    await untilShown(body.data.toId, there, token);
    if (done > 0) took.push(performance.now() - answered);
  }
  return took;
}

async function untilShown(modelId: string, api: BuiltApi, token: string): Promise<void> {
  const givesUp = performance.now() + GIVES_UP_MS;
  for (;;) {
    const { status, text, body } = await api.get(`/v1/conversations/c-1/model?userId=${USER}`, { token });
    if (status !== 200) throw new Error(`the model is not shown: ${status} ${text}`);
    if (body.model.id === modelId) return;
    if (performance.now() > givesUp) throw new Error(`the other instance does not show ${modelId}`);
  }
}

/** The conversation has no pin any more, so that it shows what its use case runs on. */
async function follow({ here, token }: Instances): Promise<void> {
  const joining = { action: 'auto-switch', useCase: 'platform', conversationId: 'c-1', userId: USER };
  const { status, text } = await here.act(joining, { token });
  if (status !== 200) throw new Error(`it does not follow: ${status} ${text}`);
}

function* figuresOf(scope: string, took: number[]): Iterable<Figure> {
  const from = { switches: took.length, most: Math.max(...took) };
  for (const [name, atMost] of Object.entries(BARS))
    yield {
      ...{ what: `a switch of ${scope}, ${name}`, value: quantile(took, Number(name.slice(1)) / 100) },
      ...{ unit: 'ms' as const, from, atMost },
    };
}
