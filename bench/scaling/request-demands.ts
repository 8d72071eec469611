import type { BuiltApi } from '../../test/support/processes.js';
import type { BenchEnvironment, Deployment } from '../bench-environment.js';
import { forked } from '../child-process.js';
import { type Request, throughput } from '../load/closed-loop.js';
import { SwitchingClients } from '../load/switching-clients.js';
import { measureRedisMemory } from './redis-memory.js';
import { ResourceMeter } from './resource-meter.js';
import type { ScalingReport } from './scaling-report.js';

const CLIENTS = 16;
const USER = 'user-bench';
/** Each is in a conversation, one after the other. */
const CONVERSATIONS = 2_000;
const MODELS = ['eu.amazon.nova-lite-v1:0', 'eu.amazon.nova-micro-v1:0', 'eu.amazon.nova-pro-v1:0'];
/** CPU time is measured, not time: no limit may end a request because a machine is busy with other work. */
export const UNHURRIED = { TIMEOUT_MULTIPLIER: '30', MAX_EVENT_LOOP_DELAY_MS: '0' };
const SECONDS = { quick: 3, full: 10 };
const USE_CASE_SWITCHES = { quick: 100, full: 500 };

/** Measures what each kind of request takes, with one api and one worker, and what Redis has of it. */
export async function measureDemands(
  ground: BenchEnvironment,
): Promise<Pick<ScalingReport, 'idle' | 'demands' | 'redis'>> {
  const size = ground.quick ? 'quick' : 'full';
  const seconds = SECONDS[size];
  const stage = await ground.stage('scaling');
  const upstream = await forked<{ url: string }>('fake-upstream', { role: 'everythingElse' });
  ground.later(() => upstream.disconnect());
  const api = await stage.startApi({ ...UNHURRIED, AWS_ENDPOINT_URL_BEDROCK_RUNTIME: upstream.url });
  const worker = stage.startWorker();
  const token = await stage.key(api, 'read', 'switch', 'act-as', 'operate');
  await addConversations(stage);
  const requests = new Requests(api, token);
  await requests.warmUp();
  const meter = await ResourceMeter.of(stage, ground, { api, worker });
  const idle = await meter.measureIdle();
  const during = (load: Request | Request[]) => async () =>
    (await throughput(load, { clients: CLIENTS, seconds, sleeps: true })) * seconds;
  const demands = {
    read: await meter.measure(during(requests.reads())),
    call: await meter.measure(during(requests.calls())),
    switch: await meter.measure(async () => (await requests.switches(seconds)) * seconds),
    useCaseSwitch: await meter.measure(() => requests.switchUseCase(USE_CASE_SWITCHES[size])),
  };
  const redis = await measureRedisMemory(stage, () => requests.switches(seconds));
  await stage.close();
  return { idle, demands, redis };
}

/** Pinned to the last model: a switch to the first one changes it. */
const addConversations = (stage: Deployment) =>
  stage.sql(
    `INSERT INTO ai_conversations (id, user_id, use_case, pinned_model_id, pin_kind)
     SELECT 'conv-' || n, $1, 'platform', $2, 'manual' FROM generate_series(0, $3) AS n`,
    [USER, MODELS.at(-1), CONVERSATIONS - 1],
  );

/** Requests of one service for a user. */
class Requests {
  private readonly headers: Record<string, string>;
  private readonly switching: SwitchingClients;

  constructor(
    private readonly api: BuiltApi,
    private readonly token: string,
  ) {
    this.headers = { authorization: `Bearer ${token}` };
    this.switching = new SwitchingClients({
      ...{ url: api.url, token, userId: USER },
      ...{ prefix: 'conv-', conversations: CONVERSATIONS, models: MODELS },
    });
  }

  async warmUp(): Promise<void> {
    await this.switching.perSecond(CLIENTS, 3);
    await throughput(this.calls(), { clients: CLIENTS, seconds: 1, sleeps: true });
  }

  reads(): Request[] {
    const path = (index: number) => `/v1/conversations/conv-${index}/model?userId=${USER}`;
    return Array.from({ length: 100 }, (_, index) => ({
      url: this.api.url + path(index),
      headers: this.headers,
    }));
  }

  calls(): Request {
    const messages = [{ role: 'user', content: 'What helps against a cold?' }];
    return {
      url: `${this.api.url}/v1/chat`,
      headers: this.headers,
      body: Array.from({ length: CONVERSATIONS }, (_, index) => ({
        conversationId: `conv-${index}`,
        userId: USER,
        messages,
      })),
    };
  }

  switches(seconds: number): Promise<number> {
    return this.switching.perSecond(CLIENTS, seconds);
  }

  async switchUseCase(times: number): Promise<number> {
    for (let done = 0; done < times; done += 1) await switchUseCase(this.api, this.token, done);
    return times;
  }
}

/** Switches the use case `platform` to the model of a position. @returns ms until the answer */
export async function switchUseCase(api: BuiltApi, token: string, position: number): Promise<number> {
  const body = { action: 'switch', useCase: 'platform', modelId: MODELS[position % MODELS.length] };
  const began = performance.now();
  const { status, text, body: answer } = await api.act(body, { token });
  if (status !== 200 || !answer.data.switched) throw new Error(`not switched: ${status} ${text}`);
  return performance.now() - began;
}
