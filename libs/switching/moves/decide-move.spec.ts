import { describe, expect, it } from 'vitest';
import type { Model, UseCase } from '#libs/catalogue/catalogue.js';
import {
  aCatalogue,
  HAIKU,
  inSeconds,
  NOVA_MICRO,
  NOVA_PRO,
  OPUS,
  policy,
  SONNET,
} from '../../../test/support/catalogue-fixture.js';
import { byHand, fallback } from '../../../test/support/switch-fixture.js';
import type { Conversation, Pin } from '../conversation.js';
import { useCaseOf } from '../model-selection.js';
import {
  moveConversation,
  movePins,
  moveUseCase,
  moveWayBack,
  restoreConversation,
  type Verdict,
  withStaying,
} from './decide-move.js';
import type { MoveTarget } from './move.js';

interface Given {
  models?: Record<string, Partial<Model>>;
  useCases?: Record<string, Partial<UseCase>>;
}

const contextOf = ({ models, useCases }: Given = {}) => ({
  catalogue: aCatalogue({ models, useCases }),
  policy: policy(),
});
const terms = (toModelId: MoveTarget) => ({
  fromModelId: SONNET,
  toModelId,
  reason: 'It ends',
  showNotification: true,
});
const conversationOn = (pin: Pin | null, changes: Partial<Conversation> = {}): Conversation => ({
  id: 'conv-1',
  owner: 'user-1',
  useCase: 'clinical',
  pin,
  coolDowns: {},
  version: 3,
  switchSeq: 2,
  ...changes,
});
const moved = (verdict: Verdict<{ before: Model; after: Model; pin: Pin | null }>) => {
  if ('stays' in verdict) return verdict.stays.code;
  const { before, after, pin } = verdict.moves;
  return { from: before.id, to: after.id, pin };
};
const targetOf = (verdict: Verdict<Model>) => ('stays' in verdict ? verdict.stays.code : verdict.moves.id);
const OFF = { available: false };

describe('a use case that runs on the model', () => {
  const clinical = (given: Given = {}) =>
    [useCaseOf(contextOf(given), 'clinical'), contextOf(given)] as const;

  it('goes to the model of the order, or to its best other candidate', () => {
    expect(targetOf(moveUseCase(terms(OPUS), ...clinical()))).toBe(OPUS);
    expect(targetOf(moveUseCase(terms(null), ...clinical()))).toBe(HAIKU);
  });

  it('stays where the target is no candidate, or not selectable', () => {
    expect(targetOf(moveUseCase(terms(NOVA_PRO), ...clinical()))).toBe('model_not_a_candidate');
    expect(targetOf(moveUseCase(terms(OPUS), ...clinical({ models: { [OPUS]: OFF } })))).toBe(
      'not_available',
    );
    const alone = { models: { [OPUS]: OFF, [HAIKU]: OFF } };
    expect(targetOf(moveUseCase(terms(null), ...clinical(alone)))).toBe('no_selectable_model');
  });

  it('moves also off a model that is retired already', () => {
    expect(targetOf(moveUseCase(terms(null), ...clinical({ models: { [SONNET]: OFF } })))).toBe(HAIKU);
  });
});

describe('a conversation that is pinned to the model', () => {
  it('gets the target, or follows its use case', () => {
    const useCases = { clinical: { activeModelId: HAIKU } };
    const pinned = conversationOn(byHand(SONNET));
    expect(moved(moveConversation(terms(OPUS), pinned, contextOf()))).toEqual({
      ...{ from: SONNET, to: OPUS, pin: byHand(OPUS) },
    });
    expect(moved(moveConversation(terms(null), pinned, contextOf({ useCases })))).toEqual({
      ...{ from: SONNET, to: HAIKU, pin: null },
    });
  });

  it('leaves the model in its record also where another one answers already', () => {
    const useCases = { clinical: { activeModelId: HAIKU } };
    const given = { useCases, models: { [SONNET]: OFF } };
    expect(moved(moveConversation(terms(null), conversationOn(byHand(SONNET)), contextOf(given)))).toEqual({
      ...{ from: SONNET, to: HAIKU, pin: null },
    });
  });

  it('keeps what a fallback recovers, on the target or on the next candidate', () => {
    const pin = fallback(SONNET, { failedModelId: OPUS, resumeModelId: OPUS });
    expect(moved(moveConversation(terms(HAIKU), conversationOn(pin), contextOf()))).toEqual({
      ...{ from: SONNET, to: HAIKU, pin: { ...pin, modelId: HAIKU } },
    });
    const cooling = conversationOn(pin, { coolDowns: { [HAIKU]: inSeconds(60) } });
    expect(moved(moveConversation(terms(null), cooling, contextOf()))).toEqual({
      ...{ from: SONNET, to: OPUS, pin: { ...pin, modelId: OPUS } },
    });
  });

  it('never comes back to the model, also while the one that it follows cools down', () => {
    const useCases = { clinical: { activeModelId: OPUS } };
    const cooling = conversationOn(byHand(SONNET), { coolDowns: { [OPUS]: inSeconds(60) } });
    expect(moved(moveConversation(terms(null), cooling, contextOf({ useCases })))).toMatchObject({
      ...{ to: HAIKU, pin: { kind: 'fallback', failedModelId: OPUS } },
    });
    expect(moved(moveConversation(terms(null), conversationOn(byHand(SONNET)), contextOf()))).toBe(
      'no_selectable_model',
    );
  });

  it('stays while the target cools down in it', () => {
    const cooling = conversationOn(byHand(SONNET), { coolDowns: { [OPUS]: inSeconds(60) } });
    expect(moved(moveConversation(terms(OPUS), cooling, contextOf()))).toBe('cooling_down');
  });
});

