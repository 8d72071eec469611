import { afterAll, beforeAll, expect, it } from 'vitest';
import { ConversationRecoveryService } from '#libs/switching/conversation-recovery.service.js';
import { DemoService } from '../../scripts/demo/demo-service.js';
import { liveOn } from '../../scripts/demo/scenario.js';
import { ChatSystem, SONNET } from '../support/chat-system.js';
import { SERVICE_KEY } from '../support/test-env.js';

const NOVA_PRO = 'eu.amazon.nova-pro-v1:0';
const PIXTRAL = 'eu.mistral.pixtral-large-2502-v1:0';

let chat: ChatSystem;
let recovery: NodeJS.Timeout;
beforeAll(async () => {
  chat = await ChatSystem.start({
    overrides: { FALLBACK_COOL_DOWN_SECONDS: '1', BREAKER_PROBE_SECONDS: '0.5' },
  });
  // The worker does this every ten seconds.
  const fallbacks = chat.system.api.get(ConversationRecoveryService, { strict: false });
  recovery = setInterval(() => void fallbacks.recoverDue(), 200);
});
afterAll(async () => {
  clearInterval(recovery);
  await chat.close();
});

it('a round of the demo shows a fallback and the way back, over the api alone', async () => {
  const place = {
    url: await chat.system.api.getUrl(),
    serviceKey: SERVICE_KEY,
    emulator: chat.emulator.settings.AWS_ENDPOINT_URL_BEDROCK,
  };
  const told: string[] = [];
  const service = new DemoService(place, new AbortController().signal);
  await liveOn(service, (line) => void told.push(line), { pauseMs: 20, rounds: 1 });
  const { body } = await chat.system.get('/v1/switches?conversationId=demo-anna');
  expect(body.items.map(({ action }: { action: string }) => action)).toEqual([
    'auto_switch',
    'fallback_switch',
    'auto_switch',
  ]);
  expect(body.items[1]).toMatchObject({ previousModelId: SONNET });
  const story = told.join('\n');
  for (const scene of [
    'switches by hand',
    'for all that follow it',
    'instead: throttled',
    '🔔',
    'is back on',
  ])
    expect(story).toContain(scene);
  expect(await chat.rows(`SELECT count(*)::int AS n FROM switch_events WHERE scope = 'use_case'`)).toEqual([
    { n: 2 },
  ]);
  const models = [
    /🔧 (\S+) asks for find_rooms/,
    /↪ (\S+) continues with the result of the tool: “.*rooms 3 and 7”/,
  ];
  expect(models.map((scene) => scene.exec(story)?.[1])).toEqual([NOVA_PRO, PIXTRAL]);
  const calls = `SELECT model_id, stop_reason FROM model_invocations WHERE use_case = 'operations' AND conversation_id IS NULL`;
  expect(await chat.rows(`${calls} ORDER BY started_at`)).toEqual([
    { model_id: NOVA_PRO, stop_reason: 'tool_use' },
    { model_id: PIXTRAL, stop_reason: 'end_turn' },
  ]);
  expect(chat.emulator.calls().calls.length).toBeGreaterThan(5);
});

it('says what is wrong while the api is away, continues, and ends when it is stopped', async () => {
  const stop = new AbortController();
  const told: string[] = [];
  const nowhere = { url: 'http://127.0.0.1:1', serviceKey: 'k', emulator: 'http://127.0.0.1:1' };
  const living = liveOn(new DemoService(nowhere, stop.signal), (line) => void told.push(line), {
    pauseMs: 1,
  });
  await expect.poll(() => told.some((line) => line.startsWith('⚠️'))).toBe(true);
  stop.abort();
  await living;
});
