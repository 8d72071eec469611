import { z } from 'zod';
import { invalid } from './aws-error.js';
import type { ModelQuery } from './canned-response.js';
import type { EmulatedModel } from './models.js';
import { assertAlternating, type RequestForm } from './refused-forms.js';

/** Text is read; images, tools and the like are let through unseen. */
const TextBlock = z.looseObject({ text: z.string().optional() });
const Message = z.looseObject({ role: z.enum(['user', 'assistant']), content: z.array(TextBlock).min(1) });
const ConverseBody = z.looseObject({
  messages: z.array(Message).default([]),
  system: z.array(TextBlock).default([]),
  inferenceConfig: z
    .looseObject({
      maxTokens: z.number().int().min(1).optional(),
      temperature: z.number().min(0).max(1).optional(),
      topP: z.number().min(0).max(1).optional(),
    })
    .default({}),
  guardrailConfig: z
    .looseObject({ guardrailIdentifier: z.string().optional(), guardrailVersion: z.string().optional() })
    .optional(),
});

export type ConverseBody = z.output<typeof ConverseBody>;

const DEFAULT_MAX_TOKENS = 2_000;

/** Reads a body or refuses it as Bedrock does. @throws AwsError */
export function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw invalid(
    `Malformed input request: #/${issue!.path.join('/')}: ${issue!.message}, please reformat your input and try again.`,
  );
}

export const parseConverse = (body: unknown): ConverseBody => parsed(ConverseBody, body);

export const formOf = ({ messages, inferenceConfig, guardrailConfig }: ConverseBody): RequestForm => ({
  guardrail: guardrailConfig !== undefined,
  temperature: inferenceConfig.temperature,
  topP: inferenceConfig.topP,
  roles: messages.map(({ role }) => role),
});

const joined = (blocks: { text?: string | undefined }[]): string =>
  blocks.map(({ text }) => text ?? '').join('\n');

/** @throws AwsError where Bedrock would refuse the conversation */
export function converseQuery(modelId: string, model: EmulatedModel, body: ConverseBody): ModelQuery {
  const { messages, system, inferenceConfig } = body;
  if (messages[0]?.role !== 'user')
    throw invalid(
      'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
    );
  assertAlternating(messages.map(({ role }) => role));
  for (const [at, { content }] of messages.entries()) refuseBlank(content, at);
  const lastUserText = joined(messages.findLast(({ role }) => role === 'user')!.content);
  const prompt = [joined(system), ...messages.map(({ content }) => joined(content))].join('\n');
  return {
    modelId,
    prompt,
    lastUserText,
    maxTokens: allowedMaxTokens(inferenceConfig.maxTokens, model),
  };
}

/** @throws AwsError if the request exceeds the model's maximum */
export function allowedMaxTokens(asked: number | undefined, { maxOutputTokens }: EmulatedModel): number {
  if (asked !== undefined && asked > maxOutputTokens)
    throw invalid(
      `The maximum tokens you requested exceeds the model limit of ${maxOutputTokens}. Try again with a maximum tokens value that is lower than ${maxOutputTokens}.`,
    );
  return asked ?? Math.min(DEFAULT_MAX_TOKENS, maxOutputTokens);
}

function refuseBlank(content: { text?: string | undefined }[], message: number): void {
  const blank = content.findIndex(({ text }) => text !== undefined && text.trim() === '');
  if (blank >= 0)
    throw invalid(
      `The text field in the ContentBlock object at messages.${message}.content.${blank} is blank. Add text to the text field, and try again.`,
    );
}
