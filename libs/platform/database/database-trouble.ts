import { QueryFailedError } from 'typeorm';
import { OutcomeUnknownError, UnavailableError } from '../errors/errors.js';

/** Cause of a failed statement. Only a `bug` is a fault of the statement. */
export type DatabaseTrouble = 'away' | 'read_only' | 'login_refused' | 'right_missing' | 'bug';

/** Every class of SQLSTATE that PostgreSQL has, and its trouble unless the whole code is below. */
const CLASSES = {
  '00': 'bug', // successful completion
  '01': 'bug', // warning
  '02': 'bug', // no data
  '03': 'bug', // statement not yet complete
  '08': 'away', // connection exception; most of what a pooler says
  '09': 'bug', // triggered action
  '0A': 'bug', // feature not supported
  '0B': 'bug', // transaction initiation
  '0F': 'bug', // locator
  '0L': 'right_missing', // grantor
  '0P': 'right_missing', // role
  '0Z': 'bug', // diagnostics
  '10': 'bug', // XQuery
  '20': 'bug', // case not found
  '21': 'bug', // cardinality
  '22': 'bug', // data
  '23': 'bug', // integrity constraint
  '24': 'bug', // cursor state
  '25': 'bug', // transaction state
  '26': 'bug', // statement name
  '27': 'bug', // triggered data change
  '28': 'login_refused', // authorisation
  '2B': 'bug', // dependent privileges
  '2D': 'bug', // transaction termination
  '2F': 'bug', // SQL routine
  '34': 'bug', // cursor name
  '38': 'bug', // external routine
  '39': 'bug', // external routine invocation
  '3B': 'bug', // savepoint
  '3D': 'login_refused', // there is no such database
  '3F': 'bug', // schema name
  '40': 'away', // transaction rollback: deadlock, serialisation
  '42': 'bug', // syntax, or access rule
  '44': 'bug', // check option
  '53': 'away', // resources: disk, memory, connections
  '54': 'bug', // program limit
  '55': 'bug', // object state
  '57': 'away', // operator: shutdown, crash, start, time-out
  '58': 'away', // system: input and output
  '72': 'away', // snapshot
  F0: 'away', // configuration file
  HV: 'bug', // foreign data
  P0: 'bug', // PL/pgSQL: what our own triggers raise
  XX: 'away', // internal error; also what Supavisor says of logins and limits
} satisfies Record<string, DatabaseTrouble>;

const CODES: Record<string, DatabaseTrouble> = {
  '25006': 'read_only', // a standby, a demoted primary, a disk that is full
  '25P03': 'away', // idle in a transaction for too long
  '25P04': 'away', // in a transaction for too long
  '42501': 'right_missing',
  '55P03': 'away', // a lock was not free in time
};

const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  // A container or pod gets this if its resolver cannot answer, also while the server's name is missing.
  'EAI_AGAIN',
]);
const DRIVER =
  /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|not queryable|QueryRunner(Provider)?AlreadyReleased|Query read timeout/i;

/** Returns the trouble of an error, or undefined if neither PostgreSQL nor the connection caused it. */
export function troubleOf(error: unknown): DatabaseTrouble | undefined {
  if (!(error instanceof Error)) return undefined;
  const cause = causeOf(error);
  const code = String((cause as { code?: unknown }).code ?? '');
  if (NETWORK.has(code) || DRIVER.test(`${error.name} ${cause.message}`)) return 'away';
  if (!/^[\dA-Z]{5}$/.test(code)) return undefined;
  return CODES[code] ?? CLASSES[code.slice(0, 2) as keyof typeof CLASSES];
}

/** Returns whether a starting process should wait, because PostgreSQL may recover. */
export function isDatabaseAway(error: unknown): boolean {
  const trouble = troubleOf(error);
  return trouble === 'away' || trouble === 'read_only';
}

/**
 * Returns whether an error of a statement that was sent before a COMMIT proves that nothing was committed: PostgreSQL
 * responded, and the connection was intact.
 */
export function provesRollback(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code = '', severity = 'ERROR' } = causeOf(error) as { code?: string; severity?: string };
  const answered = /^[\dA-Z]{5}$/.test(code) && code.slice(0, 2) in CLASSES;
  return answered && severity === 'ERROR' && !/^(08|57P|58|XX)/.test(code);
}

const UNAVAILABLE = {
  away: {
    code: 'database_unavailable',
    message:
      // words-ok: the sentence that clients know
      'The database is not available right now. Try again shortly; with an Idempotency-Key a switch is done once at most.',
  },
  read_only: {
    code: 'database_read_only',
    message:
      'The database accepts no changes right now. Try again in 1 second. With an Idempotency-Key, a switch is done at most once.',
  },
  login_refused: {
    code: 'database_login_refused',
    message:
      'The database refuses the login of this service right now. Try again later, or inform the operator.',
  },
  right_missing: {
    code: 'database_right_missing',
    message: 'The database refuses a right that this service needs. Try again later, or inform the operator.',
  },
} satisfies Record<Exclude<DatabaseTrouble, 'bug'>, { code: string; message: string }>;

/** Returns a 503 if PostgreSQL caused the error; every other error unchanged. */
export function asUnavailable(error: unknown): unknown {
  const trouble = troubleOf(error);
  if (error instanceof QueryFailedError && error.driverError instanceof OutcomeUnknownError)
    return error.driverError;
  if (trouble === undefined || trouble === 'bug') return error;
  const { code, message } = UNAVAILABLE[trouble];
  return new UnavailableError(code, message, { cause: error });
}

function causeOf(error: Error): Error {
  return error instanceof QueryFailedError ? (error.driverError as Error) : error;
}
