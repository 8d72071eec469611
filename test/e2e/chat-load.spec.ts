import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestEmulator, testEmulator } from '../support/bedrock-emulator.js';
import { ChatClient, type ChatFrame, question, shownText } from '../support/chat-client.js';
import { SONNET } from '../support/chat-system.js';
import { eventually } from '../support/eventually.js';
import { BuiltApi, type BuiltProcess, startWorker } from '../support/processes.js';
import { createTestEnvironment, type TestEnvironment } from '../support/test-env.js';

const STREAMS = 60;
const ROUNDS = 3;

let emulator: TestEmulator;
let environment: TestEnvironment;
let api: BuiltApi;
let worker: BuiltProcess;
let chats: ChatClient;
beforeAll(async () => {
  emulator = await testEmulator();
  environment = await createTestEnvironment({
    ...emulator.settings,
    BREAKER_PROBE_SECONDS: '0.5',
    // Silence ends a stream, and slowness does not.
    CHAT_IDLE_SECONDS: '5',
    CHAT_FIRST_TEXT_SECONDS: '60',
    CHAT_DEADLINE_SECONDS: '600',
    // So little that what is not needed any more is collected again and again, and what leaks shows.
    NODE_OPTIONS: '--max-old-space-size=128',
  });
  worker = startWorker(environment.variables);
  api = await BuiltApi.start(environment.variables);
  chats = new ChatClient(api.url);
});
afterAll(async () => {
  await Promise.all([api?.stop(), worker?.stop()]);
  await Promise.all([environment?.close(), emulator?.close()]);
});

/** The figure of a metric, or the sum of its figures. */
async function metric(name: string): Promise<number> {
  const { text } = await api.get('/metrics');
  const lines = text.split('\n').filter((line) => line.startsWith(name));
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}

const callsOf = () => emulator.calls().calls;

describe('many streams, of which every tenth is struck', () => {
  /** The least that was seen after some rounds: what a collection leaves. */
  const leastHeap: number[] = [];
  const endings: string[] = [];

  const open = (conversationId: string) =>
    api.actPatiently({ action: 'auto-switch', useCase: 'clinical', conversationId, showNotification: false });

  async function round(number: number): Promise<void> {
    const talk = (index: number) => {
      const conversationId = `stream-${index}`;
      return chats.streamPatiently({ conversationId, useCase: 'clinical', ...question(`round ${number}`) });
    };
    const all: ChatFrame[][] = await Promise.all(Array.from({ length: STREAMS }, (_, index) => talk(index)));
    for (const frames of all) {
      const ends = frames.filter(({ event }) => event === 'done' || event === 'error');
      expect(ends).toHaveLength(1);
      const last = frames.at(-1)!;
      expect(last).toBe(ends[0]);
      if (last.event === 'done') expect(last.data.message.content).toBe(shownText(frames));
      // Three models can be struck one after the other.
      else expect([last.data.code, last.data.attempts.length > 2]).toEqual(['model_unavailable', true]);
      endings.push(last.event);
    }
  }

  beforeAll(async () => {
    await Promise.all(Array.from({ length: STREAMS }, (_, index) => open(`stream-${index}`)));
    emulator.setFaults([
      { kind: 'cut', afterEvents: 4, everyNth: 50 },
      { kind: 'exception', name: 'ModelStreamErrorException', afterEvents: 3, everyNth: 50 },
      { kind: 'error', name: 'ThrottlingException', everyNth: 50 },
      { kind: 'malformed', afterEvents: 5, everyNth: 50 },
      { kind: 'stall', afterEvents: 4, everyNth: 50 },
    ]);
    for (let number = 1; number <= ROUNDS; number += 1) {
      await round(number);
      leastHeap.push(await metric('nodejs_heap_size_used_bytes'));
    }
    emulator.setFaults([]);
  });

  const answered = () => endings.filter((ending) => ending === 'done').length;

  it('end each in one done, whole, but for those whom no model answered', () => {
    const struck = callsOf().filter(({ outcome }) => outcome !== 'ok').length;
    expect(struck).toBeGreaterThan((STREAMS * ROUNDS) / 20);
    expect(endings).toHaveLength(STREAMS * ROUNDS);
    expect(answered()).toBeGreaterThan(STREAMS * ROUNDS * 0.99);
  });

  it('are each recorded once', async () => {
    const { rows } = await environment.owner.query(
      `SELECT count(*)::int AS calls, count(DISTINCT request_id)::int AS requests,
         count(*) FILTER (WHERE outcome = 'answered')::int AS answered FROM model_invocations`,
    );
    expect(rows).toEqual([{ calls: STREAMS * ROUNDS, requests: STREAMS * ROUNDS, answered: answered() }]);
  });

  it('leave neither sockets nor memory behind', async () => {
    await eventually(() => expect(callsOf().filter(({ outcome }) => outcome === 'running')).toEqual([]));
    // Idle connections of the pool stay until they time out.
    expect(emulator.calls().connections.open).toBeLessThanOrEqual(STREAMS);
    const [early, late] = [Math.min(...leastHeap.slice(0, 1)), Math.min(...leastHeap.slice(1))];
    expect(late - early).toBeLessThan(30_000_000);
  });
});

it('a primary that is down costs nobody an answer, is asked by probes only, and comes back', async () => {
  const answeredBy = async (conversationId: string): Promise<string> => {
    const frames = await chats.streamPatiently({ conversationId, useCase: 'clinical', ...question() });
    expect(frames.at(-1)!.event).toBe('done');
    return frames.at(-1)!.data.model.id;
  };
  const asked = (operation: string) =>
    callsOf().filter((call) => call.modelId === SONNET && call.operation === operation).length;
  const askUntilProbed = async (times: number) => {
    for (let request = 0; asked('Converse') < times; request += 1)
      expect(await answeredBy(`outage-${request % 5}`)).not.toBe(SONNET);
  };
  await eventually(async () => expect(await answeredBy('outage-0')).toBe(SONNET));
  emulator.reset();
  emulator.setFaults([{ kind: 'error', name: 'ServiceUnavailableException', modelId: SONNET }]);
  // People ask for streams, and probes do not. The first probe shows that the breaker is open.
  await askUntilProbed(1);
  const askedByPeople = asked('ConverseStream');
  await askUntilProbed(3);
  expect(asked('ConverseStream')).toBe(askedByPeople);

  emulator.setFaults([]);
  for (const conversation of [0, 1, 2, 3, 4])
    await eventually(async () => expect(await answeredBy(`outage-${conversation}`)).toBe(SONNET));
});
