import { generateKeyPairSync } from 'node:crypto';
import { escapeLiteral } from 'pg';
import { ChainAppendService } from '#libs/audit/hash-chain/chain-append.service.js';
import { ChainEntriesRepository } from '#libs/audit/hash-chain/chain-entries.repository.js';
import { CheckpointKeys } from '#libs/audit/hash-chain/checkpoint.js';
import { SystemClock } from '#libs/platform/clock/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { asAdmin } from './empty-database.js';
import { insertSwitch, NOVA_LITE, SONNET } from './switch-rows.js';
import type { TestSystem } from './test-system.js';

const TABLES = [
  ...['switch_events', 'bedrock_model_switches', 'erasures'],
  ...['audit_seals', 'audit_salts', 'audit_unsealed'],
];

/** As AUDIT_SIGNING_KEY wants it. */
export const newSigningKey = () =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');

/** The audit rows of a system and their chain, with what an owner of the database could do to them. */
export class AuditChain {
  constructor(private readonly system: TestSystem) {}

  /** Writes switches of one conversation. @returns their ids */
  async write(count: number, firstSeq: number, conversation = 'sealed'): Promise<string[]> {
    const ids: string[] = [];
    for (let seq = firstSeq; seq < firstSeq + count; seq += 1)
      ids.push(
        await insertSwitch(
          this.system.environment.app,
          {
            ...{ at: 'now()', user: 'user-456', conversation, from: SONNET, to: NOVA_LITE },
            ...{ action: 'manual_switch', reason: `reason ${seq}`, saves: '0.5' },
          },
          seq,
        ),
      );
    return ids;
  }

  /** Ten sealed rows in two batches: positions 1 to 6 and 7 to 10. */
  async writeTen(): Promise<string[]> {
    const ids = await this.write(6, 1);
    await this.seal();
    ids.push(...(await this.write(4, 7)));
    await this.seal();
    return ids;
  }

  /** Seals as a worker does that has just started. */
  async seal(): Promise<void> {
    await this.worker().appendWaiting();
  }

  /** Seals as a worker does that has another key, or none. */
  async sealWith(privateKey?: string): Promise<void> {
    await this.worker(new CheckpointKeys({ privateKey, publicKeys: [] })).appendWaiting();
  }

  /** A worker that has just started, and knows of the chain what its settings say. */
  worker(
    keys = this.get(CheckpointKeys),
    settings: ConstructorParameters<typeof ChainAppendService>[4] = { AUDIT_CHECKPOINT: undefined },
  ): ChainAppendService {
    return new ChainAppendService(
      this.get(Transactions),
      this.get(ChainEntriesRepository),
      keys,
      new SystemClock(),
      settings,
    );
  }

  private get<T>(of: new (...parameters: never[]) => T): T {
    return this.system.api.get(of, { strict: false });
  }

  /** The last line of the answer, and the lines before it. */
  async verify(checkpoint?: object) {
    const { status, text } = await this.system.call('POST', '/v1/audit/verify', { checkpoint });
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    return { status, progress: lines.slice(0, -1), ...lines.at(-1) };
  }

  /** Problems of the chain, as `code position`. */
  async problems(checkpoint?: object): Promise<string[]> {
    const { problems } = await this.verify(checkpoint);
    return problems.map(
      ({ code, position }: { code: string; position: number | null }) => `${code} ${position}`,
    );
  }

  async newestCheckpoint() {
    return (await this.system.get('/v1/audit/checkpoints?limit=1')).body.items[0];
  }

  /** Runs statements as a superuser who disables triggers and foreign keys. */
  async attack(...statements: string[]): Promise<void> {
    await asAdmin(this.database, ['SET session_replication_role = replica', ...statements].join(';\n'));
  }

  async remember(): Promise<void> {
    const copies = TABLES.map((table) => `CREATE TABLE before.${table} AS SELECT * FROM ${table}`);
    await this.attack('DROP SCHEMA IF EXISTS before CASCADE', 'CREATE SCHEMA before', ...copies);
  }

  async restore(): Promise<void> {
    await this.attack(
      `TRUNCATE ${TABLES.join(', ')} CASCADE`,
      ...TABLES.map((table) => `INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM before.${table}`),
    );
  }

  /** Returns every row of the trail, by table. */
  async copy(): Promise<Record<string, unknown[]>> {
    const tables: Record<string, unknown[]> = {};
    for (const table of TABLES) {
      const { rows } = await this.system.environment.owner.query(
        `SELECT coalesce(jsonb_agg(t), '[]') AS rows FROM ${table} t`,
      );
      tables[table] = rows[0].rows;
    }
    return tables;
  }

  /** Writes such a copy into an empty trail. */
  async paste(tables: Record<string, unknown[]>): Promise<void> {
    const inserts = Object.entries(tables).map(
      ([table, rows]) =>
        `INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM jsonb_populate_recordset(NULL::${table}, ${escapeLiteral(JSON.stringify(rows))})`,
    );
    await this.attack(...inserts);
  }

  private get database(): string {
    return new URL(this.system.environment.env.DATABASE_URL).pathname.slice(1);
  }
}
