import { it } from 'vitest';
import { TestSystem } from '../support/test-system.js';
it('explains', { timeout: 500_000 }, async () => {
  const system = await TestSystem.start();
  const db = system.environment.owner;
  const t0 = Date.now();
  await db.query(`UPDATE use_cases SET control = 'reviewed' WHERE name IN ('clinical', 'health')`);
  await db.query(`INSERT INTO model_invocations (id, started_at, request_id, use_case, user_id, actor, model_id, outcome, estimated, attempts, latency_ms, streamed, control, model_role)
   SELECT gen_random_uuid(), now() - (n % 20000) * interval '1 second', 'r' || n, (ARRAY['clinical','health','platform','operations'])[1 + n % 4], 'u' || n % 1000, 'service:x',
    'eu.amazon.nova-lite-v1:0', 'answered', false, '[]', 800, true, CASE WHEN n % 4 < 2 THEN 'reviewed' ELSE 'direct' END,
    CASE WHEN n % 4 >= 2 AND n % 10 = 0 THEN 'other' WHEN n % 3 = 0 THEN 'candidate' ELSE 'active' END FROM generate_series(1, 1000000) n`);
  await db.query(`INSERT INTO model_invocations (id, started_at, request_id, use_case, user_id, actor, model_id, outcome, estimated, attempts, latency_ms, streamed, control, model_role)
   SELECT gen_random_uuid(), now() + n * interval '1 second', 'f' || n, 'clinical', 'u', 'service:x', 'eu.amazon.nova-lite-v1:0', 'answered', false, '[]', 800, true, CASE WHEN n % 2 = 0 THEN 'reviewed' END, CASE WHEN n % 2 = 0 THEN 'other' END FROM generate_series(1, 20) n`);
  await db.query('ANALYZE model_invocations');
  console.log('inserted', Date.now() - t0);
  for (const where of [`SELECT count(*) FROM unreviewed_calls`, `SELECT count(*) FROM (SELECT FROM unreviewed_calls WHERE started_at > now() - interval '1 day' LIMIT 100000) c`, `SELECT * FROM unreviewed_calls ORDER BY started_at DESC LIMIT 100`]) {
    const { rows } = await db.query(`EXPLAIN (ANALYZE, BUFFERS) ${where}`);
    console.log(rows.map((r: Record<string, string>) => r['QUERY PLAN']).join('\n'));
  }
  const { rows } = await db.query(`SELECT indexrelid::regclass AS i, pg_size_pretty(pg_relation_size(indexrelid)) FROM pg_index WHERE indexrelid::regclass::text ~ 'use_case_started|unreviewed|started_at_idx|other'`);
  console.log(rows);
  await system.close();
});
