import { describe, expect, it } from 'vitest';
import { aCatalogue, HAIKU, NOVA_PRO, OPUS, policy, SONNET } from '../../test/support/catalogue-fixture.js';
import type { UseCase } from './catalogue.js';
import { effectiveModel } from './effective-model.js';
import { isOutsideReview, roleOf } from './model-role.js';
import { policyOf, reasonsAgainst } from './selectability.js';

const REVIEWED = { control: 'reviewed' } as const;
const clinicalOf = (changes: Partial<UseCase>) => {
  const catalogue = aCatalogue({ useCases: { clinical: changes } });
  return { catalogue, clinical: catalogue.useCases[0]! };
};
const answeredBy = (changes: Partial<UseCase>, pinnedModelId: string, available = true) => {
  const { clinical } = clinicalOf(changes);
  const models = Object.fromEntries([SONNET, HAIKU, OPUS].map((id) => [id, { available }]));
  const { model, source, reasons } = effectiveModel(
    { useCase: clinical, pinnedModelId },
    aCatalogue({ models }),
    policy(),
  );
  return [model.id, source, reasons.map(({ code }) => code)];
};

describe('the role of a model', () => {
  it('is active before it is candidate, and other where it is neither', () => {
    const { clinical } = clinicalOf({});
    expect([SONNET, HAIKU, NOVA_PRO].map((id) => roleOf(clinical, id))).toEqual([
      'active',
      'candidate',
      'other',
    ]);
    expect(roleOf({ ...clinical, activeModelId: NOVA_PRO }, NOVA_PRO)).toBe('active');
  });
});

describe('a review', () => {
  it('keeps out what is neither active nor a candidate; without it, nothing is kept out', () => {
    const { clinical } = clinicalOf(REVIEWED);
    expect([SONNET, HAIKU, NOVA_PRO].map((id) => isOutsideReview(clinical, id))).toEqual([
      false,
      false,
      true,
    ]);
    expect(isOutsideReview({ ...clinical, activeModelId: NOVA_PRO }, NOVA_PRO)).toBe(false);
    expect(isOutsideReview({ ...clinical, control: 'direct' }, NOVA_PRO)).toBe(false);
  });

  it('takes the effect from a pin on another model, and leaves it to one on a candidate', () => {
    expect(answeredBy(REVIEWED, NOVA_PRO)).toEqual([SONNET, 'active', []]);
    expect(answeredBy(REVIEWED, OPUS)).toEqual([OPUS, 'pin', []]);
    expect(answeredBy({}, NOVA_PRO)).toEqual([NOVA_PRO, 'pin', []]);
  });

  it('lets nobody answer rather than another model', () => {
    expect(answeredBy(REVIEWED, NOVA_PRO, false)).toEqual([NOVA_PRO, 'pin', ['not_a_candidate']]);
  });

  it('is a reason that names the candidates, beside the regions of the use case', () => {
    const { catalogue, clinical } = clinicalOf({ ...REVIEWED, allowedRegions: ['eu-north-1'] });
    const model = catalogue.models.find(({ id }) => id === NOVA_PRO)!;
    const [region, review] = reasonsAgainst(model, policyOf(clinical, policy()), {});
    expect([region?.code, review?.code]).toEqual(['destination_not_allowed', 'not_a_candidate']);
    expect(review?.detail).toContain(`${SONNET}, ${HAIKU}, ${OPUS}`);
  });

  it('costs a direct use case nothing: its policy is the one of the service', () => {
    const given = policy();
    expect(policyOf(clinicalOf({}).clinical, given)).toBe(given);
  });
});
