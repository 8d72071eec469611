import { describe, expect, it } from 'vitest';
import { assertFreezeTimes, assertMayEnd, holds } from './freeze.js';

const NOW = new Date('2026-12-01T12:00:00Z');
const at = (time: string) => new Date(time);
const EVERYTHING = {
  from: at('2026-12-01T13:00:00Z'),
  to: at('2026-12-02T13:00:00Z'),
  useCases: null,
  endedEarlyAt: null,
};

describe('the times of a freeze', () => {
  it.each([
    ['it begins now', '2026-12-01T12:00:00Z', '2026-12-01T12:00:01Z'],
    ['it begins now by a clock that is behind', '2026-12-01T11:59:30Z', '2026-12-02T00:00:00Z'],
    ['it lasts 90 days', '2026-12-02T00:00:00Z', '2027-03-02T00:00:00Z'],
  ])('are good where %s', (_, from, to) => {
    expect(() => assertFreezeTimes({ from: at(from), to: at(to) }, NOW)).not.toThrow();
  });

  it.each([
    ['it ends before it begins', '2026-12-03T00:00:00Z', '2026-12-02T00:00:00Z', ['to']],
    ['it ends when it begins', '2026-12-02T00:00:00Z', '2026-12-02T00:00:00Z', ['to']],
    ['it has begun', '2026-12-01T11:58:00Z', '2026-12-02T00:00:00Z', ['from']],
    ['it is over', '2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z', ['from', 'to']],
    ['it lasts longer than 90 days', '2026-12-02T00:00:00Z', '2027-03-02T00:00:01Z', ['to']],
  ])('are refused where %s', (_, from, to, fields) => {
    expect(() => assertFreezeTimes({ from: at(from), to: at(to) }, NOW)).toThrow(
      expect.objectContaining({
        kind: 'invalid',
        extensions: { errors: fields.map((field) => expect.objectContaining({ field })) },
      }),
    );
  });
});

describe('a freeze', () => {
  it('holds from its begin until before its end', () => {
    const times = [
      '2026-12-01T12:59:59.999Z',
      '2026-12-01T13:00:00Z',
      '2026-12-02T12:59:59.999Z',
      '2026-12-02T13:00:00Z',
    ];
    expect(times.map((time) => holds(EVERYTHING, 'clinical', at(time)))).toEqual([false, true, true, false]);
  });

  it('holds its use cases only', () => {
    const freeze = { ...EVERYTHING, useCases: ['clinical', 'health'] };
    const during = at('2026-12-01T14:00:00Z');
    expect([holds(freeze, 'clinical', during), holds(freeze, 'platform', during)]).toEqual([true, false]);
  });

  it('holds nothing once it was ended early', () => {
    const freeze = { ...EVERYTHING, endedEarlyAt: at('2026-12-01T15:00:00Z') };
    expect(holds(freeze, 'clinical', at('2026-12-01T14:00:00Z'))).toBe(true);
    expect(holds(freeze, 'clinical', at('2026-12-01T15:00:00Z'))).toBe(false);
  });

  it('is ended by another person than who made it', () => {
    const freeze = { madeBy: 'person:1f3a5b7c:1' };
    expect(() => assertMayEnd(freeze, 'person:1f3a5b7c:2')).not.toThrow();
    expect(() => assertMayEnd(freeze, 'person:1f3a5b7c:1')).toThrow(
      expect.objectContaining({ kind: 'forbidden', code: 'own_freeze' }),
    );
  });
});
