import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChatClient, question } from '../support/chat-client.js';
import { BuiltApi } from '../support/processes.js';
import { createTestEnvironment, type TestEnvironment } from '../support/test-env.js';

const USERS = 1_000;
/** `MAX_MODEL_CALLS`, as it is by default. */
const PLACES = 400;
/** Longer than a call waits for a connection. */
const SLOW_MS = 3_000;
const ANSWER = JSON.stringify({
  output: { message: { role: 'assistant', content: [{ text: 'Rest, and drink enough.' }] } },
  stopReason: 'end_turn',
  usage: { inputTokens: 10, outputTokens: 6, totalTokens: 16 },
  metrics: { latencyMs: 6_000 },
});

/** Stands for models that take their time: no call is answered before the test says so. */
class SlowBedrock {
  readonly waiting: ServerResponse[] = [];
  private readonly server: Server;

  static async start(): Promise<SlowBedrock> {
    const bedrock = new SlowBedrock();
    await once(bedrock.server, 'listening');
    return bedrock;
  }

  private constructor() {
    const onRequest: RequestListener = (request, response) => {
      request.resume().once('end', () => this.waiting.push(response));
    };
    this.server = createServer(onRequest).listen(0, '127.0.0.1');
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  answerAll(): void {
    for (const response of this.waiting.splice(0))
      response.writeHead(200, { 'content-type': 'application/json' }).end(ANSWER);
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

let bedrock: SlowBedrock;
let environment: TestEnvironment;
let api: BuiltApi;
beforeAll(async () => {
  bedrock = await SlowBedrock.start();
  environment = await createTestEnvironment({
    AWS_ENDPOINT_URL_BEDROCK: bedrock.url,
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
    CHAT_DEADLINE_SECONDS: '600',
    RATE_LIMIT_PER_SECOND: '10000',
    // None is refused for another reason: a busy machine, or transactions that would wait too long for a connection.
    MAX_EVENT_LOOP_DELAY_MS: '0',
    DATABASE_POOL_SIZE: '40',
  });
  api = await BuiltApi.start(environment.variables);
});
afterAll(async () => {
  await api?.stop();
  await environment?.close();
  bedrock?.close();
});

const rowsOf = async (sql: string) => (await environment.owner.query(sql)).rows;

it('a thousand slow chats at one instance: the surplus is refused immediately, and no healthy model suffers', async () => {
  const chats = new ChatClient(api.url);
  const refused: Awaited<ReturnType<ChatClient['chat']>>[] = [];
  const ask = async (user: number) => {
    const answer = await chats.chat({ ...question(), useCase: 'clinical', userId: `user-${user}` });
    if (answer.status !== 200) refused.push(answer);
    return answer.status;
  };
  const all = Promise.all(Array.from({ length: USERS }, (_, user) => ask(user)));
  // Nobody has an answer yet: who is refused by now was refused immediately.
  await expect.poll(() => [bedrock.waiting.length, refused.length]).toEqual([PLACES, USERS - PLACES]);
  await delay(SLOW_MS);
  bedrock.answerAll();
  expect((await all).filter((status) => status === 200)).toHaveLength(PLACES);

  for (const { status, body, headers } of refused)
    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'too_many_model_calls', '2']);
  expect((await api.get('/v1/breakers')).body.items).toEqual([]);
  expect(await rowsOf(`SELECT DISTINCT switch_action FROM switch_events`)).toEqual([
    { switch_action: 'auto_switch' },
  ]);
  expect(await rowsOf(`SELECT outcome, count(*)::int AS calls FROM model_invocations GROUP BY 1`)).toEqual([
    { outcome: 'answered', calls: PLACES },
  ]);
});
