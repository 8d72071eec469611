import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeApiServer, silence, status } from './testing/fake-api-server.js';

const service = new FakeApiServer();
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'prices-'));
  await service.start();
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true });
});

const pageOf = (...items: object[]) => status(200, { items, nextCursor: null });
async function shown(args: string[], ...items: object[]) {
  service.reply(pageOf(...items));
  return (await service.run(args)).out;
}

const CHANGE = {
  id: 7,
  entity: 'model',
  entityId: 'eu.amazon.nova-pro-v1:0',
  actor: 'service:ci',
  changedAt: '2026-01-15T09:30:12.5Z',
  before: { name: 'Nova', tier: 50, destination_regions: null },
  after: { name: 'Nova', tier: 55, destination_regions: ['eu-west-1'] },
};
const SWITCH = {
  id: 's-1',
  conversationId: 'conv-123',
  useCase: 'clinical',
  actor: 'user:user-456',
  action: 'manual_switch',
  previousModelId: 'eu.anthropic.claude-haiku-4-5-20251001-v1:0',
  newModelId: 'eu.anthropic.claude-haiku-4-5-20251001-v1:0',
  reason: 'Cost optimization',
  costImpact: '0.125000',
  status: 'recorded',
  timestamp: '2026-01-15T09:30:12.500Z',
};

it.each([
  [['changes'], '/v1/catalogue/changes?limit=50'],
  [
    ['changes', '--entity', 'model', '--id', 'm:0'],
    '/v1/catalogue/changes?entity=model&entityId=m%3A0&limit=50',
  ],
  [
    ['changes', '--by', 'service:ci', '--from', '24h', '--sweeps'],
    '/v1/catalogue/changes?actor=service%3Aci&from=2026-01-14T10%3A00%3A00.000Z&includeSystem=true&limit=50',
  ],
  [['switches', '--limit', '5'], '/v1/switches?limit=5'],
  [['switches', '--scope', 'conversation'], '/v1/switches?scope=conversation&limit=50'],
  [['history', 'a/b', '--limit', '5'], '/v1/conversations/a%2Fb/history?limit=5'],
  [['outbox', 'list'], '/v1/outbox?limit=50'],
  [
    ['switches', '--conversation', 'c', '--user', 'u', '--use-case', 'health', '--action', 'auto_switch'],
    '/v1/switches?conversationId=c&userId=u&useCase=health&action=auto_switch&limit=50',
  ],
  [
    ['switches', '--from', '24h', '--to', '2026-01-15T09:00:00+01:00'],
    '/v1/switches?from=2026-01-14T10%3A00%3A00.000Z&to=2026-01-15T08%3A00%3A00.000Z&limit=50',
  ],
  [['lifecycle'], '/v1/lifecycle'],
  [['validations', '--model', 'm'], '/v1/validations?modelId=m&limit=50'],
])('%j asks for %s', async (args, path) => {
  service.reply(pageOf());
  const { exitCode, out } = await service.run(args);
  expect(exitCode).toBe(0);
  expect(out).toMatch(/^No(thing)? .*\n$/);
  expect(service.received).toMatchObject([{ method: 'GET', path, body: undefined }]);
});

it('reads further pages until it has as many items as requested', async () => {
  const some = (count: number) => Array.from({ length: count }, () => SWITCH);
  service.reply(
    status(200, { items: some(100), nextCursor: 'next' }),
    status(200, { items: some(20), nextCursor: 'more' }),
  );
  const { out } = await service.run(['switches', '--limit', '120']);
  expect(service.received.map(({ path }) => path)).toEqual([
    '/v1/switches?limit=100',
    '/v1/switches?limit=20&cursor=next',
  ]);
  expect(out.split('conv-123')).toHaveLength(121);
  expect(out).toContain('There are more switches than are shown here.');
});

