import { expect, it } from 'vitest';
import { type LifecycleItem, lifecycleWarnings } from './lifecycle.js';

const at = (milestone: string, date: string, days: number) => ({
  milestone,
  at: `${date}T00:00:00.000Z`,
  days,
});
const SONNET: LifecycleItem = {
  modelId: 'sonnet',
  name: 'Claude Sonnet 4.5',
  milestones: [at('extended_access', '2027-01-08', 47), at('end_of_life', '2027-04-08', 137)],
  warning: { milestone: 'end_of_life', days: 137 },
  successor: { modelId: 'next', name: 'Claude Sonnet 4.6' },
};

it.each<[Partial<LifecycleItem>, string]>([
  [
    {},
    'reaches its end of life in 137 days (2027-04-08), dearer from 2027-01-08: successor Claude Sonnet 4.6',
  ],
  [
    { milestones: [at('end_of_life', '2027-04-08', 1)], successor: null },
    'reaches its end of life in 1 day (2027-04-08): no successor is set',
  ],
  [
    { milestones: [at('extended_access', '2026-10-01', -50), at('end_of_life', '2026-11-22', 0)] },
    'reaches its end of life today (2026-11-22), dearer since 2026-10-01: successor Claude Sonnet 4.6',
  ],
  [
    { milestones: [at('end_of_life', '2026-11-01', -21)] },
    'reached its end of life on 2026-11-01: successor Claude Sonnet 4.6',
  ],
  [
    {
      milestones: [at('extended_access', '2027-01-08', 47)],
      warning: { milestone: 'extended_access', days: 47 },
    },
    'becomes dearer in 47 days (2027-01-08): successor Claude Sonnet 4.6',
  ],
  [
    { milestones: [at('legacy', '2026-12-01', 9)], warning: { milestone: 'legacy', days: 9 } },
    'becomes legacy in 9 days (2026-12-01): successor Claude Sonnet 4.6',
  ],
  [
    { milestones: [], warning: { milestone: 'something_new', days: 9 } },
    'is to be left: successor Claude Sonnet 4.6',
  ],
])('%#: %s', (changes, expected) => {
  expect(lifecycleWarnings([{ ...SONNET, ...changes }])).toEqual([`Claude Sonnet 4.5 ${expected}`]);
});

it('warns of the most urgent first, and only where the service does', () => {
  const named = (name: string, days?: number) => ({
    ...SONNET,
    name,
    warning: days === undefined ? null : { milestone: 'end_of_life', days },
  });
  const warnings = lifecycleWarnings([named('later', 90), named('never'), named('soon', 3)]);
  expect(warnings.map((line) => line.split(' ')[0])).toEqual(['soon', 'later']);
});
