import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestSystem, userToken } from '../support/test-system.js';

let system: TestSystem;
let read: string;
beforeAll(async () => {
  system = await TestSystem.start();
  read = await system.key(['read']);
});
afterAll(() => system.close());

const get = (path: string, token: string | null = read) => system.get(`/v1/analytics/${path}`, { token });

describe('who may look', () => {
  const PATHS = ['usage', 'costs', 'switches', 'preferences'];
  it.each(PATHS)('%s: keys with the scope read, and nobody else', async (path) => {
    expect((await get(path, null)).status).toBe(401);
    const others = await system.key(['switch', 'act-as', 'operate', 'audit'], `all-but-read-${randomUUID()}`);
    for (const token of [others, await userToken('anna')]) {
      const { status, body } = await get(`${path}?userId=anna`, token);
      expect([status, body.code]).toEqual([403, 'forbidden']);
      expect(body.detail).toContain('scope read');
    }
  });
});

describe('bad input is refused, field by field', () => {
  const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  it.each([
    ['from=yesterday', 'from', 'must be a date such as 2026-11-22'],
    ['to=2026-02-30', 'to', 'must be a date such as 2026-11-22'],
    ['from=2026-11-01T00:00:00Z', 'from', 'must be a date'],
    ['from=2026-11-02&to=2026-11-01', 'from', 'must not be after to (2026-11-01)'],
    ['from=2019-12-31&to=2020-01-01', 'from', 'must be 2020-01-01 or later'],
    ['from=0000-01-01&to=0000-01-02', 'from', 'must be 2020-01-01 or later'],
    ['from=2025-01-01&to=2026-11-01', 'from', 'the maximum is 366 days'],
    [
      'from=2026-10-01&to=2026-11-01&groupBy=user',
      'from',
      'the period until 2026-11-01 has 32 days, and the maximum is 31 days',
    ],
    ['groupBy=planet', 'groupBy', ''],
    ['limit=0', 'limit', ''],
    ['limit=101', 'limit', ''],
    ['colour=red', 'query', ''],
    ['userId=', 'userId', ''],
    ['userId=a%00b', 'userId', ''],
    ['cursor=abc', 'cursor', 'is not a nextCursor of this list'],
    [`cursor=${cursor(['1; DROP TABLE', 'x'])}`, 'cursor', 'is not a nextCursor of this list'],
    [`cursor=${cursor([1, 2, 3])}`, 'cursor', 'is not a nextCursor of this list'],
  ])('usage?%s', async (query, field, message) => {
    const { status, body } = await get(`usage?${query}`);
    expect([status, body.code]).toEqual([400, 'invalid_request']);
    expect(new Set(body.errors.map((error: { field: string }) => error.field))).toEqual(new Set([field]));
    expect(body.errors[0].message).toContain(message);
  });

  it.each([
    ['costs?groupBy=hour&userId=anna', 'groupBy'],
    ['costs?from=2026-01-01&to=2026-11-01', 'from'],
    ['switches?from=2026-01-01&to=2026-11-01', 'from'],
    ['switches?cursor=e30', 'cursor'],
    ['preferences?from=2026-01-01', 'query'],
    ['preferences?cursor=e30', 'cursor'],
  ])('%s', async (path, field) => {
    const { status, body } = await get(path);
    expect([status, body.errors?.[0].field]).toEqual([400, field]);
  });
});
