import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { actAs } from '#libs/platform/database/actor.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import {
  type Budget,
  type BudgetChange,
  type BudgetPeriod,
  type BudgetSettings,
  type BudgetSpend,
  type BudgetSubject,
  daysOf,
  type Threshold,
} from './budget.js';

/** Threshold that a budget has reached in the period from a day on. */
export interface Reached extends Pick<BudgetSpend, 'id' | 'from' | 'limitUsd'> {
  threshold: Threshold;
}

/** $1 to $4. */
const THIS_ONE = `use_case IS NOT DISTINCT FROM $1 AND key_owner IS NOT DISTINCT FROM $2 AND user_id IS NOT DISTINCT FROM $3
  AND period = $4`;

const COLUMNS = `b.id, b.scope, b.use_case AS "useCase", b.key_owner AS key, b.user_id AS "userId", b.period,
  trim_scale(b.limit_usd)::text AS "limitUsd", b.updated_at AS "updatedAt"`;

const anyOf = (scopes: string) => `EXISTS (SELECT FROM cost_budgets WHERE scope IN (${scopes}))`;
const subjects = (column: string) =>
  `${column} = ANY (ARRAY(SELECT ${column} FROM cost_budgets WHERE ${column} IS NOT NULL))`;

/**
 * The days from $1 to $2, and the month from $3 to $4. Roll-ups are read once for all budgets, and not at all without a
 * budget that needs them. The calls that no roll-up counts yet are read one by one, as in reports.
 */
const SPENDS = `
WITH periods (period, first_day, last_day) AS (VALUES ('day', $1::date, $2::date), ('month', $3::date, $4::date)),
live AS MATERIALIZED (
  SELECT f.use_case, call.key_owner, f.user_id, f.day, f.cost_usd, f.unknown_costs
  FROM unrolled_invocations f LEFT JOIN LATERAL (
    SELECT key_owner FROM model_invocations m WHERE m.id = f.id AND m.started_at = f.started_at AND ${anyOf(`'key'`)}
    OFFSET 0) AS call ON true
  WHERE EXISTS (SELECT FROM cost_budgets) AND f.day BETWEEN $3 AND $4),
by_use_case AS MATERIALIZED (
  SELECT use_case, day, sum(cost_usd) AS cost_usd, sum(unknown_costs) AS unknown_costs FROM (
    SELECT use_case, (hour AT TIME ZONE 'UTC')::date AS day, cost_usd, unknown_costs FROM usage_hourly
    WHERE hour >= $3::date::timestamp AT TIME ZONE 'UTC' AND hour < ($4::date + 1)::timestamp AT TIME ZONE 'UTC'
      AND ${anyOf(`'all', 'use_case'`)}
    UNION ALL SELECT use_case, day, cost_usd, unknown_costs FROM live) AS figures
  GROUP BY use_case, day),
spend (scope, subject, day, cost_usd, unknown_costs) AS (
  SELECT 'all', '', day, cost_usd, unknown_costs FROM by_use_case
  UNION ALL SELECT 'use_case', use_case, day, cost_usd, unknown_costs FROM by_use_case
  UNION ALL SELECT 'key', key_owner, day, cost_usd, unknown_costs FROM usage_of_keys
    WHERE ${subjects('key_owner')} AND day BETWEEN $3 AND $4
  UNION ALL SELECT 'key', key_owner, day, cost_usd, unknown_costs FROM live
  UNION ALL SELECT 'user', user_id, day, cost_usd, unknown_costs FROM usage_daily
    WHERE ${subjects('user_id')} AND day BETWEEN $3 AND $4
  UNION ALL SELECT 'user', user_id, day, cost_usd, unknown_costs FROM live)
SELECT ${COLUMNS}, p.first_day::text AS "from", p.last_day::text AS "to",
  trim_scale(coalesce(sum(s.cost_usd), 0))::text AS "spentUsd", coalesce(sum(s.unknown_costs), 0)::int AS "unknownCosts",
  (SELECT count(*) <= 5000 FROM (SELECT FROM invocations_to_roll_up LIMIT 5001) AS waiting) AS complete
FROM cost_budgets b JOIN periods p ON p.period = b.period
LEFT JOIN spend s ON s.scope = b.scope AND s.subject = b.subject AND s.day BETWEEN p.first_day AND p.last_day
GROUP BY b.id, p.first_day, p.last_day
ORDER BY array_position('{all,use_case,key,user}', b.scope), b.subject, b.period`;

type NewLimit = BudgetSubject & Pick<Budget, 'period' | 'limitUsd' | 'updatedAt'>;

@Injectable()
export class BudgetsRepository {
  constructor(private readonly db: DataSource) {}

