import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { eventually } from '../../test/support/eventually.js';
import { loadEnv } from '../platform/config/env.js';
import { PersonSources } from './person-sources.service.js';
import type { ReviewedUseCasesRepository } from './reviewed-use-cases.repository.js';

const ROLES = { OIDC_ROLES: '{"leads":["approve"],"ops":["admin"]}' };
const ISSUERS = { OIDC_ISSUERS: '[{"issuer":"https://login.example.com","clientId":"c"}]' };
let logged: string[];
beforeEach(() => {
  logged = [];
  for (const level of ['error', 'warn'] as const)
    vi.spyOn(Logger.prototype, level).mockImplementation((text) => void logged.push(`${level}: ${text}`));
});
afterEach(() => vi.restoreAllMocks());

function sourcesOf(settings: Record<string, string>, reviewed: () => Promise<string[]> = async () => []) {
  const env = loadEnv({
    DATABASE_URL: 'postgres://localhost/t',
    REDIS_URL: 'redis://localhost',
    ...settings,
  });
  const repository = { names: reviewed } satisfies Partial<ReviewedUseCasesRepository>;
  return new PersonSources(env, repository as unknown as ReviewedUseCasesRepository);
}

it.each<[Record<string, string>, boolean]>([
  [{}, false],
  [ISSUERS, false],
  [ROLES, false],
  [{ ...ISSUERS, ...ROLES }, true],
  [{ ...ROLES, SUPABASE_JWKS_URL: 'https://x.example', SUPABASE_JWT_ISSUER: 'https://x.example' }, true],
])('with %j people can approve: %s', (settings, expected) => {
  expect(sourcesOf(settings).give('approve')).toBe(expected);
});

it('says loudly at the start, once, that reviewed use cases have nobody who approves', async () => {
  sourcesOf({}, async () => ['clinical', 'health']).onApplicationBootstrap();
  await eventually(() => expect(logged).toHaveLength(1));
  expect(logged[0]).toMatch(/^error: NOBODY CAN APPROVE CHANGES of clinical, health: .*OIDC_ISSUERS/);
});

it('is silent where nothing is reviewed, or people can approve', async () => {
  let asked = 0;
  const reviewed = async () => {
    asked += 1;
    return [];
  };
  sourcesOf({}, reviewed).onApplicationBootstrap();
  sourcesOf({ ...ISSUERS, ...ROLES }, reviewed).onApplicationBootstrap();
  await eventually(() => expect(asked).toBe(1));
  expect(logged).toEqual([]);
});

it('starts without PostgreSQL', async () => {
  sourcesOf({}, () => Promise.reject(new Error('away'))).onApplicationBootstrap();
  await eventually(() => expect(logged).toEqual(['warn: reviewed use cases were not read: away']));
});

it('says that nobody can make keys where the bootstrap key only reads', () => {
  sourcesOf({ BOOTSTRAP_KEY: 'read-only' }).onApplicationBootstrap();
  expect(logged[0]).toMatch(/^warn: BOOTSTRAP_KEY=read-only, and no role/);
});
