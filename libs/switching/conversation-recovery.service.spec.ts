import { Logger } from '@nestjs/common';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BreakersService } from '#libs/breakers/breakers.service.js';
import type { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { aModel, HAIKU, inSeconds, NOW, OPUS, SONNET } from '../../test/support/catalogue-fixture.js';
import { FakeClock } from '../../test/support/fake-clock.js';
import { byHand, fallback } from '../../test/support/switch-fixture.js';
import type { Conversation, Pin } from './conversation.js';
import { ConversationRecoveryService } from './conversation-recovery.service.js';
import type { ConversationsRepository } from './conversations.repository.js';
import type { Caller, SwitchCommand } from './switch.js';
import type { SwitchService } from './switch.service.js';

const MINUTE = 60_000;

/** Conversations on a fallback, by their id, with when each is due. */
class FakeConversations {
  readonly due = new Map<string, { failedModelId: string; at: number }>();

  add(count: number, failedModelId: string, name = 'conversation'): void {
    for (let n = 0; n < count; n += 1)
      this.due.set(`${name}-${n}`, { failedModelId, at: NOW.getTime() - 1_000_000 + this.due.size });
  }

  dueForRecheck = async (now: Date, limit: number) =>
    [...this.due]
      .filter(([, { at }]) => at <= now.getTime())
      .toSorted(([, a], [, b]) => a.at - b.at)
      .slice(0, limit)
      .map(([id, { failedModelId }]) => ({ id, failedModelId }));

  postponeRecheck = async (id: string, until: Date) => {
    this.due.get(id)!.at = until.getTime();
  };
}

let clock: FakeClock;
let conversations: FakeConversations;
let recovered: string[];
let commands: { command: SwitchCommand; caller: Caller }[];
/** Of models with an open breaker: when it is probed again. */
let open: Map<string, Date>;
let probed: string[];
let refuses: (command: SwitchCommand) => boolean;
let breaksAt: string | undefined;
let recovery: ConversationRecoveryService;
beforeEach(() => {
  Logger.overrideLogger(false);
  clock = new FakeClock(NOW);
  conversations = new FakeConversations();
  [recovered, commands, probed] = [[], [], []];
  open = new Map();
  refuses = () => false;
  breaksAt = undefined;
  const switching = {
    execute: async (command: SwitchCommand, caller: Caller) => {
      if (refuses(command)) throw new Error('cannot be brought back');
      commands.push({ command, caller });
      recovered.push(command.conversationId!);
      conversations.due.delete(command.conversationId!);
      return { switched: true };
    },
  };
  const breakers = {
    recheck: async (modelId: string) => {
      if (modelId === breaksAt) throw new Error('no connection');
      return !open.has(modelId);
    },
    recheckSoon: (modelId: string) => void probed.push(modelId),
    recheckAt: (modelId: string) => open.get(modelId),
    isOpen: (modelId: string) => open.has(modelId),
    openModels: () => [...open.keys()],
    secondsUntilProbe: () => 42,
  };
  recovery = new ConversationRecoveryService(
    conversations as unknown as ConversationsRepository,
    switching as unknown as SwitchService,
    breakers as unknown as BreakersService,
    clock,
    {} as CatalogueService,
  );
});

describe('the oldest ways back do not hold up the others', () => {
  beforeEach(() => {
    conversations.add(200, SONNET, 'oldest');
    conversations.add(1, HAIKU, 'younger');
  });

  it.each<[string, () => void]>([
    ['whose breaker is open for long', () => open.set(SONNET, new Date(NOW.getTime() + 60 * MINUTE))],
    ['whose breaker another instance probes', () => open.set(SONNET, NOW)],
    ['whose probe breaks', () => (breaksAt = SONNET)],
    [
      'that cannot be brought back',
      () => (refuses = ({ conversationId }) => conversationId!.startsWith('oldest')),
    ],
  ])('%s', async (_, given) => {
    given();
    await recovery.recoverDue();
    expect(recovered).toEqual([]);
    await recovery.recoverDue();
    expect(recovered).toEqual(['younger-0']);
  });

  it('that come back make room in the same way', async () => {
    await recovery.recoverDue();
    expect(recovered).toHaveLength(200);
    await recovery.recoverDue();
    expect(recovered.at(-1)).toBe('younger-0');
  });
});

describe('a way back that cannot be taken yet is looked at again', () => {
  beforeEach(() => conversations.add(1, SONNET));
  const nextLook = () => conversations.due.get('conversation-0')!.at - NOW.getTime();

  it.each([
    ['when the breaker is probed', 10 * MINUTE, 10 * MINUTE],
    ['a minute later where the breaker is probed right now', 0, MINUTE],
    ['a minute later where the probe of the breaker is overdue', -MINUTE, MINUTE],
  ])('%s', async (_, probedIn, expected) => {
    open.set(SONNET, new Date(NOW.getTime() + probedIn));
    await recovery.recoverDue();
    expect(nextLook()).toBe(expected);
  });

  it('a minute later where the switch is refused', async () => {
    refuses = () => true;
    await recovery.recoverDue();
    expect(nextLook()).toBe(MINUTE);
  });
});

describe('a conversation that is used', () => {
  const conversation = (pin: Pin | null): Conversation => ({
    id: 'conv-1',
    owner: 'anna',
    useCase: 'clinical',
    pin,
    coolDowns: {},
    version: 1,
    switchSeq: 1,
  });

  it('comes back as soon as its time has come and the breaker is closed', async () => {
    expect(
      await recovery.recoverIfHealthy(conversation(fallback(HAIKU, { recheckAt: inSeconds(0) }))),
    ).toBeDefined();
    expect(commands).toMatchObject([
      {
        command: { kind: 'recovery', conversationId: 'conv-1', showNotification: true, dryRun: false },
        caller: { principal: { kind: 'system', name: 'recovery' } },
      },
    ]);
  });

  it('stays before its time, and while the breaker of the failed model is open', async () => {
    expect(
      await recovery.recoverIfHealthy(conversation(fallback(HAIKU, { recheckAt: inSeconds(0.001) }))),
    ).toBe(undefined);
    open.set(SONNET, NOW);
    expect(await recovery.recoverIfHealthy(conversation(fallback(HAIKU)))).toBe(undefined);
    expect(commands).toEqual([]);
  });

  it('has the failed model probed, not the one that it is on', async () => {
    await recovery.recoverIfHealthy(conversation(fallback(HAIKU)));
    expect(probed).toEqual([SONNET]);
  });

  it('has nowhere to come back to from a pick, or while it follows', async () => {
    for (const pin of [null, byHand(HAIKU)])
      expect(await recovery.recoverIfHealthy(conversation(pin))).toBe(undefined);
    expect([commands, probed]).toEqual([[], []]);
  });

  it('moves past every open breaker, and the failed model cools down as long as its breaker is open', async () => {
    for (const id of [SONNET, OPUS]) open.set(id, NOW);
    await recovery.fallbackTo(conversation(null), aModel(SONNET, { name: 'Sonnet' }), false);
    expect(commands).toMatchObject([
      {
        command: {
          kind: 'fallback',
          conversationId: 'conv-1',
          failedModelId: SONNET,
          avoid: [SONNET, OPUS],
          coolDownSeconds: 42,
          reason: 'Sonnet does not answer right now',
          showNotification: false,
        },
        caller: { principal: { kind: 'system', name: 'chat' } },
      },
    ]);
  });
});
