import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Principal } from '#libs/platform/auth/principal.js';
import { type FieldError, InvalidInputError } from '#libs/platform/errors/errors.js';
import type { Caller } from '#libs/switching/switch.js';

const ConditionHeaders = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(255)
    .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces')
    .optional(),
  'if-match': z.string().min(1).max(600).optional(),
});

/** Injects the caller and the conditions of the request. @throws InvalidInputError that names the header */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const request = context.switchToHttp().getRequest<FastifyRequest & { principal: Principal }>();
  const headers = ConditionHeaders.safeParse(request.headers);
  if (!headers.success) throw new InvalidInputError(headers.error.issues.map(toFieldError));
  const { 'idempotency-key': idempotencyKey, 'if-match': ifMatch } = headers.data;
  return { principal: request.principal, requestId: request.id, idempotencyKey, ifMatch };
});

/** Describes the header that makes a repeated request return the first response. */
export const ApiIdempotencyKey = () =>
  ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'For 24 hours, a repeated request with the same key gets the first response',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  });

/** Describes the headers that `CurrentCaller` reads. */
export const ApiConditionalHeaders = () =>
  applyDecorators(
    ApiIdempotencyKey(),
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'The switch happens only if the scope still has this ETag',
      schema: { type: 'string', maxLength: 600 },
    }),
  );

const toFieldError = ({ path, message }: z.core.$ZodIssue): FieldError => ({
  field: path.join('.'),
  message,
});
