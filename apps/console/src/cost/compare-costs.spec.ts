import { describe, expect, it } from 'vitest';
import { changeOf, compared, isLoud } from './compare-costs.js';

const all = (...groups: [string, string | null][]) => ({
  items: groups.map(([key, costUsd]) => ({ key, costUsd, calls: 1, unknownCostCalls: 0 })),
  isComplete: true,
});
const NO_USAGE = { items: [], isComplete: true };

describe('costs beside those of the period before', () => {
  it('have 0 for what was not called in one of them', () => {
    const groups = compared(all(['a', '2'], ['b', '1']), all(['a', '1'], ['c', '3']), NO_USAGE);
    expect(groups.map(({ key, costUsd, beforeUsd }) => [key, costUsd, beforeUsd])).toEqual([
      ['a', '2', '1'],
      ['b', '1', '0'],
      ['c', '0', '3'],
    ]);
  });

  it('are unknown where not all of the period before was read', () => {
    const before = { ...all(['a', '1']), isComplete: false };
    expect(compared(all(['b', '1']), before, NO_USAGE)[0]).toMatchObject({ key: 'b', beforeUsd: null });
  });

  it('leave out what only the period before has if there is more in this one', () => {
    const now = { ...all(['a', '1']), isComplete: false };
    expect(compared(now, all(['c', '3']), NO_USAGE)).toHaveLength(1);
  });
});

describe('a change of cost', () => {
  it('is a percentage, or unknown', () => {
    expect(changeOf('3', '2')).toBe(50);
    expect(changeOf('3', '0')).toBeNull();
    expect(changeOf(null, '2')).toBeNull();
  });

  it('is loud from a quarter and a dollar more', () => {
    expect(isLoud('5', '4')).toBe(true);
    expect(isLoud('4.9', '4')).toBe(false);
    expect(isLoud('104', '100')).toBe(false);
    expect(isLoud('0.02', '0.01')).toBe(false);
  });
});
