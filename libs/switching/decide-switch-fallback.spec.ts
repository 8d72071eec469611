import { describe, expect, it } from 'vitest';
import {
  HAIKU,
  inSeconds,
  NOVA_LITE,
  NOVA_MICRO,
  NOVA_PRO,
  OPUS,
  price,
  SONNET,
} from '../../test/support/catalogue-fixture.js';
import {
  byHand,
  COOL_DOWN,
  decide,
  failure,
  fallback,
  type Given,
  join,
  moves,
  recovery,
  refusal,
} from '../../test/support/switch-fixture.js';
import type { Pin } from './conversation.js';

const off = { available: false };
const cooling = inSeconds(60);
const cooledFrom = (modelId: string) => ({ [modelId]: inSeconds(COOL_DOWN) });

describe('a fallback', () => {
  it('takes the next candidate, remembers the way back and lets the failed model cool down here', () => {
    const decision = decide(failure());
    expect(moves(decision)).toEqual([SONNET, HAIKU]);
    expect(decision.pin).toEqual(fallback(HAIKU, { recheckAt: inSeconds(COOL_DOWN) }));
    expect(decision.coolDowns).toEqual(cooledFrom(SONNET));
  });

  it.each<[story: string, given: Given, from: string, to: string]>([
    ['takes the one after the failed one, not the first', { pin: byHand(HAIKU) }, HAIKU, OPUS],
    ['goes round after the last', { pin: byHand(OPUS) }, OPUS, SONNET],
    ['passes by one that must not be selected', { models: { [HAIKU]: off } }, SONNET, OPUS],
    ['passes by one that cools down in this conversation', { coolDowns: { [HAIKU]: cooling } }, SONNET, OPUS],
    [
      'passes by one that cools down in the whole use case',
      { useCases: { clinical: { coolDowns: { [HAIKU]: cooling } } } },
      SONNET,
      OPUS,
    ],
    ['takes the best where the failed model is no candidate', { pin: byHand(NOVA_PRO) }, NOVA_PRO, SONNET],
    [
      'follows the model that answers, where the pin was not selectable',
      { pin: byHand(OPUS), models: { [OPUS]: off } },
      SONNET,
      HAIKU,
    ],
  ])('%s', (_, given, from, to) => {
    expect(moves(decide(failure(), given))).toEqual([from, to]);
  });

  it('goes by the objective’s order, not the operator’s', () => {
    const models = {
      [SONNET]: { price: price('0.003', '0.015') },
      [HAIKU]: { price: price('0.001', '0.005') },
      [OPUS]: { price: price('0.002', '0.010') },
    };
    // By cost: Haiku, Opus, Sonnet. After Opus comes Sonnet, and after Sonnet the round begins again.
    const useCases = { clinical: { objective: 'cost' as const } };
    expect(decide(failure(), { pin: byHand(OPUS), models, useCases }).after.id).toBe(SONNET);
    expect(decide(failure(), { pin: byHand(SONNET), models, useCases }).after.id).toBe(HAIKU);
  });

  it('remembers a pin by hand, to go back to it', () => {
    expect(decide(failure(), { pin: byHand(OPUS) }).pin).toEqual(
      fallback(SONNET, { failedModelId: OPUS, resumeModelId: OPUS, recheckAt: inSeconds(COOL_DOWN) }),
    );
  });

  it('may name the failed model by its foundation model id', () => {
    const decision = decide(failure('anthropic.claude-sonnet-4-6'));
    expect(decision.after.id).toBe(HAIKU);
    expect(decision.coolDowns).toEqual(cooledFrom(SONNET));
  });

  it('forgets cool-downs that are over and keeps the others', () => {
    const coolDowns = { [OPUS]: cooling, [NOVA_PRO]: inSeconds(0) };
    expect(decide(failure(), { coolDowns }).coolDowns).toEqual({ [OPUS]: cooling, ...cooledFrom(SONNET) });
  });

  it('passes by models that the report asks to avoid, and lets only the failed one cool down', () => {
    const decision = decide({ ...failure(), avoid: [HAIKU] });
    expect(decision.after.id).toBe(OPUS);
    expect(decision.coolDowns).toEqual(cooledFrom(SONNET));
  });

  it('is refused where no candidate is left, and says of each why', () => {
    const models = { [HAIKU]: off, [OPUS]: { validationStatus: 'failed' as const } };
    expect(refusal(() => decide(failure(), { models }))).toMatchObject({
      kind: 'unavailable',
      code: 'no_selectable_model',
      extensions: {
        candidates: [
          { modelId: SONNET, reasons: [{ code: 'cooling_down' }] },
          { modelId: HAIKU, reasons: [{ code: 'not_available' }] },
          { modelId: OPUS, reasons: [{ code: 'validation_failed' }] },
        ],
      },
    });
  });

  it('is refused for a failed model that nobody knows', () => {
    expect(refusal(() => decide(failure('gpt-9')))).toMatchObject({ code: 'model_not_found' });
  });
});

describe('a second fallback', () => {
  const first = fallback(HAIKU, { resumeModelId: NOVA_PRO, recheckAt: inSeconds(100) });
  const given = { pin: first, coolDowns: { [SONNET]: inSeconds(100) } };

  it('keeps the way back of the first: to where the conversation belongs', () => {
    const decision = decide(failure(), given);
    expect(moves(decision)).toEqual([HAIKU, OPUS]);
    expect(decision.pin).toEqual({ ...first, modelId: OPUS });
    expect(decision.coolDowns).toEqual({ [SONNET]: inSeconds(100), ...cooledFrom(HAIKU) });
  });

  it('does not return to the model that failed first while that cools down', () => {
    const models = { [OPUS]: off };
    expect(refusal(() => decide(failure(), { ...given, models }))).toMatchObject({
      code: 'no_selectable_model',
    });
  });
});

