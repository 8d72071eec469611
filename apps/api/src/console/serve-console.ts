import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { declarePublic, PUBLIC } from '../http/authorization.js';

/** Placeholder that Vite has put into index.html: each response replaces it with a fresh nonce. */
const NONCE = '__CSP_NONCE__';
const NOT_BUILT = 'The console was not built: run `npm run build` in the checkout, and start again.\n';

/**
 * Serves Vite's build of apps/console at /console. Every address below it gets the same page, so that each can be
 * opened and shared. Needs no token: the page contains no data, and requires a sign-in.
 */
export async function serveConsole(fastify: FastifyInstance): Promise<void> {
  const page = builtPage();
  if (page) {
    const root = join(dirname(page), 'assets');
    await fastify.register((scope, _options, done) => {
      declarePublic(scope);
      scope.register(fastifyStatic, {
        root,
        prefix: '/console/assets/',
        decorateReply: false,
        index: false,
        // The name of a file changes with its content.
        preCompressed: true,
        maxAge: '1y',
        immutable: true,
      });
      done();
    });
  }
  // People who open the address of the service look for the console; programs get the usual 404.
  fastify.get('/', { config: { access: PUBLIC } }, (request, reply) => {
    reply.header('vary', 'accept');
    if (request.headers.accept?.includes('text/html')) return reply.redirect('/console', 302);
    reply.callNotFound();
  });
  for (const url of ['/console', '/console/*'])
    fastify.get(url, { config: { access: PUBLIC } }, async (_request, reply) => {
      if (!page) return reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT);
      const nonce = randomBytes(16).toString('base64');
      return reply
        .header('content-security-policy', policy(nonce))
        .type('text/html; charset=utf-8')
        .send((await readFile(page, 'utf8')).replaceAll(NONCE, nonce));
    });
}

/** Finds the page, also when this runs from its sources: package.json defines `#console`. */
function builtPage(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('#console/index.html');
  } catch {
    return undefined;
  }
}

/** Allows only the console's own files. The component library writes style elements, which carry the nonce. */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
