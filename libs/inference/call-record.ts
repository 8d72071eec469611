import type { Model } from '#libs/catalogue/catalogue.js';
import type { Bill, Invocation } from '#libs/costs/invocation.js';
import { refusalOfStop } from '#libs/platform/bedrock/failure-policy.js';
import type { AnswerPart } from './fallback-engine.js';
import type { CallFailure } from './inference.errors.js';
import type { ModelCall } from './model-call.js';

/** Id of a call, whom it is for and who makes it. */
export type CallSubject = Pick<
  Invocation,
  | 'id'
  | 'requestId'
  | 'conversationId'
  | 'useCase'
  | 'userId'
  | 'actor'
  | 'onBehalfOf'
  | 'keyOwner'
  | 'wire'
  | 'bodyFamily'
  | 'forms'
  | 'follows'
>;

const NOTHING: Bill = {
  input: 0,
  output: 0,
  cacheRead: 0,
  cacheWrite: 0,
  estimated: false,
  costUsd: '0.000000000',
  priceVersion: null,
};

/** Collects what is recorded of one call. It never holds any text. */
export class CallRecord {
  /** Model of the last part. */
  model: Model;
  private end: Extract<AnswerPart, { type: 'end' }> | undefined;

  constructor(
    private readonly subject: CallSubject,
    private readonly call: ModelCall,
    private readonly startedAt: Date,
  ) {
    this.model = call.attempts.first;
  }

  note(part: AnswerPart): void {
    if (part.type !== 'text') this.model = part.model;
    if (part.type === 'end') this.end = part;
  }

  /** @param failure why there was no answer; null: there was one, a refusal perhaps */
  invocation(failure: CallFailure | null): Invocation {
    const { attempts } = this.call;
    const refusal = this.end ? refusalOfStop(this.end.stopReason) : null;
    const { estimated, costUsd, costUnknown, priceVersion, ...usage } = this.bill;
    return {
      ...this.subject,
      modelId: (attempts.lastAsked ?? this.model).id,
      control: attempts.lastStanding?.control ?? null,
      modelRole: attempts.lastStanding?.role ?? null,
      outcome: failure?.outcome ?? refusal ?? 'answered',
      errorKind: failure?.kind ?? refusal,
      stopReason: this.end?.stopReason ?? null,
      usage,
      estimated,
      costUsd,
      ...(costUnknown && { costUnknown }),
      priceVersion,
      attempts: attempts.all,
      latencyMs: Math.round(this.call.elapsedMs),
      firstTextMs: this.end?.firstTextMs ?? null,
      streamed: this.call.stream,
      startedAt: this.startedAt,
    };
  }

  /** Bill of the last attempt. */
  get bill(): Bill {
    const { lastBill, lastAsked } = this.call.attempts;
    return lastBill ?? { ...NOTHING, priceVersion: lastAsked?.price.version ?? null };
  }
}
