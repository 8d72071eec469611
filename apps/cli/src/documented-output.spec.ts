import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeApiServer, success } from './testing/fake-api-server.js';

const service = new FakeApiServer();
beforeAll(() => service.start());
afterAll(() => service.stop());

const HAIKU = {
  id: 'eu.anthropic.claude-haiku-4-5-20251001-v1:0',
  name: 'Claude Haiku 4.5',
  provider: 'anthropic',
  useCase: 'clinical',
  maxTokens: 8000,
  lifecycle: { status: 'ACTIVE' },
  inputPricePer1k: '0.001100000',
  outputPricePer1k: null,
};
const ESCAPE = '\u001b';

async function shown(args: string[], data: object, terminal = {}) {
  service.reply(success('any', data));
  return service.run(args, terminal);
}

describe('list', () => {
  it('shows every column in a script; a price that is not known is not shown as a number', async () => {
    const { out } = await shown(['list'], { models: [HAIKU] });
    const [head, row] = out.split('\n').filter((line) => /MODEL ID|haiku/.test(line));
    expect(head?.split(/ {2,}/)).toEqual([
      'MODEL ID',
      'NAME',
      'PROVIDER',
      'USE CASE',
      'MAX TOKENS',
      '$/1K IN',
      '$/1K OUT',
      'LIFECYCLE',
    ]);
    expect(row?.split(/ {2,}/)).toEqual([
      HAIKU.id,
      'Claude Haiku 4.5',
      'anthropic',
      'clinical',
      '8000',
      '0.0011',
      'unknown',
      'ACTIVE',
    ]);
  });

  it('works with the fields of the source document alone', async () => {
    const { id, name, provider, useCase, maxTokens } = HAIKU;
    const { exitCode, out } = await shown(['list'], { models: [{ id, name, provider, useCase, maxTokens }] });
    expect(exitCode).toBe(0);
    expect(out).toMatch(/8000 +unknown +unknown +-\n/);
  });

  it('fits 80 columns and keeps what one chooses a model by', async () => {
    const { out } = await shown(['list'], { models: [HAIKU] }, { columns: 80 });
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(out).toContain(HAIKU.id);
    expect(out).toContain('clinical');
    expect(out).toContain('0.0011');
  });

  it('uses escape sequences only where colours are wanted', async () => {
    expect((await shown(['list'], { models: [HAIKU] }, { colour: true })).out).toContain(ESCAPE);
    expect((await shown(['list'], { models: [HAIKU] })).out).not.toContain(ESCAPE);
  });

  it('has room for as many columns with colours as without', async () => {
    const { out } = await shown(['list'], { models: [HAIKU] }, { columns: 100, colour: true });
    expect(out).toContain('Claude Haiku 4.5');
    expect(out).not.toContain('anthropic  ');
  });

  it('does not let a name of the catalogue talk to the terminal', async () => {
    const { out } = await shown(['list'], { models: [{ ...HAIKU, name: `x${ESCAPE}[2Jy\nz` }] });
    expect(out).toContain('x [2Jy z');
    expect(out).not.toContain(ESCAPE);
  });

  it('has a sentence for nothing', async () => {
    expect((await shown(['list'], { models: [] })).out).toMatch(/^No model is available\./);
  });
});

it('use-case shows rank, what is active, and why a candidate is out', async () => {
  const excluded = { ...HAIKU, rank: 2, active: false, selectable: false };
  const { out } = await shown(['use-case', 'clinical'], {
    useCase: 'clinical',
    objective: 'quality',
    models: [
      { ...HAIKU, id: 'best', rank: 1, active: true, selectable: true, reasons: [] },
      { ...excluded, reasons: [{ code: 'cooling_down', detail: 'It cools down until 10:05.' }] },
    ],
  });
  expect(out).toContain('clinical: 2 candidates, ordered by quality');
  expect(out).toMatch(/^1 +best +Claude Haiku 4.5 +active +0\.0011 +unknown$/m);
  expect(out).toMatch(/^2 +eu\.anthropic\.claude-haiku.* +not selectable +0\.0011 +unknown$/m);
  expect(out).toContain(`${HAIKU.id} is not selectable:\n   - It cools down until 10:05.`);
  expect((await shown(['use-case', 'new'], { useCase: 'new', models: [] })).out).toBe(
    'new has no candidates yet.\n',
  );
});

