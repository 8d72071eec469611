import { createHash } from 'node:crypto';
import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Routes whose answers clients read again and again, and that seldom change. */
const ROUTES = new Set([
  '/v1/models',
  '/v1/models/:id',
  '/v1/use-cases',
  '/v1/use-cases/:name',
  '/v1/assistants',
  '/v1/assistants/:id',
]);

/** Browsers may keep the answer, and ask each time whether it is still right: that checks the caller, too. */
const REVALIDATED = 'private, no-cache';

/** Sends the entity tag of an answer, and 304 without a body to a client that has this answer. */
export function answerConditionally(fastify: FastifyInstance): void {
  async function onSend(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
    if (reply.statusCode !== 200 || typeof payload !== 'string') return payload;
    const etag = `W/"${createHash('sha1').update(payload).digest('base64url')}"`;
    reply.header('etag', etag).header('cache-control', REVALIDATED);
    if (!isHeld(request.headers['if-none-match'], etag)) return payload;
    reply.code(304).removeHeader('content-length').removeHeader('content-type');
    return null;
  }

  fastify.addHook('onRoute', (route) => {
    if (route.method === 'GET' && ROUTES.has(route.url))
      route.onSend = [...[route.onSend ?? []].flat(), onSend];
  });
}

/** Describes the headers of these routes, and 304. */
export const ApiConditionalGet = () =>
  applyDecorators(
    ApiHeader({
      name: 'If-None-Match',
      required: false,
      description: 'ETag of the answer that you have: the response is 304 if nothing changed',
      schema: { type: 'string', maxLength: 600 },
    }),
    ApiResponse({ status: 304, description: 'Nothing changed since the answer with this ETag' }),
  );

/** Headers of the 200 of these routes. */
export const ENTITY_TAG = { ETag: 'Value for the header If-None-Match of the next request' };

/** Compares weakly, as RFC 9110 demands: a proxy that compresses an answer may mark its tag as weak. */
const isHeld = (ifNoneMatch: string | undefined, etag: string): boolean =>
  ifNoneMatch === '*' ||
  (ifNoneMatch ?? '').split(',').some((tag) => tag.trim().replace(/^(W\/)?/, 'W/') === etag);
