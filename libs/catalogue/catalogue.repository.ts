import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { PreparedStatement } from '#libs/platform/database/pipelined-transaction.js';
import { query, type Transaction } from '#libs/platform/database/transactions.js';
import type { Catalogue, CoolDowns, ModelLabel } from './catalogue.js';
import { MEASURED_USAGE } from './measured-usage.js';
import { PUBLISHED } from './model-facts.js';
import { UPCOMING_PRICES } from './upcoming-prices.js';

const iso = (column: string) => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * Price in effect and the valid prices of all other sources, if they differ. Public sources only dispute a price that
 * comes from public sources.
 */
const PRICE_CONFLICTS = `(
  SELECT CASE WHEN count(DISTINCT (input_price, output_price)) > 1
    THEN json_agg(json_build_object('source', source, 'inputPer1k', trim_scale(input_price)::text,
      'outputPer1k', trim_scale(output_price)::text) ORDER BY source)
    ELSE '[]'::json END
  FROM (
    SELECT coalesce(m.price_source, 'not recorded'), m.input_price_per_1k, m.output_price_per_1k
    WHERE m.input_price_per_1k IS NOT NULL OR m.output_price_per_1k IS NOT NULL
    UNION ALL
    SELECT q.source, q.input_price_per_1k, q.output_price_per_1k FROM model_price_quotes q
    WHERE q.model_id = m.model_id AND q.source IS DISTINCT FROM m.price_source AND q.valid_from <= greatest(q.imported_at, clock_timestamp())
      AND (q.source NOT LIKE '${PUBLISHED}%' OR coalesce(m.price_source, '${PUBLISHED}') LIKE '${PUBLISHED}%')
  ) AS sources (source, input_price, output_price))`;

const MODEL = `json_build_object(
  'id', m.model_id, 'foundationModelId', m.foundation_model_id, 'name', m.name, 'provider', m.provider,
  'useCase', m.use_case, 'maxTokens', m.max_tokens, 'contextWindow', m.context_window, 'tier', m.tier,
  'lifecycle', json_build_object('status', m.lifecycle_status, 'legacyAt', ${iso('m.legacy_at')},
    'extendedAccessAt', ${iso('m.extended_access_at')}, 'endOfLifeAt', ${iso('m.end_of_life_at')}),
  'guarantee', CASE WHEN m.guarantee_source IS NOT NULL THEN json_build_object('earliestEndAt', ${iso('m.earliest_end_at')},
    'noticeDays', m.notice_days, 'source', m.guarantee_source, 'readOn', m.guarantee_read_on) END,
  'capabilities', m.capabilities, 'refusedForms', m.refused_forms, 'invokeWith', m.invoke_with, 'destinationRegions', m.destination_regions, 'successorId', m.successor_model_id,
  'price', json_build_object('version', p.version, 'inputPer1k', trim_scale(m.input_price_per_1k)::text,
    'outputPer1k', trim_scale(m.output_price_per_1k)::text,
    'cacheReadPer1k', trim_scale(m.cache_read_price_per_1k)::text,
    'cacheWritePer1k', trim_scale(m.cache_write_price_per_1k)::text, 'dimensions', m.price_dimensions),
  'tokenFactor', coalesce(m.token_factor, 1), 'priceSource', m.price_source, 'priceConflicts', ${PRICE_CONFLICTS},
  'timeToFirstTokenMs', m.time_to_first_token_ms, 'available', m.is_available,
  'retired', CASE WHEN m.retired_by IS NOT NULL THEN json_build_object('by', m.retired_by, 'at', ${iso('m.retired_at')}) END,
  'validationStatus', m.validation_status, 'validationDetail', m.validation_detail, 'lastValidatedAt', ${iso('m.last_validated_at')})`;

const USE_CASE = `json_build_object(
  'name', u.name, 'objective', u.objective, 'activeModelId', u.active_model_id, 'coolDowns', u.cool_downs,
  'candidates', (SELECT coalesce(json_agg(c.model_id ORDER BY c.position), '[]') FROM use_case_candidates c WHERE c.use_case = u.name),
  'configured', json_build_object('inputTokens', u.input_tokens_per_exchange, 'outputTokens', u.output_tokens_per_exchange,
    'exchangesPerConversation', u.exchanges_per_conversation, 'exchangesPer30Days', u.exchanges_per_30_days),
  'measured', (SELECT ${MEASURED_USAGE} FROM use_case_usage s WHERE s.use_case = u.name AND s.exchanges > 0),
  'allowedRegions', u.allowed_regions, 'guardrail', u.guardrail,
  'clients', u.clients, 'systemPrompt', u.system_prompt, 'onModelFailure', u.on_model_failure, 'onModelRecovery', u.on_model_recovery,
  'control', u.control, 'frozenUntil', ${iso('u.frozen_until')}, 'version', u.version, 'switchSeq', u.switch_seq)`;

/** Version stamp: a restored database repeats version numbers, but not their times. */
const VERSION_STAMP = `version || ' ' || changed_at`;

/**
 * One statement, hence a consistent snapshot: $1 use cases or null for all, $2 further models by either of their ids.
 */