  /** Lists all budgets with the spend of their periods around `at`: of all, of use cases, of keys, of users. */
  async spends(at: Date): Promise<BudgetSpend[]> {
    const [day, month] = [daysOf('day', at), daysOf('month', at)];
    return this.db.query(SPENDS, [day.from, day.to, month.from, month.to]);
  }

  /** Lists the budgets of all calls and of use cases. */
  async settings(tx: Transaction): Promise<BudgetSettings[]> {
    return tx.query(
      `SELECT b.use_case AS "useCase", b.period, trim_scale(b.limit_usd)::text AS "limitUsd" FROM cost_budgets b
       WHERE b.scope IN ('all', 'use_case')`,
    );
  }

  /** Sets the limit of a budget, or makes the budget. @returns its id; null: there are `most` budgets already */
  async save(limit: NewLimit, most: number, actor: string): Promise<string | null> {
    return this.db.transaction((tx) => this.saveWithin(tx, limit, most, actor));
  }

  /** Saves a budget as a part of a transaction that changes more. */
  async saveWithin(
    tx: Transaction,
    { useCase, key, userId, period, limitUsd, updatedAt }: NewLimit,
    most: number,
    actor: string,
  ): Promise<string | null> {
    const values = [useCase, key, userId, period, limitUsd, updatedAt];
    await actAs(actor, tx);
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('cost_budgets:' || current_schema(), 0))`);
    const [[updated]] = await tx.query(
      `UPDATE cost_budgets SET updated_at = CASE WHEN limit_usd = $5 THEN updated_at ELSE $6 END, limit_usd = $5
       WHERE ${THIS_ONE} RETURNING id`,
      values,
    );
    if (updated) return updated.id;
    const [inserted] = await tx.query(
      `INSERT INTO cost_budgets (use_case, key_owner, user_id, period, limit_usd, updated_at, id)
       SELECT $1, $2, $3, $4, $5, $6, $7 WHERE (SELECT count(*) FROM cost_budgets) < $8 RETURNING id`,
      [...values, randomUUID(), most],
    );
    return inserted?.id ?? null;
  }

  /** @returns the id of a budget; null: there is none */
  async find({ useCase, key, userId }: BudgetSubject, period: BudgetPeriod): Promise<string | null> {
    const [found] = await this.db.query(`SELECT id FROM cost_budgets WHERE ${THIS_ONE}`, [
      ...[useCase, key, userId],
      period,
    ]);
    return found?.id ?? null;
  }

  async remove(id: string, actor: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      await actAs(actor, tx);
      await tx.query('DELETE FROM cost_budgets WHERE id = $1', [id]);
    });
  }

  /** @returns what a key and its successors have in common; null: there is no key with this owner, name or id */
  async ownerOfKey(key: string): Promise<string | null> {
    const [found] = await this.db.query(
      `SELECT owner FROM (SELECT owner, id::text FROM service_keys UNION ALL SELECT 'bootstrap', '') AS k
       WHERE owner = $1 OR id = $1 LIMIT 1`,
      [key],
    );
    return found?.owner ?? null;
  }

  async hasUseCase(name: string): Promise<boolean> {
    const [{ found }] = await this.db.query(
      'SELECT EXISTS (SELECT FROM use_cases WHERE name = $1) AS found',
      [name],
    );
    return found;
  }

  /**
   * Stores which thresholds were reached, each once for a period and a limit.
   * @returns those that were not stored before; none for a budget that was removed or has another limit now
   */
  async raise(reached: Reached[], at: Date, tx: Transaction): Promise<Omit<Reached, 'limitUsd'>[]> {
    return tx.query(
      `INSERT INTO budget_warnings (budget_id, period_start, limit_usd, threshold, raised_at)
       SELECT b.id, r."from", b.limit_usd, r.threshold, $2
       FROM json_to_recordset($1) AS r (id uuid, "from" date, "limitUsd" numeric, threshold smallint)
         JOIN cost_budgets b ON b.id = r.id AND b.limit_usd = r."limitUsd"
       ORDER BY b.id, r."from", r.threshold FOR KEY SHARE OF b
       ON CONFLICT DO NOTHING RETURNING budget_id AS id, period_start::text AS "from", threshold`,
      [JSON.stringify(reached), at],
    );
  }

  /** Lists recorded changes, the newest first. */
  async changes(budgetId: string | undefined, limit: number, before?: number): Promise<BudgetChange[]> {
    return this.db.query(
      `SELECT id::float8 AS id, budget_id AS "budgetId", actor, changed_at AS "changedAt", before, after FROM budget_changes
       WHERE ($1::uuid IS NULL OR budget_id = $1) AND ($2::bigint IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [budgetId, before, limit],
    );
  }
}
