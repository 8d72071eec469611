import { describe, expect, it } from 'vitest';
import {
  HAIKU,
  inSeconds,
  NOVA_LITE,
  NOVA_MICRO,
  NOVA_PRO,
  OPUS,
  SONNET,
} from '../../test/support/catalogue-fixture.js';
import {
  byHand,
  decide,
  failure,
  fallback,
  join,
  moves,
  pick,
  refusal,
} from '../../test/support/switch-fixture.js';
import type { AutoSwitch, ManualSwitch } from './switch.js';

const off = { available: false };
const unseen = { useCase: 'platform', isNew: true };

describe('picking a model by hand', () => {
  it('pins the conversation to it and leaves its use case', () => {
    const decision = decide(pick(HAIKU));
    expect(moves(decision)).toEqual([SONNET, HAIKU]);
    expect(decision).toMatchObject({ useCase: 'clinical', pin: byHand(HAIKU), coolDowns: {} });
  });

  it('accepts a foundation model id and pins the profile that one invokes with', () => {
    expect(decide(pick('anthropic.claude-opus-4-7')).pin).toEqual(byHand(OPUS));
  });

  it('pins also the model that it follows already: no switch, but it stays when the use case moves', () => {
    const decision = decide(pick(SONNET));
    expect(moves(decision)).toEqual([SONNET, SONNET]);
    expect(decision.pin).toEqual(byHand(SONNET));
  });

  it('ends a fallback: a person’s word counts more', () => {
    const decision = decide(pick(OPUS), { pin: fallback(HAIKU), coolDowns: { [SONNET]: inSeconds(60) } });
    expect(moves(decision)).toEqual([HAIKU, OPUS]);
    expect(decision.pin).toEqual(byHand(OPUS));
  });

  it('says from what it really moved where the pin was not selectable any more', () => {
    expect(moves(decide(pick(HAIKU), { pin: byHand(OPUS), models: { [OPUS]: off } }))).toEqual([
      SONNET,
      HAIKU,
    ]);
  });

  it('is free for an operator, and among the candidates for a user', () => {
    expect(decide(pick(NOVA_PRO)).after.id).toBe(NOVA_PRO);
    const user = { rules: { anyModel: false } };
    expect(decide(pick(OPUS), user).after.id).toBe(OPUS);
    expect(refusal(() => decide(pick(NOVA_PRO), user))).toMatchObject({
      kind: 'forbidden',
      code: 'model_not_a_candidate',
    });
  });

  it('lets a user pick a candidate by its foundation model id', () => {
    expect(decide(pick('anthropic.claude-opus-4-7'), { rules: { anyModel: false } }).after.id).toBe(OPUS);
  });

  it('is refused for a model that nobody knows', () => {
    expect(refusal(() => decide(pick('gpt-9')))).toMatchObject({
      kind: 'not_found',
      code: 'model_not_found',
    });
  });

  it('is refused for a model that must not be selected, with every reason and the successor', () => {
    const models = { [OPUS]: { ...off, validationStatus: 'failed' as const, successorId: SONNET } };
    expect(refusal(() => decide(pick(OPUS), { models }))).toMatchObject({
      kind: 'conflict',
      code: 'model_not_selectable',
      extensions: { reasons: [{ code: 'not_available' }, { code: 'validation_failed' }], successor: SONNET },
    });
  });

  it('is refused while the model cools down in this conversation, but not for a cool-down elsewhere', () => {
    expect(refusal(() => decide(pick(OPUS), { coolDowns: { [OPUS]: inSeconds(1) } }))).toMatchObject({
      extensions: { reasons: [{ code: 'cooling_down' }] },
    });
    const elsewhere = { useCases: { clinical: { coolDowns: { [OPUS]: inSeconds(1) } } } };
    expect(decide(pick(OPUS), elsewhere).after.id).toBe(OPUS);
  });
});

describe('auto-switch', () => {
  it('drops a pin, so that the conversation follows its use case', () => {
    const decision = decide(join('clinical'), { pin: byHand(OPUS) });
    expect(moves(decision)).toEqual([OPUS, SONNET]);
    expect(decision).toMatchObject({ useCase: 'clinical', pin: null });
  });

  it('moves a conversation that exists to another use case', () => {
    const decision = decide(join('platform'));
    expect(moves(decision)).toEqual([SONNET, NOVA_MICRO]);
    expect(decision.useCase).toBe('platform');
  });

  it('follows the active model and not the best candidate: the use case decides, for all alike', () => {
    const useCases = { clinical: { activeModelId: OPUS } };
    expect(decide(join('clinical'), { pin: byHand(HAIKU), useCases }).after.id).toBe(OPUS);
  });

  it('changes nothing for a conversation that follows already', () => {
    const decision = decide(join('clinical'));
    expect(moves(decision)).toEqual([SONNET, SONNET]);
    expect(decision.pin).toBeNull();
  });

  it('keeps a stand-in while the model of the use case cools down here, so that its return is told', () => {
    const given = { pin: byHand(OPUS), coolDowns: { [SONNET]: inSeconds(60) } };
    expect(decide(join('clinical'), given)).toMatchObject({
      pin: {
        kind: 'fallback',
        modelId: HAIKU,
        failedModelId: SONNET,
        resumeModelId: null,
        recheckAt: inSeconds(60),
      },
      after: { id: HAIKU },
    });
  });

  it('is refused for now where the use case has nothing to offer', () => {
    const models = { [NOVA_MICRO]: off, [NOVA_LITE]: off };
    expect(refusal(() => decide(join('platform'), { models }))).toMatchObject({
      kind: 'unavailable',
      code: 'no_selectable_model',
      retryAfter: 5,
    });
  });
});

describe('a conversation that nobody has seen', () => {
  it.each<[command: ManualSwitch | AutoSwitch, to: string, useCase: string]>([
    [pick(HAIKU), HAIKU, 'platform'],
    [pick(HAIKU, 'clinical'), HAIKU, 'clinical'],
    [join('clinical'), SONNET, 'clinical'],
  ])('came from the active model of platform (%#)', (command, to, useCase) => {
    const decision = decide(command, unseen);
    expect(moves(decision)).toEqual([NOVA_MICRO, to]);
    expect(decision.useCase).toBe(useCase);
  });

  it('may be restricted to the candidates of the use case that it is put in', () => {
    const user = { ...unseen, rules: { anyModel: false } };
    expect(decide(pick(HAIKU, 'clinical'), user).after.id).toBe(HAIKU);
    expect(refusal(() => decide(pick(HAIKU), user))).toMatchObject({ code: 'model_not_a_candidate' });
  });

  it('falls back within platform where nothing else is said', () => {
    expect(moves(decide(failure(), unseen))).toEqual([NOVA_MICRO, NOVA_LITE]);
  });
});

describe('a use case that contradicts the conversation’s', () => {
  it.each([
    ['switch', pick(HAIKU, 'platform')],
    ['fallback-switch', failure(undefined, 'platform')],
  ])('is a conflict in %s', (_, command) => {
    expect(refusal(() => decide(command))).toMatchObject({ kind: 'conflict', code: 'use_case_mismatch' });
  });

  it.each([
    ['switch', pick(HAIKU, 'clinical')],
    ['fallback-switch', failure(undefined, 'clinical')],
  ])('is none in %s where it is the same', (_, command) => {
    expect(decide(command).after.id).toBe(HAIKU);
  });
});
