import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import document from '../../apps/api/openapi.json' with { type: 'json' };
import { MATRIX } from '../support/authorization-matrix.js';
import { TestSystem } from '../support/test-system.js';

/** Requests that change nothing, or that need no key. */
const OPEN = ['orchestrate', 'orchestrateBedrockModels', 'verifyAudit'];
const NOVA_PRO = 'eu.amazon.nova-pro-v1:0';

const writing = Object.entries(
  document.paths as Record<string, Record<string, { operationId: string }>>,
).flatMap(([path, methods]) =>
  Object.entries(methods)
    .filter(([method, { operationId }]) => method !== 'get' && !OPEN.includes(operationId))
    .map(([method, { operationId }]) => ({ path, method: method.toUpperCase(), operationId })),
);
const isPublic = (operationId: string): boolean => {
  const row = MATRIX[operationId];
  return row !== undefined && (row.may === 'everyone, without a token too' || 'always' in row);
};

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start({ overrides: { BOOTSTRAP_KEY: 'read-only' } });
});
afterAll(() => system?.close());

describe('the bootstrap key that may only read', () => {
  it('writes by no operation', async () => {
    const operations = writing.filter(({ operationId }) => !isPublic(operationId));
    expect(operations.length).toBeGreaterThan(40);
    for (const { path, method, operationId } of operations) {
      const url = path.replace(/\{\w+\}/g, 'some');
      const { status, text } = await system.call(method as 'POST', url, {});
      expect([operationId, status]).toEqual([operationId, 403]);
      expect([operationId, text]).toEqual([operationId, expect.stringContaining('BOOTSTRAP_KEY=read-only')]);
    }
  });

  it.each([
    { action: 'switch', modelId: NOVA_PRO, useCase: 'platform' },
    { action: 'switch', modelId: NOVA_PRO, useCase: 'platform', dryRun: true },
    { action: 'auto-switch', useCase: 'platform' },
    { action: 'fallback-switch', reason: 'x' },
    { action: 'clear-cache' },
  ])('does not act by %j', async (body) => {
    const { status, body: problem } = await system.act(body);
    expect([status, problem.code]).toEqual([403, 'read_only_key']);
  });

  it('reads', async () => {
    for (const body of [{ action: 'list-all' }, { action: 'validate', modelId: NOVA_PRO }])
      expect((await system.act(body)).status).toBe(200);
    for (const url of ['/v1/overview', '/v1/switches', '/v1/calls'])
      expect([url, (await system.get(url)).status]).toEqual([url, 200]);
    expect((await system.call('POST', '/v1/audit/verify', {})).status).toBe(200);
    expect((await system.get('/v1/session')).body.scopes).toEqual(['read', 'audit']);
  });
});
