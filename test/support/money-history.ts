import { randomUUID } from 'node:crypto';
import { expect, vi } from 'vitest';
import { AuditService } from '#libs/audit/audit.service.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { InvocationsService } from '#libs/costs/invocations.service.js';
import { UsageService } from '#libs/costs/usage.service.js';
import { CallAttempts } from '#libs/inference/call-attempts.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { HAIKU, OPUS, SONNET } from './catalogue-fixture.js';
import { anInvocation } from './invocation-fixture.js';
import { Ledger, type LedgerAttempt, type LedgerSwitch } from './ledger.js';
import { TestSystem } from './test-system.js';

export const USE_CASE = 'research';
const MODELS = [SONNET, HAIKU, OPUS];
const EXPECTED = {
  ...{ inputTokens: 1_000, outputTokens: 300, exchangesPerConversation: 6, exchangesPer30Days: 5_000 },
};
const MINUTE = 60_000;
const GAPS = [MINUTE, 17 * MINUTE, 3 * 60 * MINUTE, 26 * 60 * MINUTE];
const DAY = 24 * 60 * MINUTE;

/** Numbers from 0 to 1 that look random and are the same for the same seed. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** Lives through weeks of prices, switches and calls, with the product and with a ledger beside it. */
export class MoneyHistory {
  readonly ledger = new Ledger({ [OPUS]: 1.3 }, EXPECTED);
  /** The ledger's estimate of each switch, made when it happened. */
  readonly estimates = new Map<string, ReturnType<Ledger['estimate']>>();
  private now = Math.floor(Date.now() / DAY) * DAY - 60 * DAY;
  private active = SONNET;
  private readonly pins = new Map<string, string | null>();

  private constructor(
    readonly system: TestSystem,
    private readonly random: () => number,
  ) {}

  static async begin(seed: number): Promise<MoneyHistory> {
    const system = await TestSystem.start();
    const history = new MoneyHistory(system, numbers(seed));
    const clock = system.api.get(Clock);
    vi.spyOn(clock, 'millis').mockImplementation(() => history.now);
    vi.spyOn(clock, 'now').mockImplementation(() => new Date(history.now));
    await history.sql(`UPDATE bedrock_model_prices SET valid_from = $1`, [history.time(-DAY)]);
    for (const row of await history.sql(
      `SELECT model_id AS model, trim_scale(input_price_per_1k)::text AS input, trim_scale(output_price_per_1k)::text AS output,
         trim_scale(cache_read_price_per_1k)::text AS "cacheRead", trim_scale(cache_write_price_per_1k)::text AS "cacheWrite"
       FROM bedrock_model_prices WHERE model_id = ANY($1)`,
      [MODELS],
    ))
      history.ledger.prices.push({ ...row, from: history.time(-DAY) });
    const { inputTokens, outputTokens, ...volume } = EXPECTED;
    const { status } = await system.call('PUT', `/v1/use-cases/${USE_CASE}`, {
      ...{ candidates: MODELS, ...volume },
      ...{ inputTokensPerExchange: inputTokens, outputTokensPerExchange: outputTokens },
    });
    expect(status).toBe(200);
    return history;
  }

  /** Takes a step: a price, a switch, a call, or the hourly measurement. */
  async step(): Promise<void> {
    this.now += GAPS[Math.floor(this.random() * GAPS.length)]!;
    await this.system.api.get(CatalogueService, { strict: false }).refresh();
    const [kind] = [this.random()];
    if (kind < 0.1) return this.changePrice();
    if (kind < 0.2 || this.pins.size === 0) return this.join();
    if (kind < 0.3) return this.switchConversation();
    if (kind < 0.36) return this.switchUseCase();
    if (kind < 0.45) return this.measure();
    return this.call();
  }

  async end(): Promise<void> {
    await this.system.api.get(UsageService, { strict: false }).rollUp();
  }

  close(): Promise<void> {
    return this.system.close();
  }

  // biome-ignore lint/suspicious/noExplicitAny: rows of every shape
  async sql(statement: string, values: unknown[] = []): Promise<any[]> {
    return (await this.system.environment.owner.query(statement, values)).rows;
  }

  private async changePrice(): Promise<void> {
    const model = this.one(MODELS);
    const usd = (most: number) => (Math.ceil(this.random() * 1_000) * (most / 1_000)).toFixed(9);
    const price = {
      ...{ input: usd(0.01), output: usd(0.05) },
      cacheRead: this.random() < 0.2 ? null : usd(0.001),
      cacheWrite: this.random() < 0.2 ? null : usd(0.01),
    };
    // As one that was given ahead: it counts from this time, though the rows are written today.
    await this.sql('BEGIN');
    await this.sql(`SELECT set_config('orchestrator.price_valid_from', $1, true)`, [
      this.time().toISOString(),
    ]);
    await this.sql(
      `UPDATE bedrock_models SET (input_price_per_1k, output_price_per_1k, cache_read_price_per_1k,
         cache_write_price_per_1k) = ($2, $3, $4, $5) WHERE model_id = $1`,
      [model, price.input, price.output, price.cacheRead, price.cacheWrite],
    );
    await this.sql('COMMIT');
    this.ledger.prices.push({ model, from: this.time(), ...price });
  }

