import { type Command, InvalidArgumentError, Option } from 'commander';
import { CliFailure, EXIT } from './cli-failure.js';
import { nonEmpty } from './command-help.js';

export type Options = Readonly<Record<string, unknown>>;

/** One option of a command that becomes one field of the request. */
export interface Field {
  readonly flags: string;
  readonly description: string;
  /** Name of the field in the API. */
  readonly field: string;
  readonly read: (given: string) => unknown;
}

export const field = (flags: string, field: string, description: string, read: Field['read']): Field => ({
  flags,
  field,
  description,
  read,
});

/** Commander takes a null for "no value given". */
const NONE = Symbol('none');

export function withFields(command: Command, fields: readonly Field[], required: readonly string[] = []) {
  for (const { flags, description, field, read } of fields)
    command.addOption(
      new Option(flags, description).argParser(read).makeOptionMandatory(required.includes(field)),
    );
  return command;
}

/** The fields that were given, under the names of the service: `Body` is the request that they are of. */
export function bodyOf<Body extends object>(fields: readonly Field[], options: Options): Body {
  const given = fields.map(
    ({ flags, field }) => [field, options[new Option(flags).attributeName()]] as const,
  );
  return Object.fromEntries(
    given
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => [field, value === NONE ? null : value]),
  ) as Body;
}

/** As `bodyOf`, for a command that would do nothing without any. @throws CliFailure */
export function changesOf<Body extends object>(fields: readonly Field[], options: Options): Body {
  const body = bodyOf<Body>(fields, options);
  if (Object.keys(body).length > 0) return body;
  const flags = fields.map((field) => field.flags.split(' ')[0]).join(', ');
  throw new CliFailure(`Nothing to change was named. Name at least one of ${flags}.`, EXIT.usage);
}

export const text = nonEmpty;

export function names(given: string): string[] {
  const items = given.split(',').map((item) => item.trim());
  if (items.includes('')) throw new InvalidArgumentError('It must be a list such as a,b,c.');
  return items;
}

export function count(given: string): number {
  if (!/^\d{1,15}$/.test(given)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(given);
}

export function factor(given: string): number {
  if (!/^\d{1,2}(\.\d{1,3})?$/.test(given))
    throw new InvalidArgumentError('It must be a number such as 1.3.');
  return Number(given);
}

/** Stays text: as a number it would not be exact. */
export function usd(given: string): string {
  if (!/^\d+(\.\d+)?$/.test(given)) throw new InvalidArgumentError('It must be USD such as 0.00033.');
  return given;
}

/** `id:version`, which is required, or `id:version:optional`. */
export function guardrail(given: string): { id: string; version: string; required: boolean } {
  const [, id, version, optional] = /^(.+):([1-9]\d*|DRAFT)(:optional)?$/.exec(given) ?? [];
  if (!id || !version)
    throw new InvalidArgumentError('It must be id:version, such as gr12ab34cd:3, or id:version:optional.');
  return { id, version, required: optional === undefined };
}

/** `guardrail=yes,topP=no`; `unknown` removes the value. */
export function capabilities(given: string): Record<string, boolean | null> {
  const pairs = names(given).map((item) => /^(\w+)=(yes|no|unknown)$/.exec(item));
  if (pairs.includes(null))
    throw new InvalidArgumentError('It must be a list such as guardrail=yes,topP=no,temperature=unknown.');
  return Object.fromEntries(
    pairs.map((pair) => [pair![1], pair![2] === 'unknown' ? null : pair![2] === 'yes']),
  );
}

/** A JSON object; `none` is an empty one. */
export function jsonObject(given: string): object {
  if (given === 'none') return {};
  try {
    const value: unknown = JSON.parse(given);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {}
  throw new InvalidArgumentError(`It must be a JSON object such as '{"cacheWrite1hPer1k":"0.0066"}'.`);
}

export function yesOrNo(given: string): boolean {
  return oneOf('yes', 'no')(given) === 'yes';
}

export function oneOf(...choices: readonly string[]): (given: string) => string {
  return (given) => {
    if (!choices.includes(given))
      throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`);
    return given;
  };
}

/** `none` takes the value away. */
export function orNone(read: (given: string) => unknown): (given: string) => unknown {
  return (given) => (given === 'none' ? NONE : read(given));
}
