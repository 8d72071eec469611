import { Logger } from '@nestjs/common';
import { beforeEach, expect, it } from 'vitest';
import type { BreakersService } from '#libs/breakers/breakers.service.js';
import type { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import type { Clock } from '#libs/platform/clock/clock.js';
import { HAIKU, SONNET } from '../../test/support/catalogue-fixture.js';
import { ConversationRecoveryService } from './conversation-recovery.service.js';
import type { ConversationsRepository, PinnedModel } from './conversations.repository.js';
import type { SwitchCommand } from './switch.js';
import type { SwitchService } from './switch.service.js';

const id = (n: number) => `conversation-${String(n).padStart(4, '0')}`;

/** Conversations pinned to Sonnet, in the order of their ids. */
let pinned: string[];
/** Models that no use case can select, and those that one cannot. */
let unfit: string[];
let unfitIn: Record<string, string[]>;
let offering: Record<string, boolean>;
let refused: (conversationId: string) => boolean;
let tried: string[];
let asked: PinnedModel[] | undefined;
let recovery: ConversationRecoveryService;
beforeEach(() => {
  Logger.overrideLogger(false);
  pinned = Array.from({ length: 1_001 }, (_, n) => id(n));
  unfit = [SONNET];
  unfitIn = {};
  offering = { clinical: true, research: false };
  refused = () => false;
  tried = [];
  asked = undefined;
  const conversations = {
    pinnedModels: async () => [SONNET, HAIKU],
    pinnedTo: async (pins: PinnedModel[], after: string, limit: number) => {
      asked = pins;
      return pinned.filter((each) => each > after).slice(0, limit);
    },
  };
  const switching = {
    execute: async ({ conversationId, kind }: SwitchCommand) => {
      expect(kind).toBe('unpin');
      tried.push(conversationId!);
      if (refused(conversationId!)) throw new Error('nothing can be selected');
      pinned = pinned.filter((each) => each !== conversationId);
    },
  };
  const catalogue = {
    selectabilityOf: (modelId: string, { name }: { name: string }) => ({
      reasons: [...unfit, ...(unfitIn[name] ?? [])].includes(modelId) ? ['ended'] : [],
    }),
    snapshot: () => ({ useCases: Object.keys(offering).map((name) => ({ name })) }),
    candidatesOf: (name: string) => ({ candidates: [{ selectable: false }, { selectable: offering[name] }] }),
  };
  recovery = new ConversationRecoveryService(
    conversations as unknown as ConversationsRepository,
    switching as unknown as SwitchService,
    {} as BreakersService,
    {} as Clock,
    catalogue as unknown as CatalogueService,
  );
});

it('pins that cannot be ended do not block those after them', async () => {
  refused = (conversationId) => conversationId !== id(1_000);
  await recovery.unpinDue();
  expect(tried).toHaveLength(1_000);
  await recovery.unpinDue();
  expect(tried.at(-1)).toBe(id(1_000));
});

it('a run after the last page begins with the first pin', async () => {
  pinned = [id(1), id(2)];
  refused = () => true;
  await recovery.unpinDue();
  await recovery.unpinDue();
  expect(tried).toEqual([id(1), id(2), id(1), id(2)]);
});

it('only pins on unfit models are released, and only where a use case has something to offer', async () => {
  await recovery.unpinDue();
  expect(asked).toEqual([{ modelId: SONNET, useCase: 'clinical' }]);
});

it('a model that one use case refuses is released there, and stays pinned in others', async () => {
  unfit = [];
  unfitIn = { clinical: [HAIKU] };
  offering = { clinical: true, platform: true };
  await recovery.unpinDue();
  expect(asked).toEqual([{ modelId: HAIKU, useCase: 'clinical' }]);
});

it('nothing is looked for while every pinned model can be selected', async () => {
  unfit = [];
  await recovery.unpinDue();
  expect([asked, tried]).toEqual([undefined, []]);
});
