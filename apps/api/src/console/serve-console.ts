import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { declarePublic, PUBLIC } from '../http/access.js';

/** Of index.html, where Vite has put it: each answer has a number of its own there. */
const NONCE = '__CSP_NONCE__';
const NOT_BUILT = 'The console was not built: run `npm run build` in the checkout, and start again.\n';

/**
 * Serves what Vite made of apps/console at /console, and its one page at every address below, so that each of its
 * addresses can be opened and sent to others. Needs no token: the page holds nothing, and asks who you are.
 */
export async function serveConsole(fastify: FastifyInstance): Promise<void> {
  const page = builtPage();
  if (page) {
    const root = join(dirname(page), 'assets');
    await fastify.register((scope, _options, done) => {
      declarePublic(scope);
      scope.register(fastifyStatic, {
        ...{ root, prefix: '/console/assets/', decorateReply: false, index: false },
        // Their names change with what is in them.
        ...{ preCompressed: true, maxAge: '1y', immutable: true },
      });
      done();
    });
  }
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

/** Also where this runs from its sources: `#console` is what package.json says it is. */
function builtPage(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('#console/index.html');
  } catch {
    return undefined;
  }
}

/** Its own files and nothing else; the component library writes style elements, which carry the nonce. */
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
