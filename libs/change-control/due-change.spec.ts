import { describe, expect, it } from 'vitest';
import { aReview } from '../../test/support/change-policy-fixture.js';
import type { ChangePolicy } from './change-policy.js';
import { decideDue, type PendingChange } from './due-change.js';
import type { Freeze } from './freeze.js';

const NOW = new Date('2026-12-01T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

const pending = (changes: Partial<PendingChange> = {}): PendingChange => ({
  id: 'a',
  state: 'approved',
  applyAt: null,
  useCases: ['clinical'],
  expiresAt: minutesAgo(-60),
  ...changes,
});
const freeze: Freeze = {
  id: 'f',
  from: minutesAgo(10),
  to: minutesAgo(-10),
  useCases: null,
  reason: 'Holiday',
  madeBy: 'person:1f3a5b7c:1',
  madeAt: minutesAgo(10),
  endedEarlyBy: null,
  endedEarlyAt: null,
};
const decide = (
  change: Partial<PendingChange>,
  { policies = [aReview()], freezes = [] }: { policies?: ChangePolicy[]; freezes?: Freeze[] } = {},
) => decideDue(pending(change), { now: NOW, policies, freezes });

describe('an approved change', () => {
  it('is applied', () => {
    expect(decide({})).toBe('apply');
  });

  it('waits for a window of each reviewed use case, and for the end of a freeze', () => {
    const closed = aReview({ windows: [{ cron: '0 2 * * *', durationMinutes: 60, timezone: 'UTC' }] });
    expect(decide({}, { policies: [aReview(), closed] })).toBe('wait');
    expect(decide({}, { policies: [{ ...closed, control: 'direct' }] })).toBe('apply');
    expect(decide({}, { freezes: [freeze] })).toBe('wait');
    expect(decide({}, { freezes: [{ ...freeze, useCases: ['health'] }] })).toBe('apply');
  });

  it('expires where it waited too long', () => {
    expect(decide({ expiresAt: NOW }, { freezes: [freeze] })).toBe('old');
  });
});

describe('a scheduled change', () => {
  const at = (applyAt: Date, policies?: ChangePolicy[]) =>
    decide({ state: 'scheduled', applyAt }, policies && { policies });

  it('is applied at its time, and up to 15 minutes later', () => {
    expect(at(minutesAgo(-0.01))).toBe('wait');
    expect(at(NOW)).toBe('apply');
    expect(at(minutesAgo(15))).toBe('apply');
    expect(at(minutesAgo(15.01))).toBe('missed');
  });

  it('is late by what its strictest policy allows', () => {
    expect(at(minutesAgo(5), [aReview(), aReview({ lateByMinutes: 4 })])).toBe('missed');
    expect(at(minutesAgo(4), [aReview(), aReview({ lateByMinutes: 4 })])).toBe('apply');
  });

  it('misses its time where a freeze held it for too long', () => {
    const held = { state: 'scheduled', applyAt: minutesAgo(16) } as const;
    expect(decide({ ...held, applyAt: minutesAgo(1) }, { freezes: [freeze] })).toBe('wait');
    expect(decide(held, { freezes: [freeze] })).toBe('missed');
  });
});

describe('a proposed change', () => {
  it('is never applied', () => {
    expect(decide({ state: 'proposed' })).toBe('wait');
    expect(decide({ state: 'proposed', applyAt: NOW })).toBe('wait');
  });

  it('expires with its days, or with its time', () => {
    expect(decide({ state: 'proposed', expiresAt: NOW })).toBe('old');
    expect(decide({ state: 'proposed', applyAt: minutesAgo(16) })).toBe('missed');
  });
});
