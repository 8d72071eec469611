import { Logger } from '@nestjs/common';
import { expect, it, vi } from 'vitest';
import type { CostsService } from '#libs/costs/costs.service.js';
import type { Transactions } from '#libs/platform/database/transactions.js';
import type { OutboxSignal } from '#libs/platform/outbox/outbox-signal.js';
import { Metrics } from '#libs/platform/telemetry/metrics.js';
import type { ConversationSwitchHandler } from './conversation-switch.handler.js';
import type { IdempotencyService } from './idempotency.service.js';
import type { AutoSwitch, SwitchEvent, SwitchOutcome } from './switch.js';
import { SwitchService } from './switch.service.js';
import type { AppliedSwitch } from './switch-request.js';
import type { UseCaseSwitchHandler } from './use-case-switch.handler.js';

const outcome = { switched: true } as SwitchOutcome;
const event = { id: 'a-switch' } as SwitchEvent;
const fails = () => {
  throw new Error('Redis says no');
};
const works = () => undefined;
const target = { showNotification: true, dryRun: false };
const OF_CONVERSATION: AutoSwitch = { kind: 'auto', conversationId: 'c', useCase: 'clinical', ...target };
const OF_USE_CASE: AutoSwitch = { kind: 'auto', useCase: 'clinical', ...target };

it.each<[AutoSwitch, AppliedSwitch, publish: () => void, notify: () => void]>([
  [OF_CONVERSATION, { outcome, event, changed: { conversationId: 'c', version: 1 } }, fails, works],
  [OF_USE_CASE, { outcome, event, changed: { catalogueVersion: 2 } }, fails, works],
  [OF_CONVERSATION, { outcome, event, changed: { conversationId: 'c', version: 1 } }, works, fails],
])(
  'answers a committed switch, whatever publishing it meets (%#)',
  async (command, applied, publish, notify) => {
    const logged = vi.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const handler = { apply: async () => applied, publish };
    const metrics = new Metrics();
    const switches = new SwitchService(
      { run: (work: (tx: unknown) => unknown) => work({}) } as unknown as Transactions,
      { once: (...[, , , work]: (() => unknown)[]) => work!() } as unknown as IdempotencyService,
      handler as unknown as ConversationSwitchHandler,
      handler as unknown as UseCaseSwitchHandler,
      {} as CostsService,
      { notify } as unknown as OutboxSignal,
      metrics,
    );
    const caller = { principal: { kind: 'system' as const, name: 'test' }, requestId: 'r' };
    expect(await switches.execute(command, caller)).toBe(outcome);
    expect(logged).toHaveBeenCalledOnce();
    expect(await metrics.text()).toMatch(/switches_total\{.*outcome="switched"\} 1/);
    logged.mockRestore();
  },
);
