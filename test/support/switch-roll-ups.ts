/* Sums that triggers make of switches, and of days of users: for tables that are filled with triggers off. */

const SUMS = `sum(switches), sum(manual), sum(auto), sum(fallback), sum(estimated_usd), sum(unknown_estimates),
  coalesce(sum(v.calls), 0), coalesce(sum(v.saved_usd), 0), coalesce(sum(v.unknown_savings), 0)`;
const SEALED = `FROM switch_figures f LEFT JOIN switch_savings v ON v.switch_id = f.id
  WHERE NOT EXISTS (SELECT FROM audit_unsealed u WHERE u.subject_id = f.id)`;

/** Of all but what waits for its seal. */
export const SWITCH_ROLL_UPS = [
  `INSERT INTO switches_hourly SELECT hour, new_model_id, use_case, ${SUMS} ${SEALED} GROUP BY 1, 2, 3 ORDER BY 1`,
  `INSERT INTO switches_daily SELECT user_id, day, new_model_id, use_case, ${SUMS},
     sum(selections), sum(auto_selections), max(last_selected_at) ${SEALED} GROUP BY 1, 2, 3, 4 ORDER BY 2`,
];

/** Once switches and calls are rolled up by user and day. */
export const USER_MONTHS = `
INSERT INTO user_months (user_id, month, calls, cost_usd, switches)
SELECT user_id, date_trunc('month', day::timestamp)::date, sum(calls), sum(cost_usd), sum(switches) FROM (
  SELECT user_id, day, answered + refused + failed + cancelled AS calls, cost_usd, 0 AS switches FROM usage_daily
  UNION ALL SELECT user_id, day, 0, 0, switches FROM switches_daily) AS days GROUP BY 1, 2`;
