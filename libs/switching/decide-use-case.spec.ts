import { describe, expect, it } from 'vitest';
import type { Model, UseCase } from '#libs/catalogue/catalogue.js';
import {
  aCatalogue,
  HAIKU,
  inSeconds,
  NOVA_PRO,
  OPUS,
  policy,
  price,
  SONNET,
} from '../../test/support/catalogue-fixture.js';
import { COOL_DOWN, failure, join, moves, pick, refusal } from '../../test/support/switch-fixture.js';
import { decideUseCase, type UseCaseCommand } from './decide-switch.js';
import type { UseCaseRecovery } from './switch.js';

const off = { available: false };
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

function decide(command: UseCaseCommand, { models, clinical }: Given = {}) {
  const catalogue = aCatalogue({ models, ...(clinical && { useCases: { clinical } }) });
  const choice = { catalogue, policy: policy() };
  return decideUseCase(command, catalogue.useCases[0]!, choice, { coolDownSeconds: COOL_DOWN });
}

describe('a return', () => {
  const back: UseCaseRecovery = {
    ...{ kind: 'recovery', useCase: 'clinical', modelId: OPUS },
    ...{ showNotification: true, dryRun: false },
  };

  it('leads back to the model that the use case left', () => {
    expect(moves(decide(back))).toEqual([SONNET, OPUS]);
    expect(decide(back)).toMatchObject({ activeModelId: OPUS, coolDowns: {} });
  });

  it('is refused while that cools down', () => {
    const clinical = { coolDowns: { [OPUS]: cooling } };
    expect(refusal(() => decide(back, { clinical }))).toMatchObject({ code: 'model_not_selectable' });
  });
});

describe('an operator’s pick', () => {
  it('becomes the active model, candidate or not', () => {
    expect(decide(pick(OPUS))).toMatchObject({ activeModelId: OPUS, coolDowns: {} });
    expect(decide(pick('amazon.nova-pro-v1:0')).activeModelId).toBe(NOVA_PRO);
  });

  it('is recorded as coming from the model that really answered', () => {
    expect(moves(decide(pick(OPUS), { models: { [SONNET]: off } }))).toEqual([HAIKU, OPUS]);
  });

  it('of the model that is active changes nothing', () => {
    expect(moves(decide(pick(SONNET)))).toEqual([SONNET, SONNET]);
  });

  it('is refused where the model must not be selected, or cools down in this use case', () => {
    expect(refusal(() => decide(pick(OPUS), { models: { [OPUS]: off } }))).toMatchObject({
      code: 'model_not_selectable',
    });
    expect(refusal(() => decide(pick(OPUS), { clinical: { coolDowns: { [OPUS]: cooling } } }))).toMatchObject(
      {
        code: 'model_not_selectable',
        extensions: { reasons: [{ code: 'cooling_down' }] },
      },
    );
    expect(refusal(() => decide(pick('gpt-9')))).toMatchObject({ code: 'model_not_found' });
  });
});

describe('auto-switch', () => {
  it('makes the best candidate active, not the next', () => {
    expect(moves(decide(join('clinical'), { clinical: { activeModelId: HAIKU } }))).toEqual([HAIKU, SONNET]);
  });

  it('goes by the objective', () => {
    expect(moves(decide(join('clinical'), clinicalByCost))).toEqual([SONNET, HAIKU]);
  });

  it('passes by what must not be selected or cools down', () => {
    const given = {
      models: { [SONNET]: off },
      clinical: { activeModelId: OPUS, coolDowns: { [HAIKU]: cooling } },
    };
    expect(decide(join('clinical'), given).activeModelId).toBe(OPUS);
  });

  it('only picks candidates', () => {
    const models = { [SONNET]: off, [HAIKU]: off, [OPUS]: off };
    expect(refusal(() => decide(join('clinical'), { models }))).toMatchObject({
      code: 'no_selectable_model',
    });
  });
});

describe('a fallback', () => {
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
    const decision = decide(failure(), given);
    expect(moves(decision)).toEqual([from, to]);
    expect(decision.activeModelId).toBe(to);
  });

  it('lets the failed model cool down in this use case, and forgets what is over', () => {
    const coolDowns = { [OPUS]: cooling, [NOVA_PRO]: inSeconds(-1) };
    expect(decide(failure(), { clinical: { coolDowns } }).coolDowns).toEqual({
      [OPUS]: cooling,
      [SONNET]: inSeconds(COOL_DOWN),
    });
  });

  it('of the active model that became unselectable meanwhile is a switch away from it', () => {
    const decision = decide(failure(SONNET), { models: { [SONNET]: off } });
    expect(moves(decision)).toEqual([SONNET, HAIKU]);
    expect(decision.activeModelId).toBe(HAIKU);
  });

  it.each([
    ['took over', HAIKU],
    ['somebody chose instead', OPUS],
  ])('that is reported late does not cascade: the model that %s stays', (_, activeModelId) => {
    const clinical = { activeModelId, coolDowns: { [SONNET]: inSeconds(10) } };
    const decision = decide(failure('anthropic.claude-sonnet-4-6'), { clinical });
    expect(moves(decision)).toEqual([activeModelId, activeModelId]);
    expect(decision).toMatchObject({ activeModelId, coolDowns: { [SONNET]: inSeconds(COOL_DOWN) } });
  });

  it('is refused where nothing is left', () => {
    const models = { [HAIKU]: off, [OPUS]: off };
    expect(refusal(() => decide(failure(), { models }))).toMatchObject({
      kind: 'unavailable',
      code: 'no_selectable_model',
    });
  });
});
