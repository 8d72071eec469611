import type { QueryRunner } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BackfillRetirements1765352000000 } from '#migrations/1765352000000-backfill-retirements.js';
import { TestSystem } from '../support/test-system.js';

const RECORDED = 'eu.amazon.nova-pro-v1:0';
const USED = 'eu.mistral.pixtral-large-2502-v1:0';
const NEW = 'eu.anthropic.claude-opus-4-7';
let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start();
});
afterAll(() => system?.close());

const sql = async (statement: string, values: unknown[] = []) =>
  (await system.environment.owner.query(statement, values)).rows;
const retirementOf = async (id: string) =>
  (await sql('SELECT retired_by AS by, retired_at AS at FROM bedrock_models WHERE model_id = $1', [id]))[0];
const detailOf = async (id: string) =>
  (await system.act({ action: 'validate', modelId: id })).body.data.reasons[0].detail;

it('names who retired a model by its recorded change, and says where that is unknown', async () => {
  await sql(`SELECT set_config('orchestrator.actor', 'service:past', false)`);
  await sql('UPDATE bedrock_models SET is_available = false WHERE model_id = $1', [RECORDED]);
  await sql(`SELECT set_config('orchestrator.actor', '', false)`);
  await sql('ALTER TABLE catalogue_changes DISABLE TRIGGER append_only');
  await sql('UPDATE bedrock_models SET is_available = false WHERE model_id = ANY ($1)', [[USED, NEW]]);
  await sql('DELETE FROM catalogue_changes WHERE entity_id = ANY ($1)', [[USED, NEW]]);
  await sql('UPDATE bedrock_models SET retired_by = NULL, retired_at = NULL WHERE NOT is_available');
  await sql(
    `INSERT INTO usage_hourly SELECT (jsonb_populate_record(NULL::usage_hourly, jsonb_object_agg(column_name, 0)
       || jsonb_build_object('hour', now(), 'model_id', $1::text, 'use_case', 'operations'))).*
     FROM information_schema.columns WHERE table_name = 'usage_hourly' AND data_type IN ('bigint', 'numeric')`,
    [USED],
  );
  const migration = new BackfillRetirements1765352000000();
  await migration.up(system.environment.owner as unknown as QueryRunner);
  expect(await retirementOf(RECORDED)).toEqual({ by: 'service:past', at: expect.any(Date) });
  expect(await retirementOf(USED)).toEqual({ by: 'unknown', at: null });
  expect(await retirementOf(NEW)).toEqual({ by: null, at: null });
  await system.act({ action: 'clear-cache' });
  expect(await detailOf(RECORDED)).toMatch(/retired by service:past on \d{4}-\d\d-\d\d/);
  expect(await detailOf(USED)).toContain('who did it is unknown');
  expect(await detailOf(NEW)).toContain('no operator has approved it');
  await migration.down(system.environment.owner as unknown as QueryRunner);
  expect(await retirementOf(USED)).toEqual({ by: null, at: null });
});