it('changes shows what was, what is and who did it', async () => {
  const added = { ...CHANGE, entity: 'use_case', before: null };
  const removed = { ...CHANGE, actor: 'sql:owner', after: null };
  expect(await shown(['changes'], CHANGE, added, removed)).toBe(
    `2026-01-15 09:30 UTC  service:ci  model eu.amazon.nova-pro-v1:0
   tier: 50 → 55
   destination_regions: none → ["eu-west-1"]

2026-01-15 09:30 UTC  service:ci  use case eu.amazon.nova-pro-v1:0
   added

2026-01-15 09:30 UTC  sql:owner  model eu.amazon.nova-pro-v1:0
   removed
`,
  );
});

describe('switches', () => {
  it('shows every column in a script, what is pending, and that a price is not known', async () => {
    const followers = { ...SWITCH, conversationId: null, costImpact: null };
    const out = await shown(['switches'], SWITCH, { ...followers, status: 'pending' }, followers);
    expect(out.split('\n')[0]?.split(/ {2,}/)).toEqual([
      'WHEN (UTC)',
      'SCOPE',
      'ACTION',
      'FROM → TO',
      'SAVES USD',
      'BY',
      'REASON',
      'ID',
    ]);
    expect(out).toMatch(
      /^2026-01-15 09:30 +conv-123 +manual .* 0\.125 +user:user-456 +Cost optimization +s-1$/m,
    );
    expect(out).toMatch(/ use case clinical .* pending /);
    expect(out).toMatch(/ use case clinical .* unknown /);
  });

  it('fits 80 columns, and names the columns that are hidden', async () => {
    service.reply(pageOf({ ...SWITCH, previousModelId: 'a', newModelId: 'b' }));
    const { out } = await service.run(['switches'], { columns: 80 });
    const [, row] = out.split('\n');
    expect(row).toMatch(/^2026-01-15 09:30 +conv-123 +manual +a → b +user:user-456 +Cost optimization$/);
    expect(out).toContain('\n\n2 columns hidden: SAVES USD, ID (-o wide)\n');
  });
});

it('lifecycle warns first, then shows the dates of every model', async () => {
  const ends = { milestone: 'end_of_life', at: '2026-06-01T00:00:00Z', days: 137 };
  const item = {
    modelId: 'old',
    name: 'Old One',
    status: 'LEGACY',
    milestones: [ends],
    warning: { ...ends, threshold: 180 },
    inUse: true,
    useCases: ['clinical'],
    conversations: 1000,
    conversationsCapped: true,
    successor: { modelId: 'new', name: 'New One', savedUsd: null, horizon: '30 days' },
  };
  const quiet = { ...item, modelId: 'quiet', milestones: [], warning: null };
  const promised = { hasRunOut: true, noticeDays: 180, endsNotBefore: '2026-09-01T00:00:00.000Z' };
  const out = await shown(
    ['lifecycle'],
    item,
    quiet,
    { ...quiet, modelId: 'promised', outlook: promised },
    {
      ...quiet,
      modelId: 'unbound',
      outlook: { ...promised, endsNotBefore: null },
    },
  );
  expect(out).toMatch(
    /^⚠️ {2}Old One reaches its end of life in 137 days \(2026-06-01\): successor New One\n\n/,
  );
  expect(out).toMatch(
    /^old +LEGACY +- +2026-06-01 +137 +clinical, 1000\+ conversations +new +unknown \(30 days\)$/m,
  );
  expect(out).toMatch(/^quiet +LEGACY +- +- +- /m);
  expect(out).toMatch(/^promised +LEGACY +- +not before 2026-09-01 +- /m);
  expect(out).toMatch(/^unbound +LEGACY +- +any day +- /m);
});

it('validations shows what was found, and that a price is not known', async () => {
  const found = { modelId: 'm', checkedAt: '2026-01-15T09:30:00Z', outcome: 'failed', method: 'converse' };
  const out = await shown(['validations'], {
    ...found,
    errorKind: 'throttled',
    latencyMs: 812,
    costUsd: null,
  });
  expect(out).toMatch(/^2026-01-15 09:30 +m +failed +throttled +converse +812 +unknown +-$/m);
  expect(await shown(['validations'], { ...found, costUsd: null, tokens: 0 })).toMatch(
    / converse +- +- +-$/m,
  );
});

