import type { Operation, Plane } from './operations.js';

/** A call that was seen. Never holds a prompt, an answer or a secret. */
export interface Call {
  id: number;
  /** Time of arrival, ISO 8601. */
  at: string;
  plane: Plane;
  operation: Operation;
  modelId: string | null;
  httpVersion: '1.1' | '2';
  /** Numbers the connections in the order in which they were opened. */
  connection: number;
  auth: 'sigv4' | 'bearer' | null;
  /** `running`, `ok`, `cut`, `truncated`, `malformed`, `client_gone`, or the name of the error. */
  outcome: string;
  status: number | null;
  /** Guardrail that the call applied; null: none. */
  guardrail: string | null;
  /** Stream events sent. */
  events: number;
  firstTextMs: number | null;
  durationMs: number | null;
}

/** A call while it runs. */
export class RunningCall {
  private readonly startedAt = performance.now();

  constructor(readonly call: Call) {}

  sentEvent(beginsContent: boolean): void {
    this.call.events += 1;
    if (beginsContent) this.call.firstTextMs = this.elapsedMs();
  }

  end(outcome: string, status: number | null): void {
    Object.assign(this.call, { outcome, status, durationMs: this.elapsedMs() });
  }

  elapsedMs(): number {
    return Math.round(performance.now() - this.startedAt);
  }
}

/** The last calls, the oldest dropped first. */
export class CallLog {
  private calls: Call[] = [];
  private seen = 0;

  constructor(private readonly limit: number) {}

  begin(
    call: Omit<
      Call,
      'id' | 'at' | 'outcome' | 'status' | 'guardrail' | 'events' | 'firstTextMs' | 'durationMs'
    >,
  ) {
    this.seen += 1;
    const at = new Date().toISOString();
    const fresh = {
      outcome: 'running',
      status: null,
      guardrail: null,
      events: 0,
      firstTextMs: null,
      durationMs: null,
    };
    const running = new RunningCall({ id: this.seen, at, ...call, ...fresh });
    this.calls.push(running.call);
    if (this.calls.length > this.limit) this.calls.shift();
    return running;
  }

  /** Calls seen since the last clearing, those that were dropped included. */
  get total(): number {
    return this.seen;
  }

  list(): Call[] {
    return [...this.calls];
  }

  clear(): void {
    this.calls = [];
    this.seen = 0;
  }
}
