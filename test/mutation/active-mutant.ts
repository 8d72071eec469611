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
const WITH_MUTANT = { usualMs: 5_000, mostMs: 20_000 };
/** Without one every condition comes, however slow the machine is; within `testTimeout`. */
const WITHOUT_MUTANT_MS = 40_000;

const waitOf = (timeout: number | undefined): number =>
  shared.mutation?.mutant
    ? Math.min(timeout ?? WITH_MUTANT.usualMs, WITH_MUTANT.mostMs)
    : Math.max(timeout ?? 0, WITHOUT_MUTANT_MS);

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

/** @param name of a function that waits as long as its options say */
function limitWaits<Key extends string>(object: Record<Key, AnyFunction>, name: Key): void {
  const wait = object[name] as (condition: unknown, options?: { timeout?: number } | number) => unknown;
  object[name] = (condition: never, options: never) => {
    const given: { timeout?: number } = typeof options === 'number' ? { timeout: options } : (options ?? {});
    return wait(condition, { ...given, timeout: waitOf(given.timeout) });
  };
}

if (!shared.mutation) {
  shared.mutation = { mutant: null, seen: new Set() };
  changeStatements(shared.mutation);
  limitWaits(vi as never, 'waitFor' as never);
  limitWaits(vi as never, 'waitUntil' as never);
  limitWaits(expect as never, 'poll' as never);
}
