import type { Size } from './distribution.js';

/** Tables that grow more slowly: work that waits, answers of a day, checks, catalogue changes, keys, erasures. */
export const othersSql = ({ rows }: Size): string[] => [
  `INSERT INTO outbox (id, job, available_at, failures, history, dead_at)
   SELECT bench.id(3, i), 'switching.record-switch', now() + interval '1 second' * i, 10,
     '[{"at": "2026-11-01T10:00:00Z", "error": "a constraint was violated"}]', now() - interval '1 minute' * i
   FROM generate_series(1::bigint, ${rows / 10_000}) AS i`,
  `INSERT INTO idempotency_keys (actor, key, request_hash, answer, created_at)
   SELECT 'service:' || i % 10, bench.id(4, i), md5(i::text), repeat('x', 600), now() - interval '1 day' * i / ${rows / 100}::float8
   FROM generate_series(1::bigint, ${rows / 100}) AS i`,
  `INSERT INTO bedrock_model_validations (model_id, checked_at, method, outcome, error_kind, detail, latency_ms, tokens, cost_usd)
   SELECT (SELECT array_agg(model_id ORDER BY model_id) FROM bedrock_models)[1 + i % (SELECT count(*) FROM bedrock_models)],
     now() - interval '90 days' * (${rows / 10} - i) / ${rows / 10}::float8, CASE WHEN i % 3 = 0 THEN 'probe' ELSE 'control_plane' END,
     CASE WHEN i % 200 = 0 THEN 'failed' ELSE 'passed' END, CASE WHEN i % 200 = 0 THEN 'throttled' END, NULL, 300, 12, 0.000012
   FROM generate_series(1::bigint, ${rows / 10}) AS i`,
  `INSERT INTO catalogue_changes (entity, entity_id, actor, request_id, changed_at, before, after)
   SELECT CASE WHEN i % 1000 = 0 THEN 'assistant' WHEN i % 100 = 0 THEN 'candidate' WHEN i % 10 = 0 THEN 'use_case' ELSE 'model' END,
     CASE WHEN i % 1000 = 0 THEN 'assistant-' || i % 7 WHEN i % 100 = 0 THEN 'health eu.amazon.nova-lite-v1:0'
       WHEN i % 10 = 0 THEN 'clinical' ELSE 'eu.amazon.nova-lite-v1:0' END,
     'service:operator', bench.id(9, i)::text, now() - interval '1 year' * (${rows / 10} - i) / ${rows / 10}::float8,
     jsonb_build_object('tier', i % 100, 'name', 'Amazon Nova Lite', 'max_tokens', 4000), jsonb_build_object('tier', 1 + i % 100, 'name', 'Amazon Nova Lite', 'max_tokens', 4000)
   FROM generate_series(1::bigint, ${rows / 10}) AS i`,
  `INSERT INTO service_keys (id, name, owner, hash, scopes, created_by, created_at)
   SELECT bench.id(5, i), 'key ' || i, 'key ' || i, sha256(i::text::bytea), '{read}', 'service:cli', now() - interval '1 hour' * i
   FROM generate_series(1::bigint, ${rows / 1_000}) AS i`,
  `INSERT INTO erasures (id, pseudonym, requested_by, requested_at, completed_at, erased_rows, erased_seals)
   SELECT bench.id(6, i), 'erased:' || bench.id(6, i), 'service:operator', now() - interval '1 hour' * i, now() - interval '1 hour' * i,
     '{"switch_events": 20}', 20 FROM generate_series(1::bigint, ${rows / 10_000}) AS i`,
];
