import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Principal } from '#libs/platform/auth/principal.js';
import { tokenOf } from './auth.guard.js';
import type { Authenticator } from './authenticator.service.js';
import { assertAccess } from './authorization.js';

/** Input of a fast path. */
export interface FastPathRequest {
  request: FastifyRequest;
  reply: FastifyReply;
  /** Identifies and counts the caller; undefined: nothing was counted, and the controller must handle the request. */
  principal(): Principal | undefined;
}

/**
 * Responds from memory, or returns undefined without side effects. Its errors become the same responses as those of a
 * controller.
 * @returns the result that the controller would return, its text, or the bytes of its text
 */
export type FastPathHandler = (asked: FastPathRequest) => object | string | undefined;

/**
 * Serves the routes that are called for every message, by method and path, from memory and bypasses Nest. Everything
 * else, and every refusal before the caller is known, goes to the controller.
 */
export function registerFastPaths(
  fastify: FastifyInstance,
  credentials: Authenticator,
  routes: Record<string, FastPathHandler>,
): void {
  fastify.addHook('onRoute', (route) => {
    const fastPath = routes[`${route.method} ${route.url}`];
    if (!fastPath) return;
    const { handler } = route;
    route.handler = function (request, reply) {
      const principal = () => {
        const token = tokenOf(request);
        const known = token === undefined ? undefined : credentials.principalNow(token);
        if (known) assertAccess(known, route.config?.access);
        return known;
      };
      const answer = fastPath({ request, reply, principal });
      if (answer === undefined) return handler.call(this, request, reply);
      if (typeof answer === 'string' || answer instanceof Buffer)
        reply.type('application/json; charset=utf-8');
      return reply.send(answer);
    };
  });
}

/**
 * Serialises a response by its `ApiResult` schema: omits fields that it does not name, and throws if a field is
 * invalid.
 */
export const textOf = (schema: z.ZodType, answer: unknown): string => JSON.stringify(schema.parse(answer));

export const answerAsDescribed = (fastify: FastifyInstance) =>
  fastify.setSerializerCompiler<z.ZodType>(
    ({ schema }) =>
      (answer) =>
        textOf(schema, answer),
  );
