import { vi } from 'vitest';
import { AuditService } from '#libs/audit/audit.service.js';
import { UsageService } from '#libs/costs/usage.service.js';
import { ErasureService } from '#libs/privacy/erasure.service.js';
import { AuditChain } from './audit-chain.js';
import { HAIKU, NOVA_LITE } from './switch-rows.js';
import { type TestSystem, userToken } from './test-system.js';

/** A user of whom there is something in every table, and how to forget it. */
export class ErasureSubject {
  readonly chain: AuditChain;
  constructor(
    private readonly system: TestSystem,
    readonly id: string,
    readonly secret: string,
  ) {
    this.chain = new AuditChain(system);
  }

  /** Three switches, of which one has no audit row yet; calls, notifications, an answer kept for its key. */
  async live(): Promise<void> {
    const call = { token: await userToken(this.id), headers: { 'idempotency-key': 'a-key' } };
    const target = { conversationId: `of-${this.secret}`, userId: this.id };
    // A user's own new conversation would need a UUID; this one is named after the secret.
    await this.system.act({ action: 'auto-switch', useCase: 'platform', ...target });
    const own = await this.system.act({ action: 'auto-switch', useCase: 'clinical', ...target }, call);
    const change = (modelId: string) =>
      this.system.act({ action: 'switch', modelId, ...target, reason: this.secret });
    const named = await change(NOVA_LITE);
    for (const { body } of [own, named]) await this.record(body.data.switchId);
    await change(HAIKU);
    await this.system.environment.app.query(
      `INSERT INTO notification_receipts SELECT 'user:' || user_id, id, now() FROM notifications WHERE user_id = $1`,
      [this.id],
    );
    await this.calls(2);
    await this.chain.seal();
    await this.rollUp();
  }

  async rollUp(): Promise<void> {
    await this.system.api.get(UsageService, { strict: false }).rollUp();
  }

  async calls(count: number, outcome = 'failed'): Promise<void> {
    await this.system.environment.app.query(
      `WITH made AS (INSERT INTO model_invocations (id, started_at, request_id, use_case, user_id, actor, on_behalf_of, model_id, outcome,
         estimated, attempts, latency_ms, streamed)
       SELECT gen_random_uuid(), now() - i * interval '1 second', 'r', 'clinical', $1, 'user:' || $1, NULL, 'm', $3,
         true, '[]', 1, false FROM generate_series(1, $2) AS i RETURNING *)
       INSERT INTO invocations_to_roll_up (invocation_ids, started_ats)
       SELECT array_agg(id), array_agg(started_at) FROM made`,
      [this.id, count, outcome],
    );
  }

  async record(switchId: string): Promise<void> {
    await this.system.api.get(AuditService, { strict: false }).record(switchId);
  }

  erase() {
    return this.system.call('POST', `/v1/users/${this.id}/erase`);
  }

  /** Does the work of the worker a minute later. */
  async complete(): Promise<void> {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });
    await this.system.api
      .get(ErasureService, { strict: false })
      .completeDue()
      .finally(() => vi.useRealTimers());
  }

  /** Tables that hold the user's id, or what the user wrote, anywhere in a row. */
  async traces(): Promise<string[]> {
    const { owner } = this.system.environment;
    const { rows } = await owner.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition
         AND relnamespace = 'public'::regnamespace ORDER BY 1`,
    );
    const found: string[] = [];
    for (const { name } of rows) {
      const sql = `SELECT FROM ${name} t WHERE strpos(t::text, $1) > 0 OR t::text ~ $2 LIMIT 1`;
      // The name of the conversation stays; the reason is the same text without what is before it.
      if ((await owner.query(sql, [this.id, `[^-]${this.secret}`])).rowCount) found.push(name);
    }
    return found;
  }
}
