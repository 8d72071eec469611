import { describe, expect, it } from 'vitest';
import type { BudgetSpend } from './budget.js';
import { budgetNotification } from './budget-notification.js';

const NOW = new Date('2026-11-20T12:00:00Z');
const A_BUDGET: BudgetSpend = {
  ...{ id: 'b-1', scope: 'all', useCase: null, key: null, userId: null, period: 'month' },
  ...{ from: '2026-11-01', to: '2026-11-30', limitUsd: '100', updatedAt: NOW },
  ...{ spentUsd: '82.1', unknownCosts: 0, complete: true },
};
const tell = (changes: Partial<BudgetSpend>, threshold: 50 | 80 | 100 = 80) =>
  budgetNotification({ ...A_BUDGET, ...changes }, threshold, NOW);

describe('operators read', () => {
  it.each<[Partial<BudgetSpend>, string]>([
    [{}, 'The budget of all calls for 2026-11 has reached 80 %: 82.1 of 100 USD are spent'],
    [
      { scope: 'use_case', useCase: 'clinical', period: 'day', from: '2026-11-20' },
      'The budget of the use case clinical for 2026-11-20 has reached 80 %: 82.1 of 100 USD are spent',
    ],
    [
      { scope: 'key', key: 'chat', spentUsd: '81.999999999999999' },
      'The budget of the key chat for 2026-11 has reached 80 %: 81.999999 of 100 USD are spent',
    ],
    [
      { unknownCosts: 1 },
      'The budget of all calls for 2026-11 has reached 80 %: at least 82.1 of 100 USD are spent; 1 call has no known cost',
    ],
    [
      { unknownCosts: 3, complete: false },
      'The budget of all calls for 2026-11 has reached 80 %: at least 82.1 of 100 USD are spent; 3 calls have no known cost; some calls are not counted yet',
    ],
  ])('of %j', (changes, message) => {
    expect(tell(changes)).toMatchObject({ message, title: 'Budget 80 % Spent' });
  });

  it('that nothing is blocked, where all of it is spent', () => {
    expect(tell({ spentUsd: '100' }, 100)).toMatchObject({
      title: 'Budget Spent',
      message:
        'The budget of all calls for 2026-11 has reached 100 %: 100 of 100 USD are spent; nothing is blocked',
    });
  });

  it('nothing of a user but the id of the budget', () => {
    const notification = tell({ scope: 'user', userId: 'anna' });
    expect(notification.message).toContain('The budget of a user (b-1) for 2026-11');
    expect(JSON.stringify(notification)).not.toContain('anna');
  });
});

describe('one notification', () => {
  it('is of one threshold, in one period, under one limit', () => {
    const ids = [
      tell({}),
      tell({ spentUsd: '90', unknownCosts: 1 }),
      tell({}, 50),
      tell({ from: '2026-12-01' }),
      tell({ limitUsd: '101' }),
      tell({ id: 'b-2' }),
    ].map(({ id }) => id);
    expect(new Set(ids).size).toBe(5);
    expect(ids[0]).toBe(ids[1]);
  });

  it('is an alert for operators, about the use case of the budget and no model', () => {
    expect(tell({ scope: 'use_case', useCase: 'clinical' })).toMatchObject({
      ...{ kind: 'alert', audience: 'operators', useCase: 'clinical', modelId: '', silent: false },
      details: {
        budget: { id: 'b-1', threshold: 80, limitUsd: '100', spentUsd: '82.1', incomplete: false },
      },
    });
  });
});