describe('sync', () => {
  it.each([
    [
      200,
      { added: ['a', 'b'], changed: [], gone: ['c'] },
      /^✅ The catalogue was read from Bedrock\.\n +Added: +2: a, b\n +Changed: 0\n +Gone: +1: c\n$/,
    ],
  ])('shows what there is of %i', async (code, body, expected) => {
    service.reply(status(code, body));
    const { exitCode, out } = await service.run(['sync']);
    expect(exitCode).toBe(0);
    expect(service.received).toMatchObject([{ method: 'POST', path: '/v1/catalogue/sync', body: {} }]);
    expect(out).toMatch(expected);
  });

  it('believes an answer that looks like a disaster where asked to', async () => {
    service.reply(status(200, { added: [], changed: [], gone: [] }));
    await service.run(['sync', '--force']);
    expect(service.received[0]?.body).toEqual({ force: true });
  });

  it('waits longer than other commands: Bedrock may take its time', async () => {
    service.reply(silence);
    const waiting = service.run(['sync'], { patience: { totalMs: 50, firstAttemptMs: 25 } });
    const first = await Promise.race([
      waiting,
      new Promise((resolve) => setTimeout(resolve, 300, 'waiting')),
    ]);
    expect(first).toBe('waiting');
  });

  it('does not take an answer of something else for one', async () => {
    service.reply(status(200, { hello: 'world' }));
    expect((await service.run(['sync'])).exitCode).toBe(1);
  });
});

describe('prices import', () => {
  const put = (content: string) => {
    const file = join(folder, 'prices.json');
    writeFileSync(file, content);
    return file;
  };

  it('sends the file as it is, and shows what became of it', async () => {
    const prices = {
      source: 'March',
      prices: [{ modelId: 'm', inputPricePer1k: '0.001', outputPricePer1k: '1' }],
    };
    service.reply(
      status(200, {
        imported: 1,
        unchanged: 2,
        unknownModels: ['x'],
        conflicts: [
          {
            modelId: 'm',
            sources: [
              { source: 'March', inputPricePer1k: '0.0010', outputPricePer1k: '1' },
              { source: 'AWS', inputPricePer1k: null, outputPricePer1k: '2' },
            ],
          },
        ],
      }),
    );
    const { exitCode, out } = await service.run(['prices', 'import', put(JSON.stringify(prices))]);
    expect(exitCode).toBe(0);
    expect(service.received).toMatchObject([{ method: 'POST', path: '/v1/catalogue/prices', body: prices }]);
    expect(out).toBe(
      '✅ 1 price imported, 2 unchanged.\n   - x is not in the catalogue: orchestrate-bedrock models add\n   - m: the sources disagree ($/1K in, out): March 0.001, 1; AWS unknown, 2\n',
    );
  });

  it('shows with --dry-run when each price would take effect', async () => {
    const before = { source: 'AWS', inputPricePer1k: '0.002', outputPricePer1k: null };
    const after = { source: 'March', inputPricePer1k: '0.001', outputPricePer1k: '1' };
    const effect = { modelId: 'm', effect: 'later', validFrom: '2026-03-01T00:00:00Z', before, after };
    const preview = { imported: 1, unchanged: 0, unknownModels: [], conflicts: [], effects: [effect] };
    service.reply(status(200, preview));
    const { out } = await service.run(['catalogue', 'import-prices', put('{"source":"March"}'), '--dry-run']);
    expect(service.received[0]?.body).toEqual({ source: 'March', dryRun: true });
    expect(out).toBe(
      'Nothing was changed. An import would do this: 1 price imported, 0 unchanged.\n' +
        '   ~ m: 0.002, unknown → 0.001, 1 from 2026-03-01 00:00 UTC\n',
    );
  });

  it('lists the prices that take effect later', async () => {
    const price = { modelId: 'm', source: 'March', inputPricePer1k: '0.0010', outputPricePer1k: '1' };
    const out = await shown(['catalogue', 'upcoming-prices'], {
      ...price,
      validFrom: '2026-03-01T00:00:00Z',
    });
    expect(service.received[0]?.path).toBe('/v1/catalogue/prices/upcoming');
    expect(out).toMatch(/^2026-03-01 00:00 +m +0\.001 +1 +March$/m);
  });

  it('sets prices over those of others where asked to', async () => {
    service.reply(status(200, { imported: 0, unchanged: 1, unknownModels: [], conflicts: [] }));
    await service.run(['prices', 'import', put('{"source":"March"}'), '--apply']);
    expect(service.received[0]?.body).toEqual({ source: 'March', apply: true });
  });

  it.each([
    ['is not there', () => join(folder, 'missing.json'), /ENOENT/],
    ['is no JSON', () => put('{'), /JSON/],
    ['is a list', () => put('[]'), /must be a JSON object with source and prices/],
  ])('sends nothing when the file %s', async (_, file, message) => {
    service.reply();
    const { exitCode, err } = await service.run(['prices', 'import', file()]);
    expect(exitCode).toBe(2);
    expect(err).toMatch(message);
    expect(service.received).toEqual([]);
  });
});

