import { describe, expect, it } from 'vitest';
import type { UseCase } from '#libs/catalogue/catalogue.js';
import {
  aCatalogue,
  HAIKU,
  inSeconds,
  NOVA_PRO,
  OPUS,
  policy,
  SONNET,
} from '../../test/support/catalogue-fixture.js';
import {
  byHand,
  decide,
  failure,
  fallback,
  type Given,
  join,
  moves,
  pick,
  recovery,
  refusal,
  unpin,
} from '../../test/support/switch-fixture.js';
import { decideUseCase } from './decide-switch.js';
import { explainEffectiveModel } from './explain-effective-model.js';
import { moveConversation, restoreConversation } from './moves/decide-move.js';

const reviewed = (given: Given = {}): Given => ({
  ...given,
  useCases: { clinical: { control: 'reviewed' } },
});
const REFUSAL = {
  kind: 'conflict',
  code: 'not_a_reviewed_candidate',
  extensions: { allowedModels: [SONNET, HAIKU, OPUS] },
};
const context = (clinical: Partial<UseCase> = {}) => ({
  catalogue: aCatalogue({ useCases: { clinical: { control: 'reviewed', ...clinical } } }),
  policy: policy(),
});

describe('a conversation of a reviewed use case', () => {
  it('is switched among the candidates, and to no other model', () => {
    expect(decide(pick(OPUS), reviewed()).pin).toEqual(byHand(OPUS));
    expect(refusal(() => decide(pick(NOVA_PRO), reviewed()))).toMatchObject(REFUSAL);
    expect(refusal(() => decide(pick('amazon.nova-pro-v1:0'), reviewed()))).toMatchObject(REFUSAL);
    const user = { rules: { anyModel: false } };
    expect(refusal(() => decide(pick(NOVA_PRO), reviewed(user)))).toMatchObject({ kind: 'forbidden' });
  });

  it('is not brought back to another model by an undo', () => {
    const undo = { ...pick(NOVA_PRO), undoes: { seq: 2, followed: false } };
    expect(refusal(() => decide(undo, reviewed()))).toMatchObject(REFUSAL);
  });

  it('may have another model as its active one, and be pinned to it', () => {
    const useCases = { clinical: { control: 'reviewed' as const, activeModelId: NOVA_PRO } };
    expect(decide(pick(NOVA_PRO), { useCases }).after.id).toBe(NOVA_PRO);
  });

  it('falls back among the candidates from a pin without effect', () => {
    const given = reviewed({ pin: byHand(NOVA_PRO) });
    expect(moves(decide(failure(), given))).toEqual([SONNET, HAIKU]);
    expect(moves(decide(join('clinical'), given))).toEqual([SONNET, SONNET]);
  });

  it('is released from a pin to another model by a switch that says why', () => {
    const decision = decide(unpin, reviewed({ pin: byHand(NOVA_PRO) }));
    expect(moves(decision)).toEqual([NOVA_PRO, SONNET]);
    expect([decision.pin, decision.unfit?.code]).toEqual([null, 'not_a_candidate']);
    const kept = decide(unpin, reviewed({ pin: byHand(OPUS) }));
    expect([kept.pin, kept.unfit]).toEqual([byHand(OPUS), undefined]);
  });

  it('is released from a fallback to another model by the next candidate', () => {
    const coolDowns = { [SONNET]: inSeconds(60) };
    const decision = decide(unpin, reviewed({ pin: fallback(NOVA_PRO), coolDowns }));
    expect(moves(decision)).toEqual([NOVA_PRO, HAIKU]);
    expect(decision.pin).toEqual(fallback(HAIKU));
  });

  it('recovers to its use case where its pin by hand was to another model', () => {
    const given = { pin: fallback(HAIKU, { resumeModelId: NOVA_PRO }) };
    expect(decide(recovery, reviewed(given)).pin).toBeNull();
    expect(decide(recovery, given).pin).toEqual(byHand(NOVA_PRO));
  });

  it('has an explanation why its pin has no effect', () => {
    const { catalogue } = context();
    const [clinical] = catalogue.useCases;
    const model = catalogue.models.find(({ id }) => id === SONNET)!;
    const text = explainEffectiveModel(
      { model, source: 'active', reasons: [] },
      { pin: byHand(NOVA_PRO), useCase: clinical! },
      (id) => id,
    );
    expect(text).toContain(
      `The pin to ${NOVA_PRO} has no effect: clinical is reviewed, and ${NOVA_PRO} is no candidate of it.`,
    );
  });
});

describe('a move in a reviewed use case', () => {
  const conversation = {
    ...{ id: 'conv-1', owner: 'user-1', useCase: 'clinical', coolDowns: {}, version: 3, switchSeq: 2 },
    pin: byHand(OPUS),
  };

  it('leaves conversations where they are rather than on another model', () => {
    const terms = { fromModelId: OPUS, toModelId: NOVA_PRO, reason: 'It ends', showNotification: true };
    expect(moveConversation(terms, conversation, context())).toMatchObject({ stays: {} });
    expect(moveConversation({ ...terms, toModelId: null }, conversation, context())).toMatchObject({
      moves: { pin: null },
    });
  });

  it('is not undone back to another model', () => {
    const item = {
      ...{ switchId: 's', conversationId: 'conv-1', useCase: 'clinical', seq: 2 },
      previousPin: byHand(NOVA_PRO),
    };
    expect(restoreConversation(NOVA_PRO, item, conversation, context())).toMatchObject({
      stays: { code: 'not_a_reviewed_candidate' },
    });
  });
});

describe('a reviewed use case', () => {
  it('is not switched to another model, nor recovers to one', () => {
    const { useCases } = context().catalogue;
    for (const kind of ['manual', 'recovery'] as const) {
      const command = {
        ...{ kind, useCase: 'clinical', modelId: NOVA_PRO, showNotification: true, dryRun: false },
      };
      const decideIt = () => decideUseCase(command, useCases[0]!, context(), { coolDownSeconds: 60 });
      expect(refusal(decideIt)).toMatchObject(REFUSAL);
    }
  });
});
