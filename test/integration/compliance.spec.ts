import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommandLine } from '../support/cli-run.js';
import { eventually } from '../support/eventually.js';
import { SERVICE_KEY } from '../support/test-env.js';
import { TestSystem } from '../support/test-system.js';

const PAGE = readFileSync('docs/compliance.md', 'utf8');
const lines = [...PAGE.matchAll(/^ {6,8} *(orchestrate-bedrock|psql|curl) (.+)$/gm)].map(
  ([, program, rest]) => ({
    program: program!,
    rest: rest!,
  }),
);
const of = (program: string) => lines.filter((line) => line.program === program).map(({ rest }) => rest);
const STATEMENTS = of('psql').map((line) => /^"\$DATABASE_URL" -c "([^"]+)"$/.exec(line)?.[1] ?? line);

let system: TestSystem;
let url: string;
beforeAll(async () => {
  system = await TestSystem.start({ worker: true });
  await system.api.listen(0, '127.0.0.1');
  url = await system.api.getUrl();
  const act = { action: 'switch', conversationId: 'conv-123', userId: 'user-456', reason: 'Why' };
  await system.act({ ...act, modelId: 'eu.amazon.nova-pro-v1:0' });
  await eventually(async () => {
    const { rows } = await system.environment.app.query('SELECT 1 FROM audit_seals');
    expect(rows).toHaveLength(1);
  });
});
afterAll(() => system?.close());

const rowsOf = async (statement: string) => (await system.environment.app.query(statement)).rows;
const statementOf = (part: string): string => {
  const found = STATEMENTS.filter((statement) => statement.includes(part));
  expect(found).toHaveLength(1);
  return found[0]!;
};

const cli = (words: string) =>
  runCommandLine(words.split(' '), {
    SUPABASE_URL: url,
    SUPABASE_SERVICE_KEY: SERVICE_KEY,
    XDG_CONFIG_HOME: '/nowhere',
  });

describe('docs/compliance.md', () => {
  it('has as many proofs as its tables refer to', () => {
    const referred = [...PAGE.matchAll(/^\|[^|]*\|[^|]*\| ([\d, ]+) \|/gm)].flatMap(([, list]) =>
      list!.split(', '),
    );
    const proofs = [...PAGE.matchAll(/^(\d+)\. /gm)].map(([, number]) => number!);
    expect([...new Set(referred)].sort()).toEqual([...proofs].sort());
    expect(lines.length).toBeGreaterThanOrEqual(proofs.length);
  });

  it.each(of('orchestrate-bedrock'))('orchestrate-bedrock %s answers', async (words) => {
    expect(await cli(words)).toMatchObject({ exitCode: 0 });
  });

  it.each(STATEMENTS)('%s runs as the application', async (statement) => {
    expect(Array.isArray(await rowsOf(statement))).toBe(true);
  });

  it.each(of('curl'))('curl %s answers', async (line) => {
    const path = /"\$SUPABASE_URL(\/[^"]+)"$/.exec(line)![1]!;
    expect((await system.get(path)).status).toBe(200);
  });

  it('proves what it says: the records take rows, and no change of them', async () => {
    const rights = await rowsOf(statementOf('role_table_grants'));
    expect(rights.length).toBeGreaterThanOrEqual(6);
    expect([...new Set(rights.map((row) => row.privilege_type))]).toEqual(['INSERT']);
  });

  it('proves what it says: no column of calls is for a text of people', async () => {
    const columns = (await rowsOf(statementOf("'model_invocations' AND data_type"))).map(
      (row) => row.column_name,
    );
    expect(columns).toContain('model_id');
    expect(columns.filter((name) => /prompt|answer|content|message|text/.test(name))).toEqual([]);
  });

  it('proves what it says: the switch, its actor and its reason', async () => {
    expect(await rowsOf(statementOf('split_part'))).toEqual([{ kind: 'service', count: '1' }]);
    expect((await cli('conversations history conv-123')).stdout).toContain('Why');
    expect((await cli('audit verify')).stdout).toContain('1');
  });
});
