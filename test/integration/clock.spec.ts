import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Clock, type SystemClock } from '#libs/platform/clock/clock.js';
import { ApiInstance } from '../support/api-instance.js';
import { HAIKU, NOVA_PRO } from '../support/catalogue-editing.js';
import { createTestEnvironment, type TestEnvironment } from '../support/test-env.js';

const HOUR_MS = 3_600_000;
let environment: TestEnvironment;
beforeAll(async () => {
  environment = await createTestEnvironment();
});
afterAll(() => environment.close());

it.each([
  ['ahead', HOUR_MS],
  ['behind', -HOUR_MS],
])(
  'switches and cool-downs of an api whose clock is an hour %s have the time of PostgreSQL',
  async (_, ahead) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ahead });
    const api = await ApiInstance.start(environment.variables).finally(() => vi.useRealTimers());
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ahead });
    try {
      const conversationId = `clock-${ahead}`;
      const request = { action: 'fallback-switch', reason: 'x', conversationId, userId: 'anna' };
      const { status, body } = await api.act(request);
      expect(status, JSON.stringify(body)).toBe(200);
      const { rows } = await environment.owner.query(
        `SELECT abs(extract(epoch FROM occurred_at - now())) < 600 AS "isNow" FROM switch_events WHERE conversation_id = $1`,
        [conversationId],
      );
      expect(rows).toEqual([{ isNow: true }]);
      expect((await api.get('/metrics')).text).toMatch(
        new RegExp(`^orchestrator_clock_ahead_seconds ${ahead > 0 ? '' : '-'}3[56]`, 'm'),
      );
    } finally {
      vi.useRealTimers();
      await api.close();
    }
  },
);

it.each([
  ['a conversation', { conversationId: 'ordered' }],
  ['a use case', { useCase: 'clinical' }],
])(
  'switches of %s are listed in their order, also where the clock of an instance is behind',
  async (_, scope) => {
    const api = await ApiInstance.start(environment.variables);
    try {
      const switchTo = async (modelId: string) => {
        const { body } = await api.act({ action: 'switch', modelId, ...scope });
        expect(body.data.switched).toBe(true);
        return body.data.switchId;
      };
      const clock = api.service(Clock) as SystemClock;
      clock.correctionMs += HOUR_MS;
      const first = await switchTo(HAIKU);
      clock.correctionMs -= HOUR_MS;
      const second = await switchTo(NOVA_PRO);
      const { body } = await api.get(`/v1/switches?${new URLSearchParams(scope)}`);
      expect(body.items.map(({ id }: { id: string }) => id).slice(0, 2)).toEqual([second, first]);
    } finally {
      await api.close();
    }
  },
);
