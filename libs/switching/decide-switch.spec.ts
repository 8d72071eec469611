import { describe, expect, it } from 'vitest';
import type { Model, UseCase } from '#libs/catalogue/catalogue.js';
import {
  aCatalogue,
  HAIKU,
  inSeconds,
  NOVA_LITE,
  NOVA_MICRO,
  NOVA_PRO,
  OPUS,
  policy,
  price,
  SONNET,
} from '../../test/support/catalogue-fixture.js';
import {
  byHand,
  COOL_DOWN,
  decide,
  failure,
  fallback,
  join,
  moves,
  pick,
  refusal,
  unpin,
} from '../../test/support/switch-fixture.js';
import { decideUseCase, type UseCaseCommand } from './decide-switch.js';
import type { AutoSwitch, ManualSwitch, UseCaseRecovery } from './switch.js';

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

  it('keeps a fallback while the model of the use case cools down here, so that its recovery has a notification', () => {
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

describe('an unpin', () => {
  it('of a pick that is not selectable any more is a switch away from it', () => {
    const decision = decide(unpin, { pin: byHand(OPUS), models: { [OPUS]: off } });
    expect(moves(decision)).toEqual([OPUS, SONNET]);
    expect(decision.pin).toBeNull();
  });

  it('of a fallback takes the next candidate, and keeps the model to recover to', () => {
    const pin = fallback(HAIKU, { recheckAt: inSeconds(60), resumeModelId: NOVA_PRO });
    const coolDowns = { [SONNET]: inSeconds(60) };
    const decision = decide(unpin, { pin, coolDowns, models: { [HAIKU]: off } });
    expect(moves(decision)).toEqual([HAIKU, OPUS]);
    expect(decision.pin).toEqual({ ...pin, modelId: OPUS });
  });

  it('leaves a fallback where following would bring back a model that still cools down', () => {
    const coolDowns = { [SONNET]: inSeconds(60) };
    const decision = decide(unpin, { pin: byHand(OPUS), coolDowns, models: { [OPUS]: off } });
    expect(moves(decision)).toEqual([OPUS, HAIKU]);
    expect(decision.pin).toMatchObject({ kind: 'fallback', failedModelId: SONNET });
  });

  it.each([
    ['no pin', null],
    ['a pick that can be selected', byHand(OPUS)],
    ['a fallback that is selectable', fallback(HAIKU)],
  ])('changes nothing with %s', (_, pin) => {
    const decision = decide(unpin, { pin });
    expect(decision.before.id).toBe(decision.after.id);
    expect(decision.pin).toEqual(pin);
  });

  it('is refused where nothing could answer instead', () => {
    const models = { [OPUS]: off, [SONNET]: off, [HAIKU]: off };
    expect(refusal(() => decide(unpin, { pin: byHand(OPUS), models }))).toMatchObject({
      code: 'no_selectable_model',
      extensions: { candidates: [{ modelId: SONNET, reasons: [{ code: 'not_available' }] }] },
    });
  });
});

const cooling = inSeconds(60);
const clinicalByCost = {
  clinical: { objective: 'cost' as const },
  models: {
    [SONNET]: { price: price('0.003', '0.015') },
    [HAIKU]: { price: price('0.001', '0.005') },
    [OPUS]: { price: price('0.002', '0.010') },
  },
};

interface Given {
  models?: Record<string, Partial<Model>>;
  clinical?: Partial<UseCase>;
}

function decideForUseCase(command: UseCaseCommand, { models, clinical }: Given = {}) {
  const catalogue = aCatalogue({ models, ...(clinical && { useCases: { clinical } }) });
  const choice = { catalogue, policy: policy() };
  return decideUseCase(command, catalogue.useCases[0]!, choice, { coolDownSeconds: COOL_DOWN });
}

describe('a recovery of a use case', () => {
  const back: UseCaseRecovery = {
    kind: 'recovery',
    useCase: 'clinical',
    modelId: OPUS,
    showNotification: true,
    dryRun: false,
  };

  it('leads back to the model that the use case left', () => {
    expect(moves(decideForUseCase(back))).toEqual([SONNET, OPUS]);
    expect(decideForUseCase(back)).toMatchObject({ activeModelId: OPUS, coolDowns: {} });
  });

  it('is a switch also if that is the effective model already, because the active one is not selectable', () => {
    const models = { [SONNET]: off, [HAIKU]: off };
    expect(moves(decideForUseCase(back, { models }))).toEqual([SONNET, OPUS]);
  });

  it('is refused while that cools down', () => {
    const clinical = { coolDowns: { [OPUS]: cooling } };
    expect(refusal(() => decideForUseCase(back, { clinical }))).toMatchObject({
      code: 'model_not_selectable',
    });
  });
});

describe('an operator’s pick for a use case', () => {
  it('becomes the active model, candidate or not', () => {
    expect(decideForUseCase(pick(OPUS))).toMatchObject({ activeModelId: OPUS, coolDowns: {} });
    expect(decideForUseCase(pick('amazon.nova-pro-v1:0')).activeModelId).toBe(NOVA_PRO);
  });

  it('is recorded as coming from the model that really answered', () => {
    expect(moves(decideForUseCase(pick(OPUS), { models: { [SONNET]: off } }))).toEqual([HAIKU, OPUS]);
  });

  it('of the model that is active changes nothing', () => {
    expect(moves(decideForUseCase(pick(SONNET)))).toEqual([SONNET, SONNET]);
  });

  it('is refused where the model must not be selected, or cools down in this use case', () => {
    expect(refusal(() => decideForUseCase(pick(OPUS), { models: { [OPUS]: off } }))).toMatchObject({
      code: 'model_not_selectable',
    });
    expect(
      refusal(() => decideForUseCase(pick(OPUS), { clinical: { coolDowns: { [OPUS]: cooling } } })),
    ).toMatchObject({
      code: 'model_not_selectable',
      extensions: { reasons: [{ code: 'cooling_down' }] },
    });
    expect(refusal(() => decideForUseCase(pick('gpt-9')))).toMatchObject({ code: 'model_not_found' });
  });
});

describe('auto-switch of a use case', () => {
  it('makes the best candidate active, not the next', () => {
    expect(moves(decideForUseCase(join('clinical'), { clinical: { activeModelId: HAIKU } }))).toEqual([
      HAIKU,
      SONNET,
    ]);
  });

  it('goes by the objective', () => {
    expect(moves(decideForUseCase(join('clinical'), clinicalByCost))).toEqual([SONNET, HAIKU]);
  });

  it('passes by what must not be selected or cools down', () => {
    const given = {
      models: { [SONNET]: off },
      clinical: { activeModelId: OPUS, coolDowns: { [HAIKU]: cooling } },
    };
    expect(decideForUseCase(join('clinical'), given).activeModelId).toBe(OPUS);
  });

  it('only picks candidates', () => {
    const models = { [SONNET]: off, [HAIKU]: off, [OPUS]: off };
    expect(refusal(() => decideForUseCase(join('clinical'), { models }))).toMatchObject({
      code: 'no_selectable_model',
    });
  });
});

describe('a fallback of a use case', () => {
  it.each<[story: string, given: Given, from: string, to: string]>([
    ['takes the next candidate', {}, SONNET, HAIKU],
    ['goes round after the last', { clinical: { activeModelId: OPUS } }, OPUS, SONNET],
    ['passes by one that must not be selected', { models: { [HAIKU]: off } }, SONNET, OPUS],
    ['passes by one that cools down', { clinical: { coolDowns: { [HAIKU]: cooling } } }, SONNET, OPUS],
    [
      'takes the best where the active model is no candidate',
      { clinical: { activeModelId: NOVA_PRO } },
      NOVA_PRO,
      SONNET,
    ],
    ['begins at the model that answers', { models: { [SONNET]: off } }, HAIKU, OPUS],
    ['goes by the objective’s order', clinicalByCost, SONNET, HAIKU],
  ])('%s', (_, given, from, to) => {
    const decision = decideForUseCase(failure(), given);
    expect(moves(decision)).toEqual([from, to]);
    expect(decision.activeModelId).toBe(to);
  });

  it('lets the failed model cool down in this use case, and forgets what is over', () => {
    const coolDowns = { [OPUS]: cooling, [NOVA_PRO]: inSeconds(-1) };
    expect(decideForUseCase(failure(), { clinical: { coolDowns } }).coolDowns).toEqual({
      [OPUS]: cooling,
      [SONNET]: inSeconds(COOL_DOWN),
    });
  });

  it('of the active model that became unselectable meanwhile is a switch away from it', () => {
    const decision = decideForUseCase(failure(SONNET), { models: { [SONNET]: off } });
    expect(moves(decision)).toEqual([SONNET, HAIKU]);
    expect(decision.activeModelId).toBe(HAIKU);
  });

  it.each([
    ['took over', HAIKU],
    ['somebody chose instead', OPUS],
  ])('that is reported late does not cascade: the model that %s stays', (_, activeModelId) => {
    const clinical = { activeModelId, coolDowns: { [SONNET]: inSeconds(10) } };
    const decision = decideForUseCase(failure('anthropic.claude-sonnet-4-6'), { clinical });
    expect(moves(decision)).toEqual([activeModelId, activeModelId]);
    expect(decision).toMatchObject({ activeModelId, coolDowns: { [SONNET]: inSeconds(COOL_DOWN) } });
  });

  it('is refused where nothing is left', () => {
    const models = { [HAIKU]: off, [OPUS]: off };
    expect(refusal(() => decideForUseCase(failure(), { models }))).toMatchObject({
      kind: 'unavailable',
      code: 'no_selectable_model',
    });
  });
});
