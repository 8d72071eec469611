import type { Pool } from 'pg';
import { NOVA_LITE } from './chat-system.js';

/** Adds models and use cases to a seeded catalogue, each a copy of one that is there. */
export async function fillCatalogue(
  owner: Pick<Pool, 'query'>,
  models: number,
  useCases: number,
): Promise<void> {
  await owner.query(
    `INSERT INTO bedrock_models
     SELECT copy.* FROM bedrock_models AS model, generate_series(1, $2::int) AS i,
       jsonb_populate_record(model, jsonb_build_object('model_id', 'test.model-' || i,
         'name', 'Model ' || lpad(i::text, 3, '0'), 'provider', 'Provider ' || i % 7)) AS copy
     WHERE model.model_id = $1`,
    [NOVA_LITE, models],
  );
  await owner.query(
    `INSERT INTO use_cases
     SELECT copy.* FROM use_cases AS original, generate_series(1, $1::int) AS i,
       jsonb_populate_record(original, jsonb_build_object('name', 'use-case-' || lpad(i::text, 3, '0'))) AS copy
     WHERE original.name = 'health'`,
    [useCases],
  );
  await owner.query(
    `INSERT INTO use_case_candidates
     SELECT copy.* FROM use_case_candidates AS original, generate_series(1, $1::int) AS i,
       jsonb_populate_record(original, jsonb_build_object('use_case', 'use-case-' || lpad(i::text, 3, '0'))) AS copy
     WHERE original.use_case = 'health'`,
    [useCases],
  );
}
