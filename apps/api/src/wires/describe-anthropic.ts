import type { OpenAPIObject } from '@nestjs/swagger';
import { answerOf } from './describe-wires.js';

const ERRORS: Record<number, string> = {
  400: '`invalid_request_error`: the request is not valid, or no model takes it',
  401: '`authentication_error`: no valid key',
  403: '`permission_error`: a missing right, or a model that may not be called',
  404: '`not_found_error`: no such model, use case or conversation',
  413: '`request_too_large`: the body exceeds WIRE_BODY_LIMIT (25,000,000 bytes by default), or 5,000,000 bytes with an access token',
  415: '`invalid_request_error`: the body is not application/json',
  429: '`rate_limit_error`; see Retry-After',
  500: '`api_error`: the service failed, or the model failed on this request',
  504: '`timeout_error`: the model did not answer in time',
  529: '`overloaded_error`: no model can answer; see Retry-After',
};
/** Errors of the operations that call no model. */
const OF_NAMES = [400, 401, 403, 404, 429, 529];

const OPERATIONS = {
  '/anthropic/v1/messages': {
    summary: 'Call a model as with the Messages API of Anthropic',
    description:
      'The body and the answer are those of Anthropic; with `stream: true` the answer is a stream of events. A model that breaks off after its first content ends the stream with the event `error` and without `message_stop`.',
    answer: {
      'application/json': { schema: { type: 'object' } },
      'text/event-stream': { schema: { type: 'string' } },
    },
    required: ['model', 'max_tokens', 'messages'],
  },
  '/anthropic/v1/messages/count_tokens': {
    summary: 'Count tokens as with the Messages API of Anthropic',
    description:
      'The first selectable model of the use case that counts tokens answers. It costs nothing, and nothing is recorded.',
    answer: {
      'application/json': {
        schema: {
          type: 'object',
          required: ['input_tokens'],
          properties: { input_tokens: { type: 'integer' } },
        },
      },
    },
    required: ['model', 'messages'],
  },
};

/** Adds the bodies and the errors of Anthropic's wire. */
export function describeAnthropic({ paths }: OpenAPIObject): void {
  for (const [path, { answer, required, ...described }] of Object.entries(OPERATIONS))
    Object.assign(paths[path]!.post!, {
      ...described,
      requestBody: { required: true, content: { 'application/json': { schema: bodyWith(required) } } },
      responses: { 200: answerOf(answer), ...errorsOf(Object.keys(ERRORS).map(Number)) },
    });
  for (const path of ['/anthropic/v1/models', '/anthropic/v1/models/{id}']) {
    const { get } = paths[path]!;
    get!.responses = { 200: get!.responses['200']!, ...errorsOf(OF_NAMES) };
  }
}

const bodyWith = (required: string[]) => ({
  type: 'object',
  required,
  properties: {
    model: { type: 'string', description: '`auto`, a use case, `assistant:<id>`, or a model' },
    max_tokens: { type: 'integer' },
    messages: { type: 'array', items: { type: 'object' } },
    stream: { type: 'boolean' },
  },
});

const errorsOf = (statuses: number[]) =>
  Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: ERRORS[status]!,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/AnthropicError' } } },
      },
    ]),
  );
