import type { Writable } from 'node:stream';
import type { PoolClient, QueryResult } from 'pg';
import { OutcomeUnknownError } from '../errors/errors.js';
import { provesRollback } from './database-trouble.js';

/**
 * A statement of the hot path. Each connection has it parsed and planned once, under its name, which no other may have.
 * It names its columns: one with `*` would fail after a migration that adds a column.
 */
export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
}

/** Undocumented, and there for as long as there has been pg. */
interface Connected {
  connection: { stream: Writable };
}

/**
 * A transaction on a connection, with as few journeys as its questions need: BEGIN travels with the first statement,
 * COMMIT with the last. PostgreSQL runs them in the order in which they were sent, each with a snapshot of its own; what
 * is behind one that failed fails, too.
 */
export class PipelinedTransaction {
  private begun: Promise<unknown> | undefined;
  private readonly pendingWrites: Promise<unknown>[] = [];

  constructor(private readonly client: PoolClient) {}

  /** Whatever is sent after this call is inside the transaction, if the promise resolves. */
  begin(): Promise<unknown> {
    this.begun ??= watched(this.submit('BEGIN ISOLATION LEVEL READ COMMITTED'));
    return this.begun;
  }

  /** @returns the rows */
  async query<Row>(statement: PreparedStatement, values: unknown[]): Promise<Row[]> {
    const [, { rows }] = await Promise.all([this.begin(), this.submit({ ...statement, values })]);
    return rows as Row[];
  }

  /** For a write that has no answer. Whether it went well is seen at the commit, which fails if it did not. */
  queueWrite(statement: PreparedStatement, values: unknown[]): void {
    void this.begin();
    this.pendingWrites.push(watched(this.submit({ ...statement, values })));
  }

  /** @throws what the first of the writes failed with; OutcomeUnknownError where the commit may have been done */
  async commit(): Promise<void> {
    if (this.begun === undefined) return;
    const commit = this.submit('COMMIT');
    const sent = await Promise.allSettled([this.begun, ...this.pendingWrites, commit]);
    const failures = sent.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason);
    // PostgreSQL does all that was sent, also where its answer is lost, unless it refused a part.
    if (failures.length > 0) throw failures.find(provesRollback) ?? new OutcomeUnknownError(failures[0]);
    const { command } = await commit;
    // PostgreSQL answers so, without an error, where a statement had failed.
    if (command !== 'COMMIT') throw new Error(`the transaction ended with ${command}`);
  }

  /** Never throws: a connection that cannot do this is lost, and PostgreSQL rolls back what was on it. */
  async rollback(): Promise<void> {
    if (this.begun !== undefined) await this.submit('ROLLBACK').catch(() => undefined);
  }

  /** What a write failed with, if that is why everything behind it did. */
  async failure(): Promise<unknown> {
    const outcomes = await Promise.allSettled([this.begun, ...this.pendingWrites]);
    return outcomes.find((outcome) => outcome.status === 'rejected')?.reason;
  }

  /** What is sent in one go leaves in one packet. */
  private submit(query: string | { name: string; text: string; values: unknown[] }): Promise<QueryResult> {
    const { stream } = (this.client as unknown as Connected).connection;
    if (stream.writableCorked === 0) {
      stream.cork();
      process.nextTick(() => stream.uncork());
    }
    return this.client.query(query);
  }
}

/** Its failure is told later, and is no unhandled rejection until then. */
function watched<T>(answer: Promise<T>): Promise<T> {
  answer.catch(() => undefined);
  return answer;
}
