import type { Acknowledged } from '../../support/invariants.js';
import { isFinal, type Reply } from '../../support/retrying-client.js';
import type { SwitchRequest } from './http-client.js';

const MAX_COMPLAINTS = 10;

/** The answers that the clients of a load got, and what went wrong on the way. */
export class ClientRecord {
  readonly acknowledged: Acknowledged[] = [];
  /** How often each error was seen, also by a request that got through in the end. */
  readonly errors = new Map<string, number>();
  /** Every HTTP request by its status or the error that ended it, also what was asked again for an answer. */
  readonly outcomes = new Map<string, number>();
  /** Errors that no fault excuses: the first ten. */
  readonly wrong: string[] = [];
  /** The longest time in which nobody got an answer to a switch. */
  longestStallMs = 0;
  /** Requests, switched or not. */
  answered = 0;
  private answeredAt = performance.now();

  received(reply: Reply): Reply {
    increase(this.outcomes, String(reply.status));
    return reply;
  }

  note(request: SwitchRequest, reply: Reply): void {
    if (reply.status === 200) this.acknowledge(request, reply);
    else this.refuse(reply);
  }

  lost(error: NodeJS.ErrnoException): undefined {
    const timedOut = error.name === 'TimeoutError' || error.code === 'ABORT_ERR';
    const name = timedOut ? 'timeout' : String(error.code);
    increase(this.outcomes, name);
    increase(this.errors, name);
  }

  /** Adds the answers that the clients of another load got. */
  add({ acknowledged, errors, wrong }: ClientRecord): void {
    this.acknowledged.push(...acknowledged);
    for (const [error, times] of errors) increase(this.errors, error, times);
    for (const complaint of wrong) this.complain(complaint);
    this.answeredAt = performance.now();
  }

  complain(what: string): void {
    if (!this.isFull) this.wrong.push(what);
  }

  get isFull(): boolean {
    return this.wrong.length >= MAX_COMPLAINTS;
  }

  private acknowledge({ conversationId, idempotencyKey }: SwitchRequest, { text }: Reply): void {
    const now = performance.now();
    this.answered += 1;
    this.longestStallMs = Math.max(this.longestStallMs, now - this.answeredAt);
    this.answeredAt = now;
    const { switched, switchId, fromId, toId } = JSON.parse(text).data;
    // Else the conversation ran on that model already.
    if (switched) this.acknowledged.push({ switchId, conversationId, fromId, toId, idempotencyKey });
  }

  private refuse(reply: Reply): void {
    const { status, text, retryAfter } = reply;
    increase(this.errors, status === 409 ? '409 in progress' : String(status));
    if (isFinal(reply)) this.complain(`answered ${status}: ${text.slice(0, 300)}`);
    else if (status !== 409 && !(retryAfter >= 1))
      this.complain(`answered ${status} without Retry-After: ${text.slice(0, 300)}`);
  }
}

function increase(counts: Map<string, number>, name: string, by = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}
