import type { Answer, ApiClient } from './api-client.js';
import { CliFailure, EXIT } from './cli-failure.js';
import { type Output, stripControlChars } from './output.js';
import { problemOutput } from './problem-output.js';
import type { Grid, Page } from './render.js';
import { writeCsv, writeData } from './write-data.js';

/** One command: its request, and how the response is shown. */
export interface ApiCommand<T> {
  readonly send: (client: ApiClient, output: Output) => Promise<Answer<T>>;
  readonly show: (data: T, page: Page) => string;
  /** The rows of a list, for CSV and for `--quiet`, which shows their keys. */
  readonly grid?: (data: T, page: Page) => Grid;
  /** Shown with `--quiet`; nothing by default. */
  readonly quiet?: (data: T) => string;
  /** Goes to stderr, beside the answer. */
  readonly warning?: (data: T) => string | undefined;
  readonly exitCode?: (data: T) => number;
  /** Asked before the request where somebody can answer; undefined: it needs no answer. */
  readonly confirm?: (client: ApiClient, context: CliContext) => Promise<string | undefined>;
  /** The model the command names: an answer with a successor then comes with the command that uses it. */
  readonly modelId?: string;
}

export type RunCommand = <T>(command: ApiCommand<T>) => Promise<void>;

/** The result of a command that sends no request. */
export interface LocalResult {
  readonly data: object;
  readonly grid?: Grid;
  readonly show: (page: Page) => string;
}
export type RunLocal = (result: LocalResult) => Promise<void>;

/** Runs what is more than one request. Resolves when it has an exit code. */
export type RunStreaming = (work: (context: CliContext) => Promise<number>) => Promise<void>;

export interface CliContext {
  readonly client: ApiClient;
  /** A client of the same address with another credential; empty: without one. */
  readonly clientWith: (credential: string) => ApiClient;
  /** Address of the installation. @throws CliFailure */
  readonly address: () => string;
  readonly output: Output;
  readonly page: Page;
  /** A program reads the answer, which is then written as data and nothing else. */
  readonly isData: boolean;
  readonly isQuiet: boolean;
  /** Somebody can answer a question. */
  readonly isInteractive: boolean;
  /** Typed lines, one at a time. */
  readonly lines: AsyncIterable<string>;
}

/** Resolves to the exit code. With JSON or YAML only the body of the answer is written. */
export async function runCommand<T>(command: ApiCommand<T>, context: CliContext): Promise<number> {
  if (context.page.format === 'csv' && !command.grid)
    throw new CliFailure(
      'CSV is for lists, and this command shows none: use -o json or -o yaml.',
      EXIT.usage,
    );
  if (command.confirm && context.isInteractive) {
    const question = await command.confirm(context.client, context);
    if (question !== undefined && !(await isConfirmed(question, context))) return EXIT.refused;
  }
  const { data, error, response } = await command.send(context.client, context.output);
  if (!response.ok || error !== undefined) return showRefusal({ error, response }, context, command.modelId);
  // An answer without a body is that of a command whose `show` reads none.
  const answer = data as T;
  return explained(() => {
    const text = answerText(command, answer, context);
    if (text !== '') context.output.out(text);
    const warning = command.warning?.(answer);
    if (warning) context.output.err(warning);
    return command.exitCode?.(answer) ?? EXIT.ok;
  });
}

/** Asks; without a clear yes nothing is done. */
export async function isConfirmed(
  question: string,
  { output, isData, lines }: Pick<CliContext, 'output' | 'isData' | 'lines'>,
): Promise<boolean> {
  const text = `${stripControlChars(question)} [y/N] `;
  if (isData) output.err(text);
  else output.write(text);
  for await (const line of lines) {
    if (/^y(es)?$/i.test(line.trim())) return true;
    break;
  }
  if (isData) output.err('Nothing was changed.');
  else output.out('Nothing was changed.');
  return false;
}

/** @returns the exit code */
export function showRefusal(
  { error, response }: Pick<Answer<never>, 'error' | 'response'>,
  { client, output, page, isData }: Pick<CliContext, 'client' | 'output' | 'page' | 'isData'>,
  modelId?: string,
): number {
  if (isData) output.out(writeData(error, page.format));
  else output.err(problemOutput({ ...client.settings, error, response }, page, modelId));
  return EXIT.refused;
}

/** An empty text is not written. */
function answerText<T>(command: ApiCommand<T>, data: T, { page, isData, isQuiet }: CliContext): string {
  if (isData) return data === undefined ? '' : writeData(data, page.format);
  if (isQuiet) return command.quiet?.(data) ?? keysOf(command, data, page);
  if (page.format === 'csv') return writeCsv(command.grid?.(data, page).values(page) ?? []);
  return command.show(data, page);
}

const keysOf = <T>(command: ApiCommand<T>, data: T, page: Page): string =>
  (command.grid?.(data, page).keys(page) ?? []).map(stripControlChars).join('\n');

/** The types are those of the api: what does not fit them is the answer of something else. */
function explained<T>(show: () => T): T {
  try {
    return show();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw unknownAnswer();
  }
}

export const unknownAnswer = (): CliFailure =>
  new CliFailure(
    'The answer is not one this program knows. Does SUPABASE_URL name the orchestrator, in this release?\n' +
      '  See the answer as it is with --json.',
    EXIT.refused,
  );