  private async join(): Promise<void> {
    const conversation = randomUUID();
    await this.make({ action: 'auto-switch', useCase: USE_CASE, conversationId: conversation }, true);
    this.pins.set(conversation, null);
    this.follow(conversation);
  }

  private async switchConversation(): Promise<void> {
    const conversation = this.one([...this.pins.keys()]);
    const follows = this.pins.get(conversation) !== null && this.random() < 0.4;
    const modelId = this.one(MODELS);
    const made = await this.make(
      follows
        ? { action: 'auto-switch', useCase: USE_CASE, conversationId: conversation }
        : { action: 'switch', modelId, conversationId: conversation },
    );
    if (follows) this.follow(conversation);
    else
      for (const span of this.ledger.follows)
        if (span.conversation === conversation) span.until = Math.min(span.until, this.now);
    this.pins.set(conversation, follows ? null : modelId);
    expect(made.toId).toBe(this.modelOf(conversation));
  }

  private async switchUseCase(): Promise<void> {
    this.active = this.one(MODELS);
    await this.make({ action: 'switch', modelId: this.active, useCase: USE_CASE });
  }

  private async measure(): Promise<void> {
    await this.end();
    await this.system.api.get(UsageService, { strict: false }).measure();
    this.ledger.measure(this.time());
  }

  /** Switches, writes the audit row as the worker would, and remembers what the ledger expects of it. */
  private async make(body: object, first = false) {
    await this.end();
    const { body: answer } = await this.system.act({
      ...body,
      ...('conversationId' in body && { userId: 'anna' }),
    });
    expect(answer, JSON.stringify(answer)).toMatchObject({ success: true });
    const { switched, switchId: id, fromId: from, toId: to, conversationId } = answer.data;
    if (switched) {
      const made: LedgerSwitch = {
        id,
        from,
        to,
        conversation: conversationId ?? null,
        at: this.time(),
        first,
      };
      this.ledger.switches.push(made);
      this.estimates.set(id, this.ledger.estimate(made));
      await this.system.api.get(AuditService, { strict: false }).record(id);
    }
    return answer.data;
  }

  private async call(): Promise<void> {
    const conversation = this.one([...this.pins.keys()]);
    const model = this.modelOf(conversation);
    const outcome = this.random() < 0.1 ? 'failed' : 'answered';
    const route = new CallAttempts(USE_CASE, this.model(model), {}, 100 + Math.floor(this.random() * 900));
    const attempts = this.random() < 0.2 ? [this.breakOff(route, this.one(MODELS))] : [];
    attempts.push(outcome === 'failed' ? this.breakOff(route, model) : this.answer(route, model));
    const latencyMs = Math.floor(this.random() * 30_000);
    const { estimated, costUsd, priceVersion, ...usage } = route.lastBill!;
    const [startedAt, endedAt] = [this.time(), this.time(latencyMs)];
    await this.system.api.get(InvocationsService, { strict: false }).record(
      anInvocation({
        ...{ conversationId: conversation, useCase: USE_CASE, modelId: model, outcome, usage, estimated },
        ...{ costUsd, priceVersion, attempts: route.all, latencyMs, startedAt },
      }),
    );
    this.ledger.calls.push({ conversation, answered: outcome === 'answered', startedAt, endedAt, attempts });
    this.now += latencyMs;
  }

  /** Bedrock says nothing of what it bills: both estimate. */
  private breakOff(attempts: CallAttempts, model: string): LedgerAttempt {
    const written = Math.floor(this.random() * 4_000);
    const attempt = attempts.ask(this.model(model));
    attempt.wrote('x'.repeat(written));
    attempt.end('failed', 'stream_broken', true);
    const factor = model === OPUS ? 1.3 : 1;
    return {
      ...{ model, estimated: true, cacheRead: 0, cacheWrite: 0 },
      input: Math.ceil(attempts.inputTokens * factor),
      output: Math.ceil(Math.ceil(written / 4) * factor),
    };
  }

  private answer(attempts: CallAttempts, model: string): LedgerAttempt {
    const usage = {
      ...{ input: this.tokens(3_000), output: this.tokens(800) },
      ...{ cacheRead: this.tokens(9_000), cacheWrite: this.tokens(500) },
    };
    const attempt = attempts.ask(this.model(model));
    attempt.counted(usage);
    attempt.end('answered', null);
    return { model, estimated: false, ...usage };
  }

  private follow(conversation: string): void {
    this.ledger.follows.push({ conversation, from: this.now, until: Number.POSITIVE_INFINITY });
  }

  private modelOf(conversation: string): string {
    return this.pins.get(conversation) ?? this.active;
  }

  private model(id: string) {
    return this.system.api
      .get(CatalogueService, { strict: false })
      .snapshot()
      .models.find((model) => model.id === id)!;
  }

  private tokens(most: number): number {
    return this.random() < 0.3 ? 0 : Math.ceil(this.random() * most);
  }

  private one<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.random() * choices.length)]!;
  }

  private time(later = 0): Date {
    return new Date(this.now + later);
  }
}
