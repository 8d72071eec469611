import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { declarePublic, PUBLIC } from '../http/authorization.js';

const NOT_HERE =
  'The components are missing: copy docs/switch-ui of the checkout into the directory that contains dist.\n';

/**
 * Serves the script of the components, and the page to try them, at /switch-ui. Needs no token: nothing in it is secret.
 * Pages of other sites may load it, which the headers of every other answer forbid.
 */
export async function serveSwitchUi(fastify: FastifyInstance): Promise<void> {
  const root = folder();
  if (root === undefined) {
    fastify.get('/switch-ui/*', { config: { access: PUBLIC } }, (_request, reply) =>
      reply.code(503).type('text/plain').send(NOT_HERE),
    );
    return;
  }
  await fastify.register((scope, _options, done) => {
    declarePublic(scope);
    scope.register(fastifyStatic, {
      root,
      prefix: '/switch-ui/',
      decorateReply: false,
      index: false,
      maxAge: '5m',
      allowedPath: (path) => /^\/[\w-]+\.(js|css|html)$/.test(path),
      setHeaders: (reply) => {
        reply.header('cross-origin-resource-policy', 'cross-origin');
        // Without this header a page could not check the script's integrity.
        reply.header('access-control-allow-origin', '*');
      },
    });
    done();
  });
}

/** Finds the folder, also when this runs from its sources: package.json defines `#switch-ui`. */
function folder(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve('#switch-ui/model-switch.js'));
  } catch {
    return undefined;
  }
}
