import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Principal } from '#libs/platform/auth/principal.js';
import { assertAccess } from './access.js';
import { tokenOf } from './auth.guard.js';
import type { Authenticator } from './authenticator.service.js';

/** What a route may use that answers at once. */
export interface FastPathRequest {
  request: FastifyRequest;
  reply: FastifyReply;
  /** Who asks, counted; undefined: nobody was counted, and this cannot be answered at once. */
  principal(): Principal | undefined;
}

/**
 * Answers from memory, or returns undefined and has done nothing. What it throws is answered like anything that a
 * controller throws.
 * @returns what the controller would return, or its text
 */
export type FastPathHandler = (asked: FastPathRequest) => object | string | undefined;

/**
 * Routes that are asked on every message, by method and path: nothing of Nest stands between Fastify and what is in memory.
 * Everything else, and every refusal before the caller is known, goes the usual way to the controller.
 */
export function registerFastPaths(
  fastify: FastifyInstance,
  credentials: Authenticator,
  routes: Record<string, FastPathHandler>,
): void {
  fastify.addHook('onRoute', (route) => {
    const atOnce = routes[`${route.method} ${route.url}`];
    if (!atOnce) return;
    const { handler } = route;
    route.handler = function (request, reply) {
      const principal = () => {
        const token = tokenOf(request);
        const known = token === undefined ? undefined : credentials.principalNow(token);
        if (known) assertAccess(known, route.config?.access);
        return known;
      };
      const answer = atOnce({ request, reply, principal });
      if (answer === undefined) return handler.call(this, request, reply);
      if (typeof answer === 'string') reply.type('application/json; charset=utf-8');
      return reply.send(answer);
    };
  });
}

/** What `Responds` says of an answer is what goes out: fields it does not name are left out, a wrong one is an error. */
export const textOf = (schema: z.ZodType, answer: unknown): string => JSON.stringify(schema.parse(answer));

export const answerAsDescribed = (fastify: FastifyInstance) =>
  fastify.setSerializerCompiler<z.ZodType>(
    ({ schema }) =>
      (answer) =>
        textOf(schema, answer),
  );
