import { setTimeout as delay } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { MoveRunner } from '#libs/switching/moves/move-runner.service.js';
import { createApi } from '../../apps/api/src/create-api.js';
import { type Answer, TestSystem } from './test-system.js';

/** Quick enough that no test waits for the rate. */
export const QUICK_MOVES = { MOVE_PER_SECOND: '10000' };

interface Pins {
  /** Ids are `<prefix>-1` to `<prefix>-<count>`; each has its own user `user-of-<id>`. */
  prefix: string;
  count: number;
  useCase: string;
  modelId: string;
  /** Model that failed: a fallback pinned them. */
  failedModelId?: string;
  /** Pin that the fallback goes back to. */
  resumeModelId?: string;
}

/** A system whose moves run step by step, as the test says, and an operator. */
export class MoveSystem {
  private readonly others: NestFastifyApplication[] = [];

  private constructor(
    readonly system: TestSystem,
    readonly operator: string,
  ) {}

  static async start(
    options: { worker?: boolean; overrides?: Record<string, string> } = {},
  ): Promise<MoveSystem> {
    return MoveSystem.on(
      await TestSystem.start({ ...options, overrides: { ...QUICK_MOVES, ...options.overrides } }),
    );
  }

  /** Moves of a system that others start, too. */
  static async on(system: TestSystem): Promise<MoveSystem> {
    return new MoveSystem(
      system,
      await system.key(['operate', 'switch', 'act-as', 'audit', 'read'], 'operator'),
    );
  }

  /** Removes every conversation and every move. */
  async clear(): Promise<void> {
    for (const table of ['ai_conversation_follows', 'ai_conversations', 'model_moves'])
      await this.sql(`DELETE FROM ${table}`);
  }

  /** Brings a use case to a model, whatever ran there before. */
  async runOn(useCase: string, modelId: string): Promise<void> {
    await this.system.act({ action: 'switch', modelId, useCase });
  }

  async close(): Promise<void> {
    for (const other of this.others) await other.close();
    await this.system.close();
  }

  get runner(): MoveRunner {
    return this.system.api.get(MoveRunner);
  }

  /** The runner of another instance. */
  async anotherRunner(): Promise<MoveRunner> {
    const other = await createApi(this.system.environment.env);
    await other.init();
    this.others.push(other);
    return other.get(MoveRunner);
  }

  post(path: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> {
    return this.system.call('POST', path, body, { token: this.operator, headers });
  }

  get(path: string): Promise<Answer> {
    return this.system.get(path, { token: this.operator });
  }

  start(from: string, body: object, headers?: Record<string, string>): Promise<Answer> {
    return this.post(`/v1/models/${from}/moves`, body, headers);
  }

  async move(id: string) {
    return (await this.get(`/v1/moves/${id}`)).body;
  }

  async change(id: string, command: string): Promise<Answer> {
    return this.post(`/v1/moves/${id}/${command}`);
  }

  /** Works until no move runs. */
  async drain(runner = this.runner): Promise<void> {
    for (;;) {
      const waitMs = await runner.step();
      if (waitMs === undefined) return;
      await delay(waitMs);
    }
  }

  /** One batch, whatever pause is due before it. */
  async stepOnce(runner = this.runner): Promise<void> {
    for (;;) {
      const waitMs = await runner.step();
      if (waitMs === undefined || waitMs === 0) return;
      await delay(waitMs);
    }
  }

  async sql<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.system.environment.owner.query(text, values)).rows;
  }

  async pin({ prefix, count, useCase, modelId, failedModelId, resumeModelId }: Pins): Promise<void> {
    await this.sql(
      `INSERT INTO ai_conversations (id, user_id, use_case, pinned_model_id, pin_kind, failed_model_id, recheck_at, resume_model_id)
       SELECT $1::text || '-' || i, 'user-of-' || $1 || '-' || i, $3, $4, CASE WHEN $5::text IS NULL THEN 'manual' ELSE 'fallback' END,
         $5, CASE WHEN $5::text IS NOT NULL THEN timestamptz '2099-01-01 00:00Z' END, $6 FROM generate_series(1, $2::int) AS i`,
      [prefix, count, useCase, modelId, failedModelId, resumeModelId],
    );
  }

  async follow(prefix: string, count: number, useCase: string): Promise<void> {
    await this.sql(
      `WITH made AS (INSERT INTO ai_conversations (id, user_id, use_case)
         SELECT $1::text || '-' || i, 'user-of-' || $1 || '-' || i, $3 FROM generate_series(1, $2::int) AS i RETURNING id)
       INSERT INTO ai_conversation_follows (conversation_id, use_case, after_seq)
         SELECT made.id, name, switch_seq FROM made, use_cases WHERE name = $3`,
      [prefix, count, useCase],
    );
  }

  async pinOf(id: string) {
    const [pin] = await this.sql<Record<string, string | Date | null>>(
      `SELECT pinned_model_id, pin_kind, failed_model_id, resume_model_id, recheck_at FROM ai_conversations WHERE id = $1`,
      [id],
    );
    return pin;
  }

  /** Switches of a move: by scope, how many, and by how many scopes. */
  async switchesOf(moveId: string) {
    const [counted] = await this.sql<{ switches: number; scopes: number; waiting: number }>(
      `SELECT count(*)::int AS switches, count(DISTINCT coalesce(e.conversation_id, e.use_case))::int AS scopes,
         (count(o.id) + count(a.id))::int AS waiting
       FROM switch_events e LEFT JOIN outbox o ON o.id = e.id LEFT JOIN bedrock_model_switches a ON a.id = e.id
       WHERE e.request_id = $1`,
      [moveId],
    );
    return counted!;
  }
}
