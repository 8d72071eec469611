import { Decimal } from 'decimal.js';

/** An account of money that knows prices, calls and switches, and nothing of how the product keeps its own. */

export interface LedgerPrice {
  model: string;
  from: Date;
  /** USD per 1,000 tokens. */
  input: string;
  output: string;
  cacheRead: string | null;
  cacheWrite: string | null;
}
export interface Tokens {
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite: number;
}
export interface LedgerAttempt extends Tokens {
  model: string;
  estimated: boolean;
}
export interface LedgerCall {
  conversation: string;
  answered: boolean;
  startedAt: Date;
  endedAt: Date;
  /** Those that Bedrock bills, the last attempt last. */
  attempts: LedgerAttempt[];
}
export interface LedgerSwitch {
  id: string;
  /** Null: of the use case. */
  conversation: string | null;
  from: string;
  to: string;
  at: Date;
  first: boolean;
}
/** Of the one use case of the account. */
export interface Expectation {
  inputTokens: number;
  outputTokens: number;
  exchangesPerConversation: number;
  exchangesPer30Days: number;
}

const KINDS = ['input', 'output', 'cacheRead', 'cacheWrite'] as const;
const DAY = 86_400_000;
const HOUR = 3_600_000;
const NONE: Tokens = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
const plus = (a: Tokens, b: Tokens): Tokens => ({
  input: a.input + b.input,
  output: a.output + b.output,
  cacheRead: a.cacheRead + b.cacheRead,
  cacheWrite: a.cacheWrite + b.cacheWrite,
});
const times = (tokens: Tokens, factor: number): Tokens => ({
  input: tokens.input * factor,
  output: tokens.output * factor,
  cacheRead: tokens.cacheRead * factor,
  cacheWrite: tokens.cacheWrite * factor,
});

interface Measurement {
  exchanges: number;
  tokens: Tokens;
  days: number;
  median: number;
}

export class Ledger {
  readonly prices: LedgerPrice[] = [];
  readonly calls: LedgerCall[] = [];
  readonly switches: LedgerSwitch[] = [];
  /** Which conversations follow the use case, from when until when. */
  readonly follows: { conversation: string; from: number; until: number }[] = [];
  measurement: Measurement | null = null;

  /** @param factors tokens that a model counts where most count one */
  constructor(
    private readonly factors: Record<string, number>,
    private readonly expected: Expectation,
  ) {}

  costOf({ model, ...tokens }: { model: string } & Tokens, at: Date): Decimal | null {
    return this.at(this.priceOf(model, at), tokens, false);
  }

  /** Cost and tokens by any key of an attempt. */
  usage(keyOf: (call: LedgerCall, attempt: LedgerAttempt) => string) {
    const sums = new Map<string, Tokens & { cost: Decimal; unknown: number; estimated: number }>();
    for (const call of this.calls)
      for (const attempt of call.attempts) {
        const key = keyOf(call, attempt);
        const sum = sums.get(key) ?? { ...NONE, cost: new Decimal(0), unknown: 0, estimated: 0 };
        const cost = this.costOf(attempt, call.startedAt);
        sums.set(key, {
          ...plus(sum, attempt),
          cost: sum.cost.add(cost ?? 0),
          unknown: sum.unknown + Number(cost === null),
          estimated: sum.estimated + Number(attempt.estimated),
        });
      }
    return sums;
  }

  /** Measures the calls so far. */
  measure(now: Date): void {
    const recent = this.calls.filter(
      ({ startedAt }) => hourOf(startedAt) > now.getTime() - 30 * DAY && startedAt <= now,
    );
    const exchanges = recent.filter(({ answered }) => answered).length;
    if (exchanges === 0) return;
    const tokens = recent
      .flatMap(({ attempts }) => attempts)
      .reduce((sum, attempt) => plus(sum, times(attempt, 1 / this.factor(attempt.model))), NONE);
    const first = Math.min(...this.calls.map(({ startedAt }) => hourOf(startedAt)));
    const days = Math.min(30, Math.max(1 / 24, (now.getTime() - first) / DAY));
    const lengths = [...new Set(recent.map(({ conversation }) => conversation))]
      .map((conversation) => this.exchangesOf(conversation).length)
      .filter((length) => length > 0)
      .toSorted((a, b) => a - b);
    const middle = (lengths.length - 1) / 2;
    const median = (lengths[Math.floor(middle)]! + lengths[Math.ceil(middle)]!) / 2;
    this.measurement = { exchanges, tokens, days, median };
  }

