import { applyDecorators, HttpCode } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import { ApiProduces, ApiResponse, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';

export const ProblemView = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string(),
    requestId: z.string(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
    reasons: z.array(z.object({ code: z.string(), detail: z.string() })).optional(),
    successor: z.string().optional(),
    attempts: z
      .array(
        z.object({
          modelId: z.string(),
          outcome: z.string(),
          errorKind: z.string().nullable(),
          ms: z.number().int(),
        }),
      )
      .optional()
      .meta({ description: 'Of a chat: every model that was asked or passed over' }),
    success: z.literal(false).optional().meta({ description: 'On the action paths' }),
    action: z.string().optional().meta({ description: 'On the action paths' }),
    error: z.string().optional().meta({ description: 'On the action paths: one sentence' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem document' });

type OperationObject = NonNullable<OpenAPIObject['paths'][string]['get']>;

const DESCRIPTIONS: Record<number, string> = {
  400: 'Bad input; `errors` names each field',
  401: 'No token, or one that is not valid',
  403: 'The token lacks the right',
  404: 'No such thing, or not yours',
  409: 'Not possible in the present state; `reasons` and `successor` where a model is the cause',
  412: 'If-Match: changed since it was read',
  413: 'The body is over 32 KiB, at /v1/chat and /v1/catalogue/facts over 1 MiB',
  415: 'The body is not application/json',
  422: 'The Idempotency-Key was used for another request',
  429: 'Too fast; see Retry-After',
  503: 'PostgreSQL, Bedrock or every candidate is away; see Retry-After',
};

/** Declares the response of a handler: its status, its serialisation and its OpenAPI description. */
export const ApiResult = (
  status: number,
  schema: z.ZodType,
  description: string,
  headers: Record<string, string> = {},
) =>
  applyDecorators(
    HttpCode(status),
    RouteSchema({ response: { [status]: schema } }),
    ApiProduces('application/json'),
    ApiResponse({ status, description, standardSchema: schema as never, headers: describeHeaders(headers) }),
  );

/** Declares the errors of a handler that do not follow from its input and its access: `describeProblems` adds those. */
export const ApiProblems = (...statuses: number[]) =>
  applyDecorators(...statuses.map((status) => ApiResponse({ ...problemResponse(status), status })));

/** Adds the errors that follow from the input and the access of each operation. */
export function describeProblems({ paths }: OpenAPIObject): void {
  for (const path of Object.values(paths))
    for (const method of METHODS) {
      const operation = path[method];
      if (!operation) continue;
      const declared = Object.entries(operation.responses);
      const derived = problemsOf(operation).map((status) => [status, problemResponse(status)]);
      operation.responses = Object.fromEntries([...derived, ...declared]);
    }
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

function problemsOf({ parameters, requestBody, security }: OperationObject): number[] {
  const isPublic = security?.length === 0;
  return [
    ...(parameters?.length || requestBody ? [400] : []),
    ...(requestBody ? [413, 415] : []),
    ...(isPublic ? [] : [401, 403, 429, 503]),
  ];
}

const RETRY_LATER = new Set([429, 503]);

const problemResponse = (status: number) => ({
  description: DESCRIPTIONS[status]!,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  headers: RETRY_LATER.has(status) ? describeHeaders({ 'Retry-After': 'Seconds to wait' }) : {},
});

const describeHeaders = (headers: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  );
