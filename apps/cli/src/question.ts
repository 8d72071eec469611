import type { z } from 'zod';
import { CliFailure, EXIT } from './cli-failure.js';
import { type Output, plain } from './output.js';
import type { Page } from './page.js';
import { problemScreen } from './problem-screen.js';
import type { ServiceAnswer, ServiceClient } from './service-client.js';

/** One command: what it sends, what it understands of the answer, how it shows that. */
export interface Question<T> {
  readonly send: (service: ServiceClient, output: Output) => Promise<ServiceAnswer>;
  readonly answer: z.ZodType<T>;
  readonly show: (answer: T, page: Page) => string;
  /** Goes to stderr, beside the answer. */
  readonly warning?: (answer: T) => string | undefined;
  readonly exitCode?: (answer: T) => number;
  /** The model the command names: an answer with a successor then comes with the command that uses it. */
  readonly modelId?: string;
}

export type Ask = <T>(question: Question<T>) => Promise<void>;

/** Runs what is more than one question and answer. Resolves when it has an exit code. */
export type Watch = (work: (place: Place) => Promise<number>) => Promise<void>;

export interface Place {
  readonly service: ServiceClient;
  readonly output: Output;
  readonly page: Page;
  readonly json: boolean;
  /** Typed lines, one at a time. */
  readonly lines: AsyncIterable<string>;
}

/** Resolves to the exit code. With `json` only the body of the answer is written. */
export async function ask<T>(question: Question<T>, { service, output, page, json }: Place): Promise<number> {
  const answer = await question.send(service, output);
  if (answer.body === undefined) throw notOurs(answer);
  if (json) output.out(answer.text);
  if (!answer.ok) {
    if (!json) output.err(problemScreen(answer, page, question.modelId));
    return EXIT.refused;
  }
  const understood = question.answer.safeParse(answer.body);
  if (!understood.success) {
    throw new CliFailure(
      'The answer is not one this program knows. Does SUPABASE_URL name the orchestrator, in this release?\n' +
        '  See the answer as it is with --json.',
      EXIT.refused,
    );
  }
  if (!json) output.out(question.show(understood.data, page));
  const warning = question.warning?.(understood.data);
  if (warning) output.err(warning);
  return question.exitCode?.(understood.data) ?? EXIT.ok;
}

/** A proxy's page or a redirect; its text may be anything and helps nobody. */
function notOurs({ status, location }: ServiceAnswer): CliFailure {
  const what =
    location === null ? 'without JSON: a proxy or another program' : `with a redirect to ${plain(location)}`;
  return new CliFailure(
    `The other side answered ${status} ${what}.\n  Check SUPABASE_URL, and what stands between here and there.`,
    EXIT.refused,
  );
}