  /** Estimates what a switch saves; null where nothing can be saved. */
  estimate(made: LedgerSwitch): { saved: Decimal; gross: Decimal; exchanges: number } | null {
    if (made.first) return null;
    const { perExchange, exchanges } = this.volume(made);
    const [before, after] = [made.from, made.to].map((model) =>
      this.at(this.priceOf(model, made.at), times(perExchange, this.factor(model)), true)!.mul(exchanges),
    );
    return { saved: before!.sub(after!), gross: before!.add(after!), exchanges };
  }

  /** Adds up what a switch has saved by the calls that it brought to its model. @param calls how many may count */
  saved(made: LedgerSwitch, calls: number): { calls: number; saved: Decimal; unknown: number } {
    const governed = this.calls
      .filter((call) => call.answered && call.attempts.at(-1)!.model === made.to)
      .filter((call) => !made.first && this.governing(call)?.id === made.id)
      .filter((call) => made.conversation !== null || call.startedAt.getTime() < made.at.getTime() + 30 * DAY)
      .slice(0, calls);
    const savings = governed.map(({ attempts, startedAt }) => {
      const { model, ...tokens } = attempts.at(-1)!;
      const cost = this.costOf({ model, ...tokens }, startedAt);
      const otherwise = times(tokens, this.factor(made.from) / this.factor(model));
      return cost && this.at(this.priceOf(made.from, startedAt), otherwise, true)!.sub(cost);
    });
    const known = savings.filter((saving) => saving !== null);
    const saved = known.reduce((sum, saving) => sum.add(saving), new Decimal(0));
    return { calls: governed.length, saved, unknown: governed.length - known.length };
  }

  private volume({ conversation, from }: LedgerSwitch): { perExchange: Tokens; exchanges: number } {
    const { expected, measurement } = this;
    const share = measurement ? Math.min(1, measurement.days / 7) : 0;
    const measured = measurement
      ? {
          exchanges: (measurement.exchanges * 30) / measurement.days,
          tokens: times(measurement.tokens, 1 / measurement.exchanges),
        }
      : { exchanges: 0, tokens: NONE };
    const configured = { ...NONE, input: expected.inputTokens, output: expected.outputTokens };
    const total = plus(
      times(measured.tokens, measured.exchanges * share),
      times(configured, expected.exchangesPer30Days * (1 - share)),
    );
    const exchanges = measured.exchanges * share + expected.exchangesPer30Days * (1 - share);
    const usual = times(total, 1 / exchanges);
    if (conversation === null) return { perExchange: usual, exchanges };
    const had = this.exchangesOf(conversation);
    const length = (measurement?.median ?? 0) * share + expected.exchangesPerConversation * (1 - share);
    const left = Math.max(1, length - had.length);
    if (had.length === 0) return { perExchange: usual, exchanges: left };
    const own = had.map(({ attempts }) => attempts.at(-1)!).reduce(plus, NONE);
    return { perExchange: times(own, 1 / had.length / this.factor(from)), exchanges: left };
  }

  private exchangesOf(conversation: string): LedgerCall[] {
    return this.calls.filter((call) => call.conversation === conversation && call.answered);
  }

  private governing(call: LedgerCall): LedgerSwitch | undefined {
    return this.switches.findLast(({ conversation, at }) => {
      if (at > call.endedAt) return false;
      if (conversation !== null) return conversation === call.conversation;
      return this.follows.some(
        (span) =>
          span.conversation === call.conversation && span.from < at.getTime() && at.getTime() <= span.until,
      );
    });
  }

  private priceOf(model: string, at: Date): LedgerPrice {
    return this.prices.findLast((price) => price.model === model && price.from <= at)!;
  }

  /** @param asInput a model without a price for cached tokens reads them as input; else their cost is not known */
  private at(price: LedgerPrice, tokens: Tokens, asInput: boolean): Decimal | null {
    let sum = new Decimal(0);
    for (const kind of KINDS) {
      if (tokens[kind] === 0) continue;
      const per1k = price[kind] ?? (asInput ? price.input : null);
      if (per1k === null) return null;
      sum = sum.add(new Decimal(per1k).mul(tokens[kind]).div(1000));
    }
    return sum;
  }

  private factor(model: string): number {
    return this.factors[model] ?? 1;
  }
}

export const hourOf = (time: Date): number => Math.floor(time.getTime() / HOUR) * HOUR;
