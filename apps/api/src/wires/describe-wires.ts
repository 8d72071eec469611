import type { OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';

/** Body of an error in AWS's form; its name is the header `x-amzn-errortype`. */
export const AwsErrorView = z
  .object({
    message: z.string(),
    code: z.string().meta({ description: 'As in a problem document' }),
    attempts: z
      .array(z.object({ modelId: z.string(), outcome: z.string(), errorKind: z.string().nullable() }))
      .optional()
      .meta({ description: 'Models that were called or skipped' }),
  })
  .meta({ id: 'AwsError', description: 'Error in the form of Amazon Bedrock' });

const AWS_ERRORS: Record<number, string> = {
  400: '`ValidationException`: the request is not valid, or no model takes it',
  403: '`UnrecognizedClientException`: no valid key. `AccessDeniedException`: a missing right, or a model that may not be called',
  404: '`ResourceNotFoundException`: no such model, use case or conversation',
  408: '`ModelTimeoutException`: the model did not answer in time',
  413: '`ValidationException`: the body exceeds WIRE_BODY_LIMIT (25,000,000 bytes by default), or 5,000,000 bytes with an access token',
  415: '`ValidationException`: the body is not application/json',
  424: '`ModelErrorException`: the model failed on this request',
  429: '`ThrottlingException` or `ModelNotReadyException`; see Retry-After',
  500: '`InternalServerException`: the service failed',
  503: '`ServiceUnavailableException`: no model can answer; see Retry-After',
};

const OPENAI_ERRORS: Record<number, string> = {
  400: '`invalid_request_error`: the request is not valid, which `param` names, or no model takes it',
  401: '`invalid_api_key`: no valid key',
  403: '`permission_error`: a missing right, or a model that may not be called',
  404: '`model_not_found`: no such model or use case; or no such conversation',
  413: 'The body exceeds WIRE_BODY_LIMIT (25,000,000 bytes by default), or 5,000,000 bytes with an access token',
  415: 'The body is not application/json',
  429: '`rate_limit_exceeded`; see Retry-After',
  500: 'The service failed',
  502: '`model_error`: the model failed on this request',
  503: '`service_unavailable`: no model can answer; see Retry-After',
  504: '`timeout`: the model did not answer in time',
};

const HEADERS: Record<string, string> = {
  'x-orchestrator-invocation-id': 'Id of the recorded call',
  'x-orchestrator-model': 'Model that answers',
  'x-orchestrator-use-case': 'Use case of the call',
  'x-orchestrator-attempts': 'Number of calls of models until this answer',
  'x-orchestrator-fallback': 'Reason for which another model than the first answers; absent: the first does',
  'x-orchestrator-notification':
    'Id of the notification, as in `/v1/notifications`, if this call switched its conversation; absent: it did not',
  'x-orchestrator-adapted':
    'Parts of the request that the model did not get as they were sent, with commas; absent: it got all',
  'x-orchestrator-cost-usd':
    'Cost of a whole answer in USD; absent: it is not known, or estimated, or the answer is a stream',
};

const NATIVE =
  'The body is in the form of a family of models: only models of this family answer, also after a switch.';

const OPERATIONS = {
  converse: {
    operationId: 'bedrockConverse',
    summary: 'Call a model as with Converse of Amazon Bedrock',
    description: 'The body and the answer are those of Amazon Bedrock.',
    content: { 'application/json': { schema: { type: 'object' } } },
  },
  'converse-stream': {
    operationId: 'bedrockConverseStream',
    summary: 'Stream an answer as with ConverseStream of Amazon Bedrock',
    description:
      'The body and the frames are those of Amazon Bedrock. A model that breaks off after its first content ends the stream with the exception `modelStreamErrorException`.',
    content: { 'application/vnd.amazon.eventstream': { schema: { type: 'string', format: 'binary' } } },
  },
  invoke: {
    operationId: 'bedrockInvokeModel',
    summary: 'Call a model as with InvokeModel of Amazon Bedrock',
    description: `${NATIVE} The answer is that of the model.`,
    content: { 'application/json': { schema: { type: 'object' } } },
  },
  'invoke-with-response-stream': {
    operationId: 'bedrockInvokeModelWithResponseStream',
    summary: 'Stream an answer as with InvokeModelWithResponseStream of Amazon Bedrock',
    description: `${NATIVE} The frames are those of Amazon Bedrock.`,
    content: { 'application/vnd.amazon.eventstream': { schema: { type: 'string', format: 'binary' } } },
  },
  'count-tokens': {
    operationId: 'bedrockCountTokens',
    summary: 'Count tokens as with CountTokens of Amazon Bedrock',
    description:
      'The first selectable model of the use case that counts tokens answers. It costs nothing, and nothing is recorded.',
    content: { 'application/json': { schema: { type: 'object' } } },
  },
};

const header = (description: string) => ({ description, schema: { type: 'string' } });

/** Describes the operations that the wildcard route serves. */
export function describeWires({ paths }: OpenAPIObject): void {
  const wildcard = paths['/bedrock/model/{path}']!.post!;
  delete paths['/bedrock/model/{path}'];
  for (const [operation, { content, ...described }] of Object.entries(OPERATIONS))
    paths[`/bedrock/model/{modelId}/${operation}`] = {
      post: {
        ...wildcard,
        ...described,
        parameters: [MODEL_ID, ...(wildcard.parameters ?? [])],
        requestBody: { required: true, content: { 'application/json': { schema: { type: 'object' } } } },
        responses: { 200: answerOf(content, AWS_ID), ...awsErrors() },
      },
    };
  describeOpenAi(paths);
}

/** Adds the body and the errors of OpenAI's wire. */
function describeOpenAi(paths: OpenAPIObject['paths']): void {
  const chat = paths['/openai/v1/chat/completions']!.post!;
  Object.assign(chat, {
    summary: 'Call a model as with chat completions of OpenAI',
    description:
      'The body and the answer are those of OpenAI; with `stream: true` the answer is a stream of chunks. A model that breaks off after its first content ends the stream with an error and without `[DONE]`.',
    requestBody: { required: true, content: { 'application/json': { schema: CHAT } } },
    responses: {
      200: answerOf({
        'application/json': { schema: { type: 'object' } },
        'text/event-stream': { schema: { type: 'string' } },
      }),
      ...openAiErrors(OPENAI_ERRORS),
    },
  });
  for (const path of ['/openai/v1/models', '/openai/v1/models/{id}']) {
    const { responses } = paths[path]!.get!;
    for (const status of Object.keys(responses))
      if (status !== '200')
        Object.assign(responses, openAiErrors({ [status]: OPENAI_ERRORS[Number(status)]! }));
  }
}

const CHAT = {
  type: 'object',
  required: ['model', 'messages'],
  properties: {
    model: { type: 'string', description: '`auto`, a use case, `assistant:<id>`, or a model' },
    messages: { type: 'array', items: { type: 'object' } },
    stream: { type: 'boolean' },
  },
};

const MODEL_ID = {
  name: 'modelId',
  in: 'path' as const,
  required: true,
  description: '`auto`, a use case, `assistant:<id>`, or a model; an ARN may have slashes',
  schema: { type: 'string', minLength: 1, maxLength: 2_048 },
};

/** Describes an answer of a model. */
export const answerOf = (
  content: Record<string, { schema: { type: string; format?: string } }>,
  headers: Record<string, ReturnType<typeof header>> = {},
) => ({
  description: 'The answer of the model',
  headers: {
    ...headers,
    ...Object.fromEntries(Object.entries(HEADERS).map(([name, text]) => [name, header(text)])),
  },
  content,
});
const AWS_ID = { 'x-amzn-requestid': header('The same id as `x-orchestrator-invocation-id`') };

const awsErrors = () =>
  Object.fromEntries(
    Object.entries(AWS_ERRORS).map(([status, description]) => [
      status,
      {
        description,
        headers: { 'x-amzn-errortype': header('Name of the error') },
        content: { 'application/json': { schema: { $ref: '#/components/schemas/AwsError' } } },
      },
    ]),
  );

const openAiErrors = (errors: Record<number, string>) =>
  Object.fromEntries(
    Object.entries(errors).map(([status, description]) => [
      status,
      {
        description,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/OpenAiError' } } },
      },
    ]),
  );