describe('validate', () => {
  it('says that a model is valid and when that was seen', async () => {
    const data = { modelId: 'm', valid: true, exists: true, lifecycle: { status: 'ACTIVE' } };
    const { exitCode, out } = await shown(['validate', 'm'], {
      ...data,
      lastValidatedAt: '2026-01-15T09:30:12.5Z',
    });
    expect(exitCode).toBe(0);
    expect(out).toBe('✅ m is valid.\n   Lifecycle:      ACTIVE\n   Last validated: 2026-01-15 09:30 UTC\n');
    expect((await shown(['validate', 'm'], data)).out).toContain('Last validated: not yet');
  });

  it('says what a deep check found', async () => {
    const data = { modelId: 'm', valid: true, exists: true };
    const check = { outcome: 'passed', detail: 'it does not take temperature' };
    const { out } = await shown(['validate', 'm', '--deep'], { ...data, check });
    expect(out).toContain('Asked now:      passed: it does not take temperature\n');
    expect((await shown(['validate', 'm', '--deep'], { ...data, check: { outcome: 'passed' } })).out).toMatch(
      /Asked now: +passed\n/,
    );
  });

  it('ends with 1 for a model that cannot be used, with the command for its successor', async () => {
    const { exitCode, out } = await shown(['validate', 'old', '--deep'], {
      modelId: 'old',
      valid: false,
      exists: true,
      reasons: [{ code: 'lifecycle_ended' }],
      lifecycle: { status: 'EOL', endOfLifeAt: '2026-03-01T00:00:00.000Z' },
      successor: 'new',
    });
    expect(exitCode).toBe(1);
    expect(out).toContain('❌ old cannot be used.\n   - lifecycle_ended\n');
    expect(out).toMatch(/Lifecycle: +EOL since 2026-03-01\n/);
    expect(out).toMatch(/Try: +orchestrate-bedrock validate new --deep\n/);
  });

  it('ends with 1 for a model nobody knows', async () => {
    const { exitCode, out } = await shown(['validate', 'x'], { modelId: 'x', valid: false, exists: false });
    expect(exitCode).toBe(1);
    expect(out).toContain(
      'x is not in the catalogue.\n   See the models there are: orchestrate-bedrock list',
    );
  });
});

