import { Logger } from '@nestjs/common';
import { expect, it, vi } from 'vitest';
import type { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import type { OutboxSignal } from '#libs/platform/outbox/outbox-signal.js';
import type { ConversationsCache } from './conversations.cache.js';
import type { AutoSwitch, SwitchOutcome } from './switch.js';
import { SwitchAnnouncer } from './switch-announcer.js';
import type { AppliedSwitch } from './switch-request.js';
import type { SwitchTelemetry } from './switch-telemetry.js';

const command: AutoSwitch = { kind: 'auto', useCase: 'clinical', showNotification: true, dryRun: false };
const outcome = { switched: true } as SwitchOutcome;
const fails = () => {
  throw new Error('Redis says no');
};
const announcer = new SwitchAnnouncer(
  { changed: fails } as unknown as ConversationsCache,
  { announce: fails } as unknown as CatalogueService,
  { notify: fails } as unknown as OutboxSignal,
  { observe: (_: unknown, work: () => unknown) => work() } as unknown as SwitchTelemetry,
);

it.each<AppliedSwitch['changed']>([{ conversationId: 'c', version: 1 }, { catalogueVersion: 2 }])(
  'a switch that is committed is answered, whatever its announcement meets (%j)',
  async (changed) => {
    const logged = vi.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const applied: AppliedSwitch = { outcome, changed };
    expect(await announcer.announced(command, async () => applied)).toBe(applied);
    expect(logged).toHaveBeenCalledOnce();
    logged.mockRestore();
  },
);
