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
    errors: z
      .array(
        z.object({
          field: z.string(),
          message: z.string(),
          line: z.number().int().nullable().optional().meta({ description: 'Line of a settings file' }),
          column: z.number().int().nullable().optional(),
        }),
      )
      .optional(),
    reasons: z.array(z.object({ code: z.string(), detail: z.string() })).optional(),
    successor: z.string().optional(),
    allowedModels: z
      .array(z.string())
      .optional()
      .meta({ description: 'Of a reviewed use case: the models that may answer in it' }),
    sweepId: z.string().optional().meta({ description: 'Sweep that is in progress' }),
    supersededBy: z
      .object({ switchId: z.string(), actor: z.string(), at: z.string() })
      .optional()
      .meta({ description: 'Of an undo: the last switch of the scope' }),
    uses: z
      .array(z.object({ kind: z.string(), count: z.number().int(), names: z.array(z.string()) }))
      .optional()
      .meta({
        description: 'What uses an entry of the catalogue that is to be deleted, with the first names',
      }),
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
      .meta({ description: 'Attempts of a chat, including models that it skipped' }),
    success: z.literal(false).optional().meta({ description: 'On the action paths' }),
    action: z.string().optional().meta({ description: 'On the action paths' }),
    error: z.string().optional().meta({ description: 'On the action paths: the same text as `detail`' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem document' });

type OperationObject = NonNullable<OpenAPIObject['paths'][string]['get']>;

const DESCRIPTIONS: Record<number, string> = {
  400: 'The request is not valid; `errors` names each field',
  401: 'The token is missing or not valid',
  403: 'The token lacks the right',
  404: 'The resource does not exist, or is not yours',
  409: 'The present state does not allow the request; if a model is the cause, see `reasons` and `successor`',
  412: 'If-Match does not match: the scope changed since you read it',
  413: 'The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config',
  415: 'The body is not application/json, or not application/yaml at /v1/config',
  422: 'The Idempotency-Key was used for another request; for a chat: the model refused, or the input is too long',
  429: 'Too many requests; see Retry-After',
  503: 'PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After',
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

/** Declares two responses of a handler, which sets the status of the second one itself. */
export const ApiResults = (
  [status, schema, description]: [number, z.ZodType, string],
  [otherStatus, otherSchema, otherDescription]: [number, z.ZodType, string],
) =>
  applyDecorators(
    ApiResult(otherStatus, otherSchema, otherDescription),
    ApiResult(status, schema, description),
    RouteSchema({ response: { [status]: schema, [otherStatus]: otherSchema } }),
  );

/** Declares the errors of a handler that do not follow from its input and its access: `describeProblems` adds those. */
export const ApiProblems = (...statuses: number[]) =>
  applyDecorators(...statuses.map((status) => ApiResponse({ ...problemResponse(status), status })));

/** Declares the response of a handler that deletes what nothing uses. */
export const ApiDeleted = () =>
  applyDecorators(
    HttpCode(204),
    ApiResponse({ status: 204, description: 'It is deleted' }),
    ApiProblems(404, 409),
  );

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
  headers: RETRY_LATER.has(status)
    ? describeHeaders({ 'Retry-After': 'Seconds to wait before a retry' })
    : {},
});

const describeHeaders = (headers: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  );
