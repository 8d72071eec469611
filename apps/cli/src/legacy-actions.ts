import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Schemas } from '#libs/client/client.js';
import type { Answer, ApiClient, Effect } from './api-client.js';
import { type ApiCommand, unknownAnswer } from './run-command.js';

type Action = Schemas['OrchestrateRequest'];
type Command<T> = Omit<ApiCommand<T>, 'send'> & { readonly schema: z.ZodType<T> };

const PATH = '/functions/v1/orchestrate-bedrock-models';

export const readingAction = <T>(body: Action, command: Command<T>): ApiCommand<unknown> =>
  toCommand(command, (client) => sendAction(client, body, 'read'));

/** An action that calls a model: it is slow, and a repetition costs again. */
export const slowAction = <T>(body: Action, command: Command<T>): ApiCommand<unknown> =>
  toCommand(command, (client) => sendAction(client, body, 'once'));

/**
 * One key per invocation: should the answer get lost, the second attempt is the same request to the service.
 * @param ifMatch reads the ETag of a preview; another switch since then has this one refused
 */
export const writingAction = <T>(
  body: Action,
  command: Command<T>,
  ifMatch: () => string | undefined = () => undefined,
): ApiCommand<unknown> => {
  const idempotencyKey = randomUUID();
  return toCommand(command, (client) =>
    sendAction(client, body, 'repeatable', { 'Idempotency-Key': idempotencyKey, 'If-Match': ifMatch() }),
  );
};

function toCommand<T>(command: Command<T>, send: ApiCommand<unknown>['send']): ApiCommand<unknown> {
  const { schema, show, grid, quiet, warning, exitCode, modelId } = command;
  const parsed = (data: unknown): T => {
    const understood = schema.safeParse(data);
    if (!understood.success) throw unknownAnswer();
    return understood.data;
  };
  return {
    send,
    show: (data, page) => show(parsed(data), page),
    grid: grid && ((data, page) => grid(parsed(data), page)),
    quiet: quiet && ((data) => quiet(parsed(data))),
    warning: warning && ((data) => warning(parsed(data))),
    exitCode: exitCode && ((data) => exitCode(parsed(data))),
    modelId,
  };
}

/** The old edge function refuses with a status of 200 and `success: false`. */
async function sendAction(
  client: ApiClient,
  body: Action,
  effect: Effect,
  header: { 'Idempotency-Key'?: string; 'If-Match'?: string } = {},
): Promise<Answer<unknown>> {
  const { data, error, response } = await client.api({ effect }).POST(PATH, { body, params: { header } });
  const isRefused = data !== undefined && 'success' in data && String(data.success) === 'false';
  return isRefused ? { error: data, response } : { data, error, response };
}

/** @returns undefined where the service refuses it */
export async function previewAction<T>(
  client: ApiClient,
  body: Action,
  schema: z.ZodType<T>,
): Promise<{ readonly answer: T; readonly etag?: string } | undefined> {
  const { data, error, response } = await sendAction(client, body, 'read');
  if (error !== undefined) return undefined;
  return { answer: schema.parse(data), etag: response.headers.get('etag') ?? undefined };
}
