import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import document from '../../apps/api/openapi.json' with { type: 'json' };
import { MATRIX, type Row, type Someone } from '../support/authorization-matrix.js';
import { ChatSystem } from '../support/chat-system.js';
import { userToken } from '../support/test-system.js';

const operations = Object.entries(
  document.paths as Record<string, Record<string, { operationId: string }>>,
).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { operationId }]) => ({
    path,
    method: method.toUpperCase(),
    operationId,
  })),
);
const rows = operations.flatMap((operation) => {
  const row = MATRIX[operation.operationId] ?? {};
  const several = 'may' in row ? { '': row as Row } : (row as Record<string, Row>);
  return Object.entries(several).map(([what, each]) => ({ ...operation, what, row: each }));
});

let chats: ChatSystem;
const known = {} as Record<Someone, string>;
const unknown: Record<string, string | null> = {};
let counter = 0;

beforeAll(async () => {
  chats = await ChatSystem.start({
    overrides: { OIDC_ROLES: JSON.stringify({ 'ml-ops': ['operate'] }) },
  });
  const { system } = chats;
  const secondsAgo = Math.floor(Date.now() / 1000) - 60;
  for (const scopes of ['read', 'switch', 'act-as', 'switch + act-as', 'operate', 'audit', 'admin'] as const)
    known[scopes] = await system.key(scopes.split(' + '));
  known['person who operates'] = await userToken('ada', { app_metadata: { orchestrator_roles: ['ml-ops'] } });
  known['own user'] = await userToken('user-456');
  known['foreign user'] = await userToken('user-457');
  const revoked = await system.call('POST', '/v1/keys', {
    name: 'revoked',
    scopes: ['read', 'operate', 'admin'],
  });
  await system.call('DELETE', `/v1/keys/${revoked.body.id}`);
  const expired = await system.call('POST', '/v1/keys', { name: 'expired', scopes: ['operate'] });
  await chats.rows(`UPDATE service_keys SET expires_at = now() - interval '1 second' WHERE id = $1`, [
    expired.body.id,
  ]);
  Object.assign(unknown, {
    nobody: null,
    nonsense: 'nonsense',
    anon: await userToken('user-456', { role: 'anon' }),
    'service_role as a token': await userToken('user-456', { role: 'service_role' }),
    'a user whose token is over': await userToken('user-456', { exp: secondsAgo }),
    'a key that is revoked': revoked.body.key,
    'a key that is over': expired.body.key,
  });
});
afterAll(() => chats.close());

async function ask(operation: (typeof rows)[number], token: string | null): Promise<number> {
  const { path, method, row } = operation;
  counter += 1;
  const made = await row.first?.(
    async (verb, url, body) => (await chats.system.call(verb, url, body)).body,
    counter,
  );
  const values: Record<string, string> = { ...row.at, ...made };
  const url = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(values[name]!)) + (row.query ?? '');
  if (operation.operationId === 'streamNotifications') return chats.statusOf(url, token);
  const [body, headers] = row.yaml
    ? [row.yaml, { 'content-type': 'application/yaml' }]
    : [row.body?.(counter), {}];
  const { status } = await chats.system.call(method as 'GET', url, body, { token, headers });
  return status;
}

const expectedOf = (row: Row, caller: Someone): string => {
  // A person has the rights of a key with its scopes, but for what belongs to keys.
  const someone = caller === 'person who operates' && !row.keysOnly ? 'operate' : caller;
  if (row.always !== undefined) return row.always;
  if (row.may === 'everyone, without a token too' || row.may.includes(someone)) return 'let in';
  return row.hidden?.includes(someone) ? '404' : '403';
};
/** Maps a status to `let in` or to itself. A caller that is rate-limited, or finds that another is at work, was let in. */
const outcome = (status: number): string =>
  status < 400 || status === 409 || status === 429 ? 'let in' : String(status);

it('every operation of the description has its row, and every row its operation', () => {
  expect(Object.keys(MATRIX).sort()).toEqual(operations.map(({ operationId }) => operationId).sort());
});

describe.each(rows)('$method $path $what', (operation) => {
  it('lets in whom it should, and answers the others with no more than they may know', async () => {
    const seen: Record<string, string> = {};
    const expected: Record<string, string> = {};
    for (const [someone, token] of Object.entries(known)) {
      seen[someone] = outcome(await ask(operation, token));
      expected[someone] = expectedOf(operation.row, someone as Someone);
    }
    expect(seen).toEqual(expected);
  });

  it('lets in nobody whom it does not know', async () => {
    const { may, strangers = 401 } = operation.row;
    const expected =
      operation.row.always ?? (may === 'everyone, without a token too' ? 'let in' : String(strangers));
    for (const [someone, token] of Object.entries(unknown))
      expect([someone, outcome(await ask(operation, token))]).toEqual([someone, expected]);
  });
});
