import { readFileSync } from 'node:fs';

/** A statement as PostgreSQL logs it. */
export interface LoggedStatement {
  sql: string;
  /** Of $1, $2, … as text; null: NULL. */
  parameters: (string | null)[];
}

const ENTRY = /^\d{4}-\d\d-\d\d .*? \[(\d+)\] (LOG|DETAIL): {2}([\s\S]*)$/;
const STATEMENT = /^(?:statement|execute [^:]+): ([\s\S]*)$/;
const PARAMETER = /\$\d+ = (?:'((?:[^']|'')*)'|NULL)/g;

/**
 * The one transaction that ran a statement with this text in it, from START TRANSACTION to COMMIT: what the program
 * really sent, so that nothing that is measured against it can drift away from it.
 * @param from where in the log to begin. @throws unless there is exactly one
 */
export function transactionWith(text: string, logFile: string, from: number): LoggedStatement[] {
  const found = transactionsIn(readFileSync(logFile).subarray(from).toString()).filter((transaction) =>
    transaction.some(({ sql }) => sql.includes(text)),
  );
  if (found.length !== 1) throw new Error(`PostgreSQL logged ${found.length} transactions with ${text}`);
  return found[0]!;
}

function transactionsIn(log: string): LoggedStatement[][] {
  const done: LoggedStatement[][] = [];
  const open = new Map<string, LoggedStatement[]>();
  for (const { session, sql, parameters } of entriesOf(log)) {
    if (/^(START TRANSACTION|BEGIN)/.test(sql)) open.set(session, []);
    const statements = open.get(session);
    if (sql) statements?.push({ sql, parameters: [] });
    else if (statements) statements.at(-1)!.parameters = parameters;
    if (sql === 'COMMIT') done.push(statements ?? []);
  }
  return done;
}

/** Statements, each followed by its parameters, if any. Continuation lines begin with a tab. */
function* entriesOf(log: string) {
  for (const line of log.replaceAll('\n\t', '\u0000').split('\n')) {
    const [, session = '', level, message = ''] = ENTRY.exec(line.replaceAll('\u0000', '\n')) ?? [];
    if (level === 'LOG' && STATEMENT.test(message))
      yield { session, sql: STATEMENT.exec(message)![1]!, parameters: [] };
    if (level === 'DETAIL') yield { session, sql: '', parameters: parametersOf(message) };
  }
}

const parametersOf = (detail: string): (string | null)[] =>
  [...detail.matchAll(PARAMETER)].map(([, value]) => value?.replaceAll("''", "'") ?? null);