it('pins of a use case that runs on another model follow that one', () => {
  const context = contextOf();
  expect(targetOf(movePins(terms(null), useCaseOf(context, 'platform'), context))).toBe(NOVA_MICRO);
  expect(targetOf(movePins(terms(OPUS), useCaseOf(context, 'platform'), context))).toBe(
    'model_not_a_candidate',
  );
});

describe('a fallback that goes back to a pin on the model', () => {
  const wayBack = { failedModelId: SONNET, resumeModelId: SONNET };
  const fallbackTo = (modelId: string, changes = {}) =>
    conversationOn(fallback(modelId, { ...wayBack, ...changes }));
  const pinOf = (verdict: Verdict<Pin>) => ('stays' in verdict ? verdict.stays.code : verdict.moves);

  it('goes back to the target, and waits for that one', () => {
    const { pin } = fallbackTo(HAIKU);
    expect(pinOf(moveWayBack(terms(OPUS), fallbackTo(HAIKU), contextOf()))).toEqual({
      ...{ ...pin, failedModelId: OPUS, resumeModelId: OPUS },
    });
  });

  it('goes back to its use case with a move that follows', () => {
    const context = contextOf({ useCases: { clinical: { activeModelId: OPUS } } });
    expect(pinOf(moveWayBack(terms(null), fallbackTo(HAIKU), context))).toMatchObject({
      ...{ modelId: HAIKU, failedModelId: OPUS, resumeModelId: null },
    });
  });

  it('still waits for another model that failed', () => {
    const conversation = fallbackTo(HAIKU, { failedModelId: NOVA_PRO });
    expect(pinOf(moveWayBack(terms(OPUS), conversation, contextOf()))).toMatchObject({
      ...{ failedModelId: NOVA_PRO, resumeModelId: OPUS },
    });
  });

  it('stays where the target is no candidate, and where it goes elsewhere by now', () => {
    expect(pinOf(moveWayBack(terms(NOVA_PRO), fallbackTo(HAIKU), contextOf()))).toBe('model_not_a_candidate');
    const elsewhere = fallbackTo(HAIKU, { resumeModelId: OPUS });
    expect(pinOf(moveWayBack(terms(OPUS), elsewhere, contextOf()))).toBe('switched_since');
  });

  it('is restored without a switch, with the time of the next check', () => {
    const previousPin = fallback(HAIKU, wayBack);
    const item = { switchId: 's', conversationId: 'conv-1', useCase: 'clinical', seq: 2, previousPin };
    const now = fallback(HAIKU, { failedModelId: OPUS, resumeModelId: OPUS, recheckAt: inSeconds(90) });
    expect(moved(restoreConversation(SONNET, item, conversationOn(now), contextOf()))).toEqual({
      ...{ from: SONNET, to: SONNET, pin: { ...previousPin, recheckAt: inSeconds(90) } },
    });
    expect(moved(restoreConversation(SONNET, item, conversationOn(byHand(HAIKU)), contextOf()))).toBe(
      'switched_since',
    );
  });
});

describe('an undo', () => {
  const item = {
    switchId: 's',
    conversationId: 'conv-1',
    useCase: 'clinical',
    seq: 2,
    previousPin: byHand(SONNET),
  };

  it('restores the pin before the move', () => {
    const verdict = restoreConversation(SONNET, item, conversationOn(byHand(OPUS)), contextOf());
    expect(moved(verdict)).toEqual({ from: OPUS, to: SONNET, pin: byHand(SONNET) });
  });

  it.each([
    ['was switched since', conversationOn(byHand(OPUS), { switchSeq: 3 })],
    ['joined another use case', conversationOn(byHand(OPUS), { useCase: 'health' })],
    ['is not there any more', undefined],
  ])('keeps a conversation that %s', (_, conversation) => {
    expect(moved(restoreConversation(SONNET, item, conversation, contextOf()))).toBe('switched_since');
  });

  it('keeps a conversation whose former model is not selectable', () => {
    const context = contextOf({ models: { [SONNET]: OFF } });
    expect(moved(restoreConversation(SONNET, item, conversationOn(byHand(OPUS)), context))).toBe(
      'not_available',
    );
  });
});

it('counts what stays by use case and reason', () => {
  const staying = { useCase: 'health', code: 'cooling_down', reason: 'It cools down', conversations: 1 };
  const other = { ...staying, code: 'not_available' };
  expect(withStaying([staying], [staying, other])).toEqual([{ ...staying, conversations: 2 }, other]);
});
