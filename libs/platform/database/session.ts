import type { EventEmitter } from 'node:events';
import type { PoolClient, QueryResult } from 'pg';
import type { Env } from '../config/env.js';

/** Settings of PostgreSQL by name, in its own notation; a number is in milliseconds. */
export type SessionSettings = Readonly<Record<string, string | number>>;

interface Query {
  name?: string;
  text: string;
  values?: unknown[];
  query_timeout?: number;
}
type Send = (query: Query) => Promise<QueryResult>;
type Callback = (error: Error | null, result?: QueryResult) => void;

/** Undocumented, and there for as long as there has been pg. */
interface Connected {
  processID: number;
  connection: EventEmitter;
}

const READ_ONLY = '25006';
const readOnly = new WeakSet<PoolClient>();
const shared = new WeakSet<PoolClient>();

/** Returns whether this connection was refused a change because its server takes none. */
export const isReadOnly = (client: PoolClient): boolean => readOnly.has(client);

/** Returns whether this connection has another session in each transaction. */
export const isShared = (client: PoolClient): boolean => shared.has(client);

/**
 * Makes every statement of a new connection run under these settings, also behind poolers, which lose or refuse startup
 * parameters. If the session is exclusive they are set once. In transaction pooling each transaction has another
 * session, which others use as well: see `SharedSession`.
 */
export async function prepareSession(
  client: PoolClient,
  settings: SessionSettings,
  pooling: Env['DATABASE_POOLING'],
): Promise<void> {
  // Between the pool's own listener and TypeORM's a lost connection would end the process.
  client.on('error', () => undefined);
  endWhenReadOnly(client);
  const isPooled = pooling === 'transaction' || (pooling === 'auto' && !(await isDirect(client)));
  if (isPooled) shareSession(client, settings);
  else await client.query(settingStatement(settings, { isLocal: false }));
}

/** Closes a connection whose server is read-only, e.g. demoted: the next connection may find a primary. */
function endWhenReadOnly(client: PoolClient): void {
  (client as unknown as Connected).connection.on('errorMessage', ({ code }: { code?: string }) => {
    if (code !== READ_ONLY || readOnly.has(client)) return;
    readOnly.add(client);
    void (client as unknown as { end(): Promise<void> }).end();
  });
}

/** Returns whether the session is the connection's: a pooler sends another process id than PostgreSQL has. */
async function isDirect(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
  return rows[0].pid === (client as unknown as Connected).processID;
}

/** Returns whether an error is that of a pooler in statement mode. */
export const refusesTransactions = (error: unknown): boolean =>
  (error as Error).message.includes('statement pooling');

function shareSession(client: PoolClient, settings: SessionSettings): void {
  const session = new SharedSession(
    client.query.bind(client) as Send,
    settingStatement(settings, { isLocal: true }),
  );
  const query = (first: string | Query, ...others: unknown[]) => {
    const values = others.find(Array.isArray) as unknown[] | undefined;
    const callback = others.find((other) => typeof other === 'function') as Callback | undefined;
    const answer = session.query(typeof first === 'string' ? { text: first, values } : { values, ...first });
    if (!callback) return answer;
    return void answer.then((result) => callback(null, result), callback);
  };
  Object.assign(client, { query });
  shared.add(client);
}

const NO_TRANSACTIONS =
  'DATABASE_URL leads to a pooler in statement mode, which allows no transactions: set the pooler to transaction or session mode.';
const BEGINS = /^\s*(BEGIN|START TRANSACTION)\b/i;
const ENDS = /^\s*(COMMIT|ROLLBACK)\b(?!\s+TO)/i;

/**
 * Sessions of a connection behind a pooler that assigns another one to each transaction. The settings are part of each
 * transaction. A statement outside of one gets a separate transaction. No statement has a name, which another session
 * would not know.
 */
export class SharedSession {
  private isInTransaction = false;

  constructor(
    private readonly send: Send,
    private readonly settings: string,
  ) {}

  query({ name: _, ...query }: Query): Promise<QueryResult> {
    if (BEGINS.test(query.text)) return this.begin(query.text);
    if (ENDS.test(query.text)) this.isInTransaction = false;
    else if (!this.isInTransaction) return this.alone(query);
    return this.send(query);
  }

  private async begin(text: string): Promise<QueryResult> {
    this.isInTransaction = true;
    try {
      return await this.send({ text: `${text}; ${this.settings}` });
    } catch (error) {
      this.isInTransaction = false;
      throw refusesTransactions(error) ? new Error(NO_TRANSACTIONS) : error;
    }
  }

  /** Waits for BEGIN, without which the statement would run under the settings of another client. */
  private async alone(query: Query): Promise<QueryResult> {
    await this.begin('BEGIN');
    this.isInTransaction = false;
    const [answer, end] = await Promise.allSettled([this.send(query), this.send({ text: 'COMMIT' })]);
    for (const outcome of [answer, end]) if (outcome.status === 'rejected') throw outcome.reason;
    return (answer as PromiseFulfilledResult<QueryResult>).value;
  }
}

/** A commit that is acknowledged must be durable, whatever the server, the database or the role is set to. */
const DURABLE = `set_config('synchronous_commit', CASE WHEN current_setting('synchronous_commit') IN ('off', 'local')
  THEN 'on' ELSE current_setting('synchronous_commit') END, `;

function settingStatement(settings: SessionSettings, { isLocal }: { isLocal: boolean }): string {
  const each = Object.entries(settings).map(
    ([name, value]) => `set_config('${name}', '${value}', ${isLocal})`,
  );
  return `SELECT ${[...each, `${DURABLE}${isLocal})`].join(', ')}`;
}