describe('catalogue import', () => {
  const imported = {
    added: ['new'],
    changed: [
      {
        modelId: 'm',
        field: 'price',
        before: { inputPer1k: '0.00039', cacheWritePer1k: null },
        after: { inputPer1k: '0.000429', cacheWritePer1k: '0' },
      },
      { modelId: 'm', field: 'priceConflicts', before: [], after: [{ source: 'list' }] },
    ],
    kept: [{ modelId: 'ours', priceSource: 'contract' }],
    dryRun: false,
  };

  it('takes the facts of the service, and shows what became of them', async () => {
    service.reply(status(200, imported));
    const { exitCode, out } = await service.run(['catalogue', 'import']);
    expect(exitCode).toBe(0);
    expect(service.received).toMatchObject([
      { method: 'POST', path: '/v1/catalogue/facts', body: { dryRun: false } },
    ]);
    expect(out).toBe(
      '✅ Facts imported: 1 added, 1 changed, 1 prices kept.\n   + new: approve it with orchestrate-bedrock models edit\n' +
        '   ~ m price: inputPer1k 0.00039, cacheWritePer1k not known → inputPer1k 0.000429, cacheWritePer1k 0\n' +
        '   ~ m priceConflicts: none → source list\n   = ours keeps its price: contract\n',
    );
  });

  it('sends a file, and says that a dry run changed nothing', async () => {
    const file = join(folder, 'facts.json');
    writeFileSync(file, '{"readOn":"2026-11-28"}');
    service.reply(status(200, { ...imported, dryRun: true }));
    const { out } = await service.run(['catalogue', 'import', file, '--dry-run']);
    expect(service.received[0]?.body).toEqual({ dryRun: true, facts: { readOn: '2026-11-28' } });
    expect(out).toMatch(/^Nothing was changed\. An import would do this: 1 added/);
  });
});

it.each([
  [['switches', '--from', 'yesterday'], /a date, a time with zone, or 24h/],
  [['switches', '--limit', '0'], /a number from 1 to 5000/],
  [['prices'], /Usage: orchestrate-bedrock prices/],
])('wrong usage: %j', async (args, message) => {
  const { exitCode, err } = await service.run(args);
  expect(exitCode).toBe(2);
  expect(err).toMatch(message);
});

it.each([
  [[], {}, 2, '2 will be retried'],
  [['e-1'], { id: 'e-1' }, 0, 'No dead letters'],
])('requeues %j', async (ids, body, requeued, said) => {
  service.reply(status(200, { requeued }));
  expect((await service.run(['outbox', 'requeue', ...ids])).out).toContain(said);
  expect(service.received).toMatchObject([{ method: 'POST', path: '/v1/outbox/requeue', body }]);
});

it('shows dead letters, their errors and how to requeue them', async () => {
  const entry = {
    id: 'e-1',
    job: 'switching.record-switch',
    failures: 10,
    setAsideAt: '2026-01-15T09:30:12Z',
  };
  const out = await shown(['outbox', 'list'], { ...entry, lastError: 'no such column' });
  expect(out).toMatch(/^e-1 +switching.record-switch +2026-01-15 09:30 UTC +10 times +no such column$/m);
  expect(out).toContain('orchestrate-bedrock outbox requeue');
  expect(await shown(['outbox', 'list'])).toContain('No dead letters');
});