const SNAPSHOT = `
WITH chosen AS (SELECT * FROM use_cases WHERE $1::text[] IS NULL OR name = ANY($1)),
wanted AS (
  SELECT active_model_id AS id FROM chosen
  UNION SELECT c.model_id FROM use_case_candidates c JOIN chosen ON chosen.name = c.use_case
  UNION SELECT unnest($2::text[]))
SELECT json_build_object(
  'version', (SELECT version FROM catalogue_version),
  'models', (SELECT coalesce(json_agg(${MODEL} ORDER BY m.use_case, m.tier DESC, m.model_id), '[]')
    FROM bedrock_models m LEFT JOIN bedrock_model_prices p ON p.model_id = m.model_id AND p.valid_to IS NULL
    WHERE $1::text[] IS NULL OR m.model_id IN (SELECT id FROM wanted) OR m.foundation_model_id = ANY($2)),
  'nextPriceAt', (SELECT ${iso('min(q.valid_from)')} ${UPCOMING_PRICES} AND $1::text[] IS NULL),
  'useCases', (SELECT coalesce(json_agg(${USE_CASE} ORDER BY u.name), '[]') FROM chosen u),
  'assistants', (SELECT coalesce(json_agg(json_build_object('id', a.id, 'name', a.name, 'useCase', a.use_case,
      'systemPrompt', a.system_prompt) ORDER BY a.id), '[]')
    FROM ai_assistants a WHERE $1::text[] IS NULL)) AS catalogue,
  (SELECT ${VERSION_STAMP} FROM catalogue_version) AS "versionStamp"`;

/** The whole catalogue with its version stamp. */
export interface StampedCatalogue {
  catalogue: Catalogue;
  versionStamp: string;
}

/** Prepared: to plan it takes longer than to read a part. */
const PART: PreparedStatement = { name: 'catalogue-part', text: SNAPSHOT };

const READ_VERSION: PreparedStatement = {
  name: 'catalogue-version',
  text: 'SELECT version FROM catalogue_version',
};
const SAVE_USE_CASE: PreparedStatement = {
  name: 'save-switched-use-case',
  text: `UPDATE use_cases SET active_model_id = $2, cool_downs = $3, version = $4, switch_seq = $5, updated_at = now()
    WHERE name = $1`,
};

const READ_VERSION_STAMP: PreparedStatement = {
  name: 'catalogue-version-stamp',
  text: `SELECT ${VERSION_STAMP} AS "versionStamp" FROM catalogue_version`,
};

const LABELS: PreparedStatement = {
  name: 'model-labels',
  text: 'SELECT model_id AS id, name, provider, tier FROM bedrock_models WHERE model_id = ANY($1)',
};

@Injectable()
export class CatalogueRepository {
  constructor(private readonly db: DataSource) {}

  async load(tx: Transaction): Promise<Catalogue> {
    const [{ catalogue }] = await tx.query(SNAPSHOT, [null, null]);
    return catalogue;
  }

  async loadStamped(): Promise<StampedCatalogue> {
    const [stamped] = await this.db.query(SNAPSHOT, [null, null]);
    return stamped;
  }

  /** Returns the current version stamp. */
  async currentVersionStamp(): Promise<string> {
    const [{ versionStamp }] = await this.db.query(READ_VERSION_STAMP.text);
    return versionStamp;
  }

  /** Returns the version stamp that is visible to this statement. */
  async versionStamp(tx: Transaction): Promise<string> {
    const [row] = await query<{ versionStamp: string }>(tx, READ_VERSION_STAMP, []);
    return row!.versionStamp;
  }

  /** Loads the part of the catalogue that a decision about these use cases and models needs, without assistants. */
  async loadPart(useCases: string[], modelIds: string[], tx: Transaction): Promise<Catalogue> {
    const [part] = await query<{ catalogue: Catalogue }>(tx, PART, [useCases, modelIds]);
    return part!.catalogue;
  }

  /** Returns the labels of the models that exist. */
  async labelsOf(modelIds: string[], tx: Transaction): Promise<ModelLabel[]> {
    return query<ModelLabel>(tx, LABELS, [modelIds]);
  }

  async useCaseNames(tx: Transaction): Promise<string[]> {
    const rows: { name: string }[] = await tx.query('SELECT name FROM use_cases ORDER BY name');
    return rows.map(({ name }) => name);
  }

  /** Returns, in a transaction that changed something, the version that its commit creates. */
  async version(tx: Transaction): Promise<number> {
    const [present] = await query<{ version: string }>(tx, READ_VERSION, []);
    return Number(present!.version);
  }

  async bumpVersion(): Promise<number> {
    const [[{ version }]] = await this.db.query(
      'UPDATE catalogue_version SET version = version + 1, changed_at = now() RETURNING version',
    );
    return Number(version);
  }

  /** Stores the result of a switch of a use case. @returns the catalogue version that this creates */
  async saveUseCase(
    name: string,
    change: { activeModelId: string; coolDowns: CoolDowns; version: number; switchSeq: number },
    tx: Transaction,
  ): Promise<number> {
    const { activeModelId, coolDowns, version, switchSeq } = change;
    const values = [name, activeModelId, coolDowns, version, switchSeq];
    const [, [after]] = await Promise.all([
      query(tx, SAVE_USE_CASE, values),
      query<{ version: string }>(tx, READ_VERSION, []),
    ]);
    return Number(after!.version);
  }
}