describe('a late report of a failure', () => {
  const given = {
    pin: fallback(HAIKU, { recheckAt: inSeconds(10) }),
    coolDowns: { [SONNET]: inSeconds(10) },
  };

  it('does not cascade: the model that took over is not blamed', () => {
    const decision = decide(failure(SONNET), given);
    expect(moves(decision)).toEqual([HAIKU, HAIKU]);
    expect(decision.coolDowns).toEqual(cooledFrom(SONNET));
  });

  it('postpones the way back, because the model still fails', () => {
    expect(decide(failure(SONNET), given).pin).toEqual(fallback(HAIKU, { recheckAt: inSeconds(COOL_DOWN) }));
  });

  it('of a third model lets that one cool down and changes nothing else', () => {
    const decision = decide(failure(OPUS), given);
    expect(decision).toMatchObject({ pin: given.pin, after: { id: HAIKU } });
    expect(decision.coolDowns).toEqual({ ...given.coolDowns, ...cooledFrom(OPUS) });
  });

  it.each<[what: string, pin: Pin | null]>([
    ['a pin by hand', byHand(HAIKU)],
    ['following', null],
  ])('leaves %s as it is', (_, pin) => {
    const decision = decide(failure(OPUS), { pin });
    expect(decision.pin).toEqual(pin);
    expect(decision.before.id).toBe(decision.after.id);
  });
});

describe('a failure in a conversation that nobody has seen', () => {
  const unseen = { useCase: 'platform', isNew: true };

  it('pins it like any other, so that the recovery is a switch with a notification', () => {
    const decision = decide(failure(SONNET, 'clinical'), unseen);
    expect(moves(decision)).toEqual([NOVA_MICRO, HAIKU]);
    expect(decision).toMatchObject({ useCase: 'clinical', coolDowns: cooledFrom(SONNET) });
    expect(decision.pin).toEqual(fallback(HAIKU, { recheckAt: inSeconds(COOL_DOWN) }));
  });

  it('of a model that does not answer in its use case only lets that one cool down', () => {
    const decision = decide(failure(OPUS, 'clinical'), unseen);
    expect(decision).toMatchObject({ useCase: 'clinical', pin: null, after: { id: SONNET } });
    expect(decision.coolDowns).toEqual(cooledFrom(OPUS));
  });

  it('falls back within platform where nothing else is said', () => {
    const decision = decide(failure(), unseen);
    expect(moves(decision)).toEqual([NOVA_MICRO, NOVA_LITE]);
    expect(decision.pin).toMatchObject({ failedModelId: NOVA_MICRO, resumeModelId: null });
  });
});

describe('the way back', () => {
  it('leads to following the use case', () => {
    const decision = decide(recovery, { pin: fallback(HAIKU) });
    expect(moves(decision)).toEqual([HAIKU, SONNET]);
    expect(decision.pin).toBeNull();
  });

  it('leads to the pin by hand', () => {
    const given = { pin: fallback(HAIKU, { failedModelId: OPUS, resumeModelId: OPUS }) };
    const decision = decide(recovery, given);
    expect(moves(decision)).toEqual([HAIKU, OPUS]);
    expect(decision.pin).toEqual(byHand(OPUS));
  });

  it('leads to wherever the use case is by now', () => {
    const useCases = { clinical: { activeModelId: OPUS } };
    expect(decide(recovery, { pin: fallback(HAIKU), useCases }).after.id).toBe(OPUS);
  });

  it('is no switch where the use case has moved to the same model', () => {
    const useCases = { clinical: { activeModelId: HAIKU } };
    const decision = decide(recovery, { pin: fallback(HAIKU), useCases });
    expect(decision).toMatchObject({ pin: null, before: { id: HAIKU }, after: { id: HAIKU } });
  });

  it.each<[story: string, given: Given]>([
    ['cools down again', { coolDowns: { [SONNET]: inSeconds(0.001) } }],
    ['fails the sweep', { models: { [SONNET]: { validationStatus: 'failed' } } }],
    ['was switched off', { models: { [SONNET]: off } }],
  ])('is postponed while the failed model %s', (_, given) => {
    const decision = decide(recovery, { pin: fallback(HAIKU), ...given });
    expect(moves(decision)).toEqual([HAIKU, HAIKU]);
    expect(decision.pin).toEqual(fallback(HAIKU, { recheckAt: inSeconds(COOL_DOWN) }));
  });

  it('is possible exactly when the cool-down is over', () => {
    expect(decide(recovery, { pin: fallback(HAIKU), coolDowns: { [SONNET]: inSeconds(0) } }).pin).toBeNull();
  });

  it.each<[story: string, pin: Pin | null]>([
    ['before its time', fallback(HAIKU, { recheckAt: inSeconds(0.001) })],
    ['from a pin by hand that came meanwhile', byHand(OPUS)],
    ['from following', null],
  ])('does not lead anywhere %s', (_, pin) => {
    const decision = decide(recovery, { pin });
    expect(decision.pin).toEqual(pin);
    expect(decision.before.id).toBe(decision.after.id);
  });

  it('ends when the conversation joins a use case', () => {
    expect(decide(join('clinical'), { pin: fallback(HAIKU) })).toMatchObject({
      pin: null,
      after: { id: SONNET },
    });
  });
});
