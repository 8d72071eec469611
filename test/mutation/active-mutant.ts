import pg from 'pg';
import { expect, vi } from 'vitest';
import { marksIn, type SqlMutant, unmarked } from './sql-sources.js';

/** Shared with `mutants.spec.ts`, whose modules are others. */
export interface MutationState {
  mutant: Pick<SqlMutant, 'id' | 'to'> | null;
  /** Marks in the statements that were sent since it was emptied. */
  seen: Set<string>;
}

type Statement = string | { text: string; name?: string };
type AnyFunction = (...parameters: never[]) => unknown;

const shared = globalThis as typeof globalThis & { mutation?: MutationState };

/** A condition that a mutant prevents never comes: waiting for it shorter loses nothing. */
const MAX_WAIT_MS = 20_000;

function sent(statement: Statement, { mutant, seen }: MutationState): Statement {
  const text = typeof statement === 'string' ? statement : statement.text;
  if (typeof text !== 'string' || !text.includes('/*')) return statement;
  for (const mark of marksIn(text)) seen.add(mark);
  const changed = unmarked(text, mutant ?? undefined);
  if (typeof statement === 'string') return changed;
  // A connection refuses another text under a name that it has prepared.
  const isMutated = mutant !== null && marksIn(text).has(mutant.id);
  if (statement.name && isMutated) statement = { ...statement, name: `${statement.name}-${mutant.id}` };
  return Object.assign(statement, { text: changed });
}

function changeStatements(state: MutationState): void {
  const prototype = pg.Client.prototype as unknown as { query: (...parameters: unknown[]) => unknown };
  const { query } = prototype;
  prototype.query = function (statement, ...parameters) {
    return query.call(this, sent(statement as Statement, state), ...parameters);
  };
}

function shorten<Key extends string>(object: Record<Key, AnyFunction>, name: Key): void {
  const wait = object[name] as (condition: unknown, options?: { timeout?: number } | number) => unknown;
  object[name] = (condition: never, options: never) => {
    const given: { timeout?: number } = typeof options === 'number' ? { timeout: options } : (options ?? {});
    return wait(condition, { ...given, timeout: Math.min(given.timeout ?? 1_000, MAX_WAIT_MS) });
  };
}

if (!shared.mutation) {
  shared.mutation = { mutant: null, seen: new Set() };
  changeStatements(shared.mutation);
  shorten(vi as never, 'waitFor' as never);
  shorten(vi as never, 'waitUntil' as never);
  shorten(expect as never, 'poll' as never);
}
