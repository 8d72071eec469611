import { describe, expect, it } from 'vitest';
import { HAIKU, inSeconds, NOVA_PRO, OPUS, SONNET } from '../../test/support/catalogue-fixture.js';
import { byHand, decide, fallback, moves, refusal, unpin } from '../../test/support/switch-fixture.js';

const off = { available: false };

describe('an unpin', () => {
  it('of a pick that cannot be selected any more is told as a switch away from it', () => {
    const decision = decide(unpin, { pin: byHand(OPUS), models: { [OPUS]: off } });
    expect(moves(decision)).toEqual([OPUS, SONNET]);
    expect(decision.pin).toBeNull();
  });

  it('of a stand-in takes the next one, and keeps the way back', () => {
    const pin = fallback(HAIKU, { recheckAt: inSeconds(60), resumeModelId: NOVA_PRO });
    const coolDowns = { [SONNET]: inSeconds(60) };
    const decision = decide(unpin, { pin, coolDowns, models: { [HAIKU]: off } });
    expect(moves(decision)).toEqual([HAIKU, OPUS]);
    expect(decision.pin).toEqual({ ...pin, modelId: OPUS });
  });

  it('leaves a stand-in where following would bring a model back that still cools down', () => {
    const coolDowns = { [SONNET]: inSeconds(60) };
    const decision = decide(unpin, { pin: byHand(OPUS), coolDowns, models: { [OPUS]: off } });
    expect(moves(decision)).toEqual([OPUS, HAIKU]);
    expect(decision.pin).toMatchObject({ kind: 'fallback', failedModelId: SONNET });
  });

  it.each([
    ['no pin', null],
    ['a pick that can be selected', byHand(OPUS)],
    ['a stand-in that can be selected', fallback(HAIKU)],
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
