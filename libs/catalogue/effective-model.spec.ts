import { describe, expect, it } from 'vitest';
import {
  aCatalogue,
  aUseCase,
  HAIKU,
  inSeconds,
  NOVA_PRO,
  OPUS,
  policy,
  SONNET,
} from '../../test/support/catalogue-fixture.js';
import type { Model, UseCase } from './catalogue.js';
import { effectiveModel } from './effective-model.js';

interface Circumstances {
  models?: Record<string, Partial<Model>>;
  clinical?: Partial<UseCase>;
  pin?: string | null;
  coolDowns?: Record<string, string>;
}

function answeredBy({ models, clinical, pin, coolDowns }: Circumstances) {
  const catalogue = aCatalogue({ models, ...(clinical && { useCases: { clinical } }) });
  const scope = { useCase: catalogue.useCases[0]!, pinnedModelId: pin, coolDowns };
  const { model, source, reasons } = effectiveModel(scope, catalogue, policy());
  return { id: model.id, source, reasons: reasons.map(({ code }) => code) };
}

const off = { available: false };
const cooling = inSeconds(60);

describe('a conversation', () => {
  it.each<[story: string, circumstances: Circumstances, id: string, source: string]>([
    ['runs on its use case’s active model while it follows', {}, SONNET, 'active'],
    ['runs on its pin', { pin: OPUS }, OPUS, 'pin'],
    [
      'runs on a pin that is no candidate: an operator may have chosen it',
      { pin: NOVA_PRO },
      NOVA_PRO,
      'pin',
    ],
    ['may be pinned by a foundation model id', { pin: 'anthropic.claude-opus-4-7' }, OPUS, 'pin'],
    [
      'runs on the active model while its pin is not selectable',
      { pin: OPUS, models: { [OPUS]: off } },
      SONNET,
      'active',
    ],
    ['runs on the active model where its pin has left the catalogue', { pin: 'gone' }, SONNET, 'active'],
    [
      'runs on the best candidate where the active model is not selectable',
      { models: { [SONNET]: off } },
      HAIKU,
      'candidate',
    ],
    [
      'runs on the best selectable candidate where pin and active model fail',
      { pin: OPUS, models: { [OPUS]: off, [SONNET]: off } },
      HAIKU,
      'candidate',
    ],
    [
      'prefers the active model over a better candidate',
      { clinical: { activeModelId: OPUS } },
      OPUS,
      'active',
    ],
  ])('%s', (_, circumstances, id, source) => {
    expect(answeredBy(circumstances)).toEqual({ id, source, reasons: [] });
  });
});

describe('cool-downs', () => {
  it.each<[story: string, circumstances: Circumstances, id: string]>([
    ['of the conversation keep it off the active model', { coolDowns: { [SONNET]: cooling } }, HAIKU],
    [
      'of the use case keep its followers off the active model',
      { clinical: { coolDowns: { [SONNET]: cooling } } },
      HAIKU,
    ],
    [
      'of both hold for a follower',
      { coolDowns: { [SONNET]: cooling }, clinical: { coolDowns: { [HAIKU]: cooling } } },
      OPUS,
    ],
    ['of the conversation keep it off its own pin', { pin: OPUS, coolDowns: { [OPUS]: cooling } }, SONNET],
    [
      'of the use case leave a pinned conversation alone: that is another scope',
      { pin: SONNET, clinical: { coolDowns: { [SONNET]: cooling } } },
      SONNET,
    ],
    ['that are over hold nothing up', { coolDowns: { [SONNET]: inSeconds(0) } }, SONNET],
    [
      'of the use case are not shortened by an older one of the conversation',
      { coolDowns: { [SONNET]: inSeconds(-1) }, clinical: { coolDowns: { [SONNET]: cooling } } },
      HAIKU,
    ],
  ])('%s', (_, circumstances, id) => {
    expect(answeredBy(circumstances).id).toBe(id);
  });
});

describe('where nothing can be selected', () => {
  const models = { [SONNET]: off, [HAIKU]: off, [OPUS]: off };

  it('names the model that should answer, with why it cannot: the active one for a follower', () => {
    expect(answeredBy({ models })).toEqual({ id: SONNET, source: 'active', reasons: ['not_available'] });
  });

  it('names the pin for a pinned conversation', () => {
    expect(answeredBy({ models, pin: HAIKU })).toEqual({
      id: HAIKU,
      source: 'pin',
      reasons: ['not_available'],
    });
  });

  it('fails loudly where the catalogue contradicts itself', () => {
    const scope = { useCase: aUseCase('odd', [], { activeModelId: 'gone' }) };
    expect(() => effectiveModel(scope, aCatalogue(), policy())).toThrow('use case odd');
  });
});
