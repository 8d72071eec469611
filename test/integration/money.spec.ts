import { Decimal } from 'decimal.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { hourOf, type LedgerSwitch } from '../support/ledger.js';
import { MoneyHistory, USE_CASE } from '../support/money-history.js';

let history: MoneyHistory;
afterEach(async () => {
  await history.close();
  vi.restoreAllMocks();
});

const STEPS = 120;
const FIGURES = `sum(input_tokens)::int AS input, sum(output_tokens)::int AS output, sum(cache_read_tokens)::int AS "cacheRead",
  sum(cache_write_tokens)::int AS "cacheWrite", trim_scale(sum(cost_usd))::text AS cost, sum(unknown_costs)::int AS unknown,
  sum(estimated)::int AS estimated`;

interface Audited {
  id: string;
  saved: string | null;
  assumption: { basis: string; exchanges: number };
  calls: number | null;
  measured: string | null;
  unknown: number | null;
}
const auditRows = (): Promise<Audited[]> =>
  history.sql(
    `SELECT a.id, cost_impact_estimated AS saved, cost_impact_assumption AS assumption, s.calls::int,
       s.saved_usd AS measured, s.unknown_savings::int AS unknown
     FROM bedrock_model_switches a LEFT JOIN switch_savings s ON s.switch_id = a.id WHERE use_case = $1`,
    [USE_CASE],
  );

function agreeOnEstimate({ id }: LedgerSwitch, { saved, assumption }: Audited): void {
  const estimate = history.estimates.get(id);
  const nothing = { saved: null, assumption: { basis: 'first_assignment' } };
  if (!estimate) {
    expect({ saved, assumption }).toEqual(nothing);
    return;
  }
  // The product stores measured tokens as whole numbers.
  const difference = Math.abs(Number(saved) - estimate.saved.toNumber());
  expect(difference).toBeLessThan(1e-6 + estimate.gross.toNumber() * 1e-4);
  expect(assumption.exchanges).toBeCloseTo(estimate.exchanges, 6);
}

function agreeOnSaving(made: LedgerSwitch, { assumption, calls, measured, unknown }: Audited): void {
  const isLimited = made.conversation !== null && assumption.exchanges !== undefined;
  const most = isLimited ? Math.ceil(assumption.exchanges) : Number.POSITIVE_INFINITY;
  const expected = history.ledger.saved(made, most);
  expect([calls ?? 0, new Decimal(measured ?? 0).toFixed(12), unknown ?? 0]).toEqual([
    expected.calls,
    expected.saved.toFixed(12),
    expected.unknown,
  ]);
}

describe.each([1, 2, 3])(
  'a ledger that knows only prices, calls and switches agrees (history %i)',
  (seed) => {
    it('with usage, costs, estimates and savings', async () => {
      history = await MoneyHistory.begin(seed);
      for (let step = 0; step < STEPS; step += 1) await history.step();
      await history.end();
      const { ledger } = history;
      expect(ledger.calls.length).toBeGreaterThan(40);
      expect(ledger.switches.filter(({ first }) => !first).length).toBeGreaterThan(8);

      const key = (time: Date, model: string) => `${time.toISOString()} ${model}`;
      const expected = ledger.usage(({ startedAt }, { model }) => key(new Date(hourOf(startedAt)), model));
      const usage = await history.sql(
        `SELECT hour, model_id AS model, ${FIGURES} FROM usage_hourly WHERE use_case = $1 GROUP BY 1, 2`,
        [USE_CASE],
      );
      expect(Object.fromEntries(usage.map(({ hour, model, ...sums }) => [key(hour, model), sums]))).toEqual(
        Object.fromEntries([...expected].map(([at, sums]) => [at, { ...sums, cost: sums.cost.toFixed() }])),
      );
      const audited = await auditRows();
      expect(audited).toHaveLength(ledger.switches.length);
      for (const made of ledger.switches) {
        const row = audited.find(({ id }) => id === made.id)!;
        agreeOnEstimate(made, row);
        agreeOnSaving(made, row);
      }
    });
  },
);
