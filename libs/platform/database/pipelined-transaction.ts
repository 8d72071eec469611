import type { Writable } from 'node:stream';
import type { PoolClient, QueryResult } from 'pg';
import { OutcomeUnknownError } from '../errors/errors.js';
import { provesRollback } from './database-trouble.js';

/**
 * Statement of the hot path. Each connection parses and plans it once, under its unique name. It lists its columns: one
 * with `*` would fail after a migration that adds a column.
 */
export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
}

/** Undocumented property of pg that all its releases have. */
interface Connected {
  connection: { stream: Writable };
}

/**
 * Transaction with as few round trips as possible: BEGIN is sent with the first statement, COMMIT with the last.
 * PostgreSQL runs them in the order in which they were sent, each with a separate snapshot. If one fails, those after
 * it fail, too.
 */
export class PipelinedTransaction {
  private begun: Promise<unknown> | undefined;
  private readonly pendingWrites: Promise<unknown>[] = [];

  constructor(private readonly client: PoolClient) {}

  /** Starts the transaction. Statements that are sent after this call are inside it, if the promise resolves. */
  begin(): Promise<unknown> {
    this.begun ??= watched(this.submit('BEGIN ISOLATION LEVEL READ COMMITTED'));
    return this.begun;
  }

  /** @returns the rows */
  async query<Row>(statement: PreparedStatement, values: unknown[]): Promise<Row[]> {
    const [, { rows }] = await Promise.all([this.begin(), this.submit({ ...statement, values })]);
    return rows as Row[];
  }

  /** Sends a write without waiting. If it fails, the commit fails. */
  queueWrite(statement: PreparedStatement, values: unknown[]): void {
    void this.begin();
    this.pendingWrites.push(watched(this.submit({ ...statement, values })));
  }

  /** @throws the error of the first failed write; OutcomeUnknownError if the commit may have succeeded */
  async commit(): Promise<void> {
    if (this.begun === undefined) return;
    const commit = this.submit('COMMIT');
    const sent = await Promise.allSettled([this.begun, ...this.pendingWrites, commit]);
    const failures = sent.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason);
    // PostgreSQL executes all that was sent, even if its response is lost, unless it refused a part.
    if (failures.length > 0) throw failures.find(provesRollback) ?? new OutcomeUnknownError(failures[0]);
    const { command } = await commit;
    // PostgreSQL responds so, without an error, if a statement had failed.
    if (command !== 'COMMIT') throw new Error(`the transaction ended with ${command}`);
  }

  /** Never throws: PostgreSQL rolls back when the connection is lost. */
  async rollback(): Promise<void> {
    if (this.begun !== undefined) await this.submit('ROLLBACK').catch(() => undefined);
  }

  /** Returns the error of a failed write, which made all statements after it fail. */
  async failure(): Promise<unknown> {
    const outcomes = await Promise.allSettled([this.begun, ...this.pendingWrites]);
    return outcomes.find((outcome) => outcome.status === 'rejected')?.reason;
  }

  /** Sends the statements of one tick in one packet. */
  private submit(query: string | { name: string; text: string; values: unknown[] }): Promise<QueryResult> {
    const { stream } = (this.client as unknown as Connected).connection;
    if (stream.writableCorked === 0) {
      stream.cork();
      process.nextTick(() => stream.uncork());
    }
    return this.client.query(query);
  }
}

/** Prevents an unhandled rejection: the failure is reported at the commit. */
function watched<T>(answer: Promise<T>): Promise<T> {
  answer.catch(() => undefined);
  return answer;
}
