import Fastify, { type FastifyInstance } from 'fastify';
import { describe, expect, it } from 'vitest';
import type { Principal, Scope } from '#libs/platform/auth/principal.js';
import {
  type Access,
  assertAccess,
  declarePublic,
  PUBLIC,
  requireDeclaredAccess,
  scopes,
} from './authorization.js';

const answer = async () => 'hello';

async function start(add: (fastify: FastifyInstance) => void): Promise<FastifyInstance> {
  const fastify = Fastify();
  requireDeclaredAccess(fastify);
  add(fastify);
  await fastify.ready();
  return fastify;
}

describe('a server', () => {
  it.each<[string, (fastify: FastifyInstance) => void]>([
    ['at its root', (fastify) => fastify.get('/open', answer)],
    ['with another config', (fastify) => fastify.get('/open', { config: {} }, answer)],
    [
      'in a separate scope',
      (fastify) =>
        fastify.register((scope, _options, done) => {
          scope.get('/open', answer);
          done();
        }),
    ],
  ])('does not start with a route that declares no access, %s', async (_, add) => {
    await expect(start(add)).rejects.toThrow('GET /open');
  });

  it('starts with routes that declare theirs', async () => {
    const fastify = await start((root) => {
      root.get('/', { config: { access: PUBLIC } }, answer);
      root.register((scope, _options, done) => {
        declarePublic(scope);
        scope.get('/files', answer);
        done();
      });
    });
    await fastify.close();
  });
});

const key = (...of: Scope[]): Principal => ({ kind: 'service', name: 'cli', scopes: new Set(of) });
const user = { kind: 'user', subject: 'anna' } as Principal;
const readers: Access = { kind: 'scopes', scopes: ['read'], users: true };

it.each<[string, Principal, Access | undefined, boolean]>([
  ['a key with the scope', key('audit'), scopes('operate', 'audit'), true],
  ['a key without it', key('read'), scopes('operate', 'audit'), false],
  ['a user where keys are meant', user, scopes('operate'), false],
  ['a user where users may', user, readers, true],
  ['a key where users may, without the scope', key('operate'), readers, false],
  ['anybody where nothing is declared', key('admin'), undefined, false],
])('%s', (_, principal, access, may) => {
  const call = () => assertAccess(principal, access);
  if (may) expect(call).not.toThrow();
  else expect(call).toThrow();
});