describe('switch', () => {
  const data = {
    switched: true,
    from: 'Claude Sonnet 4.6',
    to: 'Amazon Nova Lite',
    toId: 'eu.amazon.nova-lite-v1:0',
    scope: 'use_case',
    useCase: 'health',
  };

  it('shows what the source document shows, then the particulars', async () => {
    const { out } = await shown(['switch', 'm', 'Cost reduction'], {
      ...data,
      followers: 12,
      costImpact: { savedUsd: '41.500000', horizon: '30 days' },
      switchId: 's-1',
    });
    expect(out.split('\n').map((line) => line.replace(/: +/, ': '))).toEqual([
      '✅ Switching AI Model',
      '   Using: Amazon Nova Lite',
      '',
      '   From: Claude Sonnet 4.6',
      '   To: Amazon Nova Lite (eu.amazon.nova-lite-v1:0)',
      '   Scope: use case health',
      '   Followers: 12 conversations follow',
      '   Cost: saves 41.5 USD (30 days)',
      '   Switch id: s-1',
      '',
    ]);
  });

  it('takes its title from the notification, else from the kind of switch', async () => {
    service.reply(success('switch', data, { notification: { title: 'Another Title' } }));
    expect((await service.run(['switch', 'm'])).out).toContain('✅ Another Title\n');
    expect((await shown(['auto-switch', 'health'], data)).out).toContain('✅ Auto-Switching AI Model\n');
    expect((await shown(['fallback-switch', 'x'], data)).out).toContain('✅ Auto-Switching AI Model\n');
  });

  it.each([
    ['a switch', ['switch', 'm'], {}, /^Warning: conversation conv-132 did not exist and was created/],
    ['a dry run', ['switch', 'm', '--dry-run'], { dryRun: true }, /^Warning: conversation conv-132 does not/],
    ['an auto-switch', ['auto-switch', 'health'], {}, /--must-exist/],
    ['a fallback-switch', ['fallback-switch', 'x'], {}, /--must-exist/],
    ['a switch, with JSON', ['switch', 'm', '--json'], {}, /--must-exist/],
  ])('warns that %s creates a conversation', async (_, args, more, warning) => {
    const created = { ...data, scope: 'conversation', conversationId: 'conv-132', created: true, ...more };
    const { exitCode, out, err } = await shown(args, created);
    expect(exitCode).toBe(0);
    expect(err).toMatch(warning);
    expect(out).not.toContain('Warning');
  });

  it('warns of the calls that the new model does not take, beside the answer', async () => {
    const warnings = [
      { kind: 'body_family', text: '3 calls had a body in the form of claude.' },
      { text: '1 call had \u001b[2Jtools.' },
    ];
    const { exitCode, out, err } = await shown(['switch', 'm', '--dry-run'], {
      ...data,
      dryRun: true,
      warnings,
    });
    expect([exitCode, err]).toEqual([
      0,
      'Warning: 3 calls had a body in the form of claude.\nWarning: 1 call had  [2Jtools.\n',
    ]);
    expect(out).not.toContain('Warning');
  });

  it('says that nothing changed, and why', async () => {
    const same = { ...data, switched: false, conversationId: 'conv-123' };
    const why = 'Amazon Nova Lite is already the effective model of conversation conv-123.';
    expect(await shown(['switch', 'm'], same)).toEqual({
      exitCode: 0,
      out: `Nothing changed: ${why}\n`,
      err: '',
    });
    expect((await shown(['switch', 'm', '--dry-run'], { ...same, dryRun: true })).out).toBe(
      `Dry run: nothing would change. ${why}\n`,
    );
  });

  it('does not call a dry run a switch, and reads the sign of the cost the right way', async () => {
    const { out } = await shown(['switch', 'm', '--dry-run'], {
      ...data,
      dryRun: true,
      costImpact: { savedUsd: '-3.2', horizon: '30 days' },
      followers: 1,
    });
    expect(out).toMatch(/^Dry run: nothing was changed\./);
    expect(out).not.toContain('✅');
    expect(out).toMatch(/Cost: +3\.2 USD more \(30 days\)\n/);
    expect(out).toMatch(/Followers: 1 conversation follows\n/);
    expect((await shown(['switch', 'm'], { ...data, costImpact: { savedUsd: null } })).out).toMatch(
      /Cost: +unknown\n/,
    );
    const first = { savedUsd: null, horizon: 'first assignment' };
    expect((await shown(['switch', 'm'], { ...data, costImpact: first })).out).toMatch(
      /Cost: +none: no model had answered in this conversation\n/,
    );
  });

  it('explains who was selected, and what is against the others', async () => {
    const figures = { timeToFirstTokenMs: null, expectedCostPerExchange: '0.000218400' };
    const { out } = await shown(['auto-switch', 'health', '--explain'], {
      ...data,
      explanation: {
        objective: 'cost',
        candidates: [
          { modelId: 'm1', rank: 1, selectable: false, reasons: [{ code: 'cooling_down' }], ...figures },
          { modelId: 'm2', rank: 2, selectable: true, reasons: [], ...figures, timeToFirstTokenMs: 640 },
        ],
      },
    });
    expect(out).toContain('Candidates, ordered by cost:');
    expect(out).toMatch(/1 +m1 +0\.0002184 +- +no: cooling_down\n/);
    expect(out).toMatch(/2 +m2 +0\.0002184 +640 ms +yes\n/);
  });
});
