import { describe, expect, it } from 'vitest';
import { aCatalogue, HAIKU, inSeconds, policy, SONNET } from '../../test/support/catalogue-fixture.js';
import { refusal } from '../../test/support/switch-fixture.js';
import { requireSelectable, useCaseOf } from './model-selection.js';

const choice = { catalogue: aCatalogue(), policy: policy() };

describe('a pick without a scope', () => {
  it('takes any selectable model', () => {
    expect(requireSelectable(choice, HAIKU).id).toBe(HAIKU);
  });

  it('is refused only by the model itself', () => {
    const catalogue = aCatalogue({ models: { [HAIKU]: { available: false } } });
    expect(refusal(() => requireSelectable({ ...choice, catalogue }, HAIKU))).toMatchObject({
      code: 'model_not_selectable',
    });
  });
});

describe('a pick in a use case', () => {
  it('is refused while the model cools down there', () => {
    const scope = { useCase: useCaseOf(choice, 'clinical'), coolDowns: { [SONNET]: inSeconds(1) } };
    expect(refusal(() => requireSelectable(choice, SONNET, scope))).toMatchObject({
      code: 'model_not_selectable',
    });
    expect(requireSelectable(choice, HAIKU, scope).id).toBe(HAIKU);
  });
});

it('names the use case that a decision lacks', () => {
  expect(() => useCaseOf(choice, 'astrology')).toThrow('use case astrology was not loaded');
});
