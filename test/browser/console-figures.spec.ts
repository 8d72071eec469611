import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { BudgetWarnings } from '#libs/budgets/budget-warnings.service.js';
import type { Page } from '../../tools/browser.js';
import { AuditChain } from '../support/audit-chain.js';
import { violations } from '../support/axe.js';
import { question } from '../support/chat-client.js';
import { HAIKU, NOVA_LITE, NOVA_MICRO } from '../support/chat-system.js';
import { chromiumIsThere } from '../support/chromium.js';
import { Console } from '../support/console.js';
import { insertSwitch } from '../support/switch-rows.js';
import { type TestSystem, userToken } from '../support/test-system.js';
import { recordCalls } from '../support/usage-system.js';

const DESK = { width: 1280, height: 800 };
/** Hidden from who cannot see it: a table beneath has the same figures. */
const CHART = '.recharts-wrapper';
const PHONE = { width: 360, height: 740 };

/** The path of each page, and an element that it has when its data is loaded. */
const PAGES: Record<string, { path: string; shown: string }> = {
  analytics: { path: '/cost', shown: '.recharts-bar-rectangle path' },
  validation: { path: '/health', shown: 'table[aria-label="Models and their verdicts"]' },
  'validation-model': { path: `/health?model=${HAIKU}`, shown: '.recharts-scatter-symbol' },
  lifecycle: { path: '/lifecycle', shown: 'ul[aria-label="What ends when"]' },
  audit: { path: '/audit', shown: 'main li time' },
};

describe.skipIf(!chromiumIsThere)('the figures of the console', () => {
  const console = new Console(true);
  let page: Page;
  const act = (body: object) => console.act(body);

  beforeAll(async () => {
    page = await console.at('/activity');
    await past(console.chats.system);
    await act({ action: 'switch', modelId: HAIKU, useCase: 'clinical', reason: 'For all of them' });
    await console.chats.chat({ conversationId: 'conv-124', ...question() });
    for (let n = 0; n < 14; n += 1)
      for (const modelId of [NOVA_MICRO, NOVA_LITE])
        await act({ action: 'switch', modelId, conversationId: 'conv-123', reason: `Round ${n}` });
    await console.chats.chat({ conversationId: 'conv-123', ...question() });
    console.chats.faults({ kind: 'stop', reason: 'guardrail_intervened' });
    await console.chats.chat({ conversationId: 'conv-123', ...question() });
    console.chats.faults();
    await act({ action: 'validate', modelId: HAIKU, deep: true });
    await setBudgets(console.chats.system);
    await new AuditChain(console.chats.system).seal();
  });

  it.each(Object.keys(PAGES))('%s: axe finds nothing, light and dark, and it fits a phone', async (name) => {
    const { path, shown } = PAGES[name]!;
    await page.setViewportSize(DESK);
    await page.emulateMedia({ colorScheme: 'light' });
    await console.goTo(path, page);
    await page.locator(shown).first().waitFor();
    expect(await violations(page, { without: CHART })).toEqual([]);
    await picture(page, `${name}-light`);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor();
    await settled(page);
    expect(await violations(page, { without: CHART, rules: ['color-contrast'] })).toEqual([]);
    await picture(page, `${name}-dark`);
    await page.setViewportSize(PHONE);
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
      .toBeLessThanOrEqual(PHONE.width);
    await picture(page, `${name}-phone`);
    await page.setViewportSize(DESK);
  });

  it('analytics: what was switched and called, by days and use case, and as a file', async () => {
    await console.goTo('/cost?useCase=clinical', page);
    const switches = page.getByRole('region', { name: 'Switches over time' });
    await switches.getByText('Day by day').click();
    await switches
      .getByRole('row', { name: /[1-9] 0 0$/ })
      .first()
      .waitFor();
    const [header, ...days] = (await saved(page, 'CSV: switches over time')).trim().split('\r\n');
    expect(header).toBe('day,switches,manual,auto,fallback');
    const [auto, fallback, ...manual] = days.map((day) => day.slice(10));
    expect([auto, fallback]).toEqual([',1,0,1,0', ',1,0,0,1']);
    // Those of the test: of one day, or of two where midnight was in between.
    const sum = manual.map((day) => Number(/^,(\d+),\1,0,0$/.exec(day)![1])).reduce((a, b) => a + b, 0);
    expect(sum).toBe(29);
    expect(await saved(page, 'CSV: saving by model')).toContain(`\r\n${HAIKU},1,`);
    await page.getByLabel('Use case').selectOption('');
    await page.getByRole('table', { name: 'Saving by model' }).getByText('Amazon Nova Micro').waitFor();
    expect(await saved(page, 'CSV: preferred models')).toMatch(/,14,0,\d{4}/);
    await page.getByLabel('From (UTC)').fill('2020-01-01');
    await page.getByText('Nothing was called, so nothing was spent').waitFor();
    await page.waitForURL(/from=2020-01-01&to=2020-04-01$/);
    await page.getByText('30 days').first().click();
    await page.getByRole('table', { name: 'Share of models' }).waitFor();
    await page.waitForURL(/cost\?days=30$/);
  });

  it('analytics: a guardrail that intervened is neither an answer nor a failure', async () => {
    await console.goTo('/cost', page);
    const shares = page.getByRole('table', { name: 'Share of models' });
    await shares.getByRole('columnheader', { name: 'Guardrail intervened' }).waitFor();
    await shares.getByRole('row', { name: /^Amazon Nova Lite 2 .*% 1 0 0 / }).waitFor();
    const [header, ...models] = (await saved(page, 'CSV: share of models')).trim().split('\r\n');
    expect(header).toBe(
      'model,calls,sharePercentage,guardrailIntervened,failed,fallbacks,costUsd,unknownCostCalls',
    );
    expect(models.find((model) => model.startsWith(NOVA_LITE))).toMatch(/:0,2,\d+\.\d+,1,0,0,0\.\d+,0$/);
  });

  it('analytics: calls by wire, family of the body and form', async () => {
    const native = { useCase: 'operations', wire: 'bedrock', bodyFamily: 'claude', costUsd: '0' } as const;
    await recordCalls(
      console.chats.system,
      { ...native, forms: ['tools', 'image'] },
      { ...native, forms: ['tools'] },
    );
    await console.goTo('/cost?useCase=operations', page);
    const table = page.getByRole('table', { name: 'Calls by wire' });
    await table.getByRole('row', { name: 'bedrock claude 2 tools 2, image 1' }).waitFor();
    expect(await saved(page, 'CSV: calls by wire')).toBe(
      'wire,bodyFamily,form,calls\r\nbedrock,claude,,2\r\nbedrock,claude,tools,2\r\nbedrock,claude,image,1\r\n',
    );
    await page.getByLabel('Use case').selectOption('');
    await table.getByRole('row', { name: /^chat – \d+ / }).waitFor();
    await page.getByLabel('From (UTC)').fill('2020-01-01');
    await page.getByText('No call with a known wire in these days').waitFor();
  });

  it('analytics: budgets with what is spent of them, and how to set the first', async () => {
    await console.goTo('/cost', page);
    const table = page.getByRole('table', { name: 'Budgets' });
    await table.getByRole('row', { name: /^All calls .* \$1,000\.00 per month \$\d.* 0 %/ }).waitFor();
    await table.getByRole('row', { name: /^clinical .* per day \$\d.* [\d,]{3,} %/ }).waitFor();
    await table.getByRole('row', { name: /^User user-456 [0-9a-f-]{36} / }).waitFor();
    const [header, first] = (await saved(page, 'CSV: budgets')).trim().split('\r\n');
    expect(header).toMatch(/^id,scope,useCase,key,userId,period,from,to,limitUsd,spentUsd,/);
    expect(first).toMatch(/^[0-9a-f-]{36},all,,,,month,\d{4}-\d\d-01,\d{4}-\d\d-\d\d,1000,0\.\d+,0,false,0$/);
    await table.getByRole('link', { name: 'clinical' }).click();
    await page.waitForURL(/use-cases\/clinical$/);
    const json = { items: [], nextCursor: null };
    await page.route('**/v1/budgets', (route) => route.fulfill({ json }), { times: 1 });
    await console.goTo('/cost', page);
    await page.getByText('budgets set month 200').waitFor();
  });

  it('analytics: a spend that is not known is incomplete, and unknown', async () => {
    await page.route(
      '**/v1/budgets',
      async (route) => {
        const { items, nextCursor } = await (await route.fetch()).json();
        const unknown = { spentUsd: null, unknownCostCalls: 2, incomplete: true };
        await route.fulfill({ json: { nextCursor, items: [{ ...items[0], ...unknown }] } });
      },
      { times: 1 },
    );
    await console.goTo('/cost', page);
    const row = page.getByRole('table', { name: 'Budgets' }).getByRole('row', { name: /^All calls / });
    await row.getByText('unknown', { exact: true }).waitFor();
    await row.getByText('Incomplete').waitFor();
  });

  it('live: a spent budget is there as a notification without a model', async () => {
    await console.goTo('/activity?show=models', page);
    const row = page.getByRole('listitem').filter({ hasText: 'The budget of the use case clinical' });
    await row.getByText('Budget Spent').waitFor();
    expect(await row.getByRole('link').count()).toBe(0);
  });

  it('analytics: what is not known is said to be, and is not 0', async () => {
    await page.route(
      '**/v1/analytics/costs?*groupBy=day*',
      async (route) => {
        const answer = await (await route.fetch()).json();
        const unknown = { costUsd: null, unknownCostCalls: 2 };
        const unknownCosts = [{ modelId: 'eu.a', reason: 'no_price_for_service_tier', calls: 2 }];
        await route.fulfill({ json: { ...answer, totals: { ...answer.totals, ...unknown }, unknownCosts } });
      },
      { times: 1 },
    );
    await console.goTo('/cost', page);
    const cost = page.getByRole('region', { name: 'Cost', exact: true });
    await cost.getByText('unknown', { exact: true }).waitFor();
    await cost.getByText('eu.a: no price for service tier (2 calls)').waitFor();
  });

  it('validation: every model with its last verdict; one of them check by check', async () => {
    await console.goTo('/health', page);
    const models = page.getByRole('table', { name: 'Models and their verdicts' });
    await models
      .getByRole('row', { name: /^Amazon Nova Micro failed .* throttled 490 ms unknown$/ })
      .waitFor();
    await page.getByText('Last one failed').click();
    await page.waitForURL(/show=failed/);
    await expect.poll(() => models.getByRole('row').count()).toBe(2);
    await page.getByText('All', { exact: true }).last().click();
    await models
      .getByRole('row', { name: /^Claude Haiku 4.5/ })
      .getByRole('link', { name: '12 passed, 1 failed' })
      .press('Enter');
    await page.waitForURL(/model=/);
    const checks = page.getByRole('table', { name: 'Checks' });
    await checks.getByText('Manual probe').first().waitFor();
    expect(await saved(page, 'CSV: checks of this model')).toMatch(
      /,passed,deep,,[^\r]*,\d+,\d+,0\.\d+\r\n(.*\r\n){12}$/,
    );
  });

  it('lifecycle: what ends when and who takes over, as the api says', async () => {
    const { items } = (await console.chats.system.get('/v1/lifecycle')).body;
    const next = items.find(
      (one: { successor: unknown; milestones: [] }) => one.successor !== null && one.milestones.length > 0,
    );
    await console.goTo('/lifecycle', page);
    const rows = page.getByRole('list', { name: 'What ends when' }).getByRole('listitem');
    await expect.poll(() => rows.count()).toBe(items.length);
    const row = rows.filter({ has: page.getByRole('link', { name: next.name, exact: true }) });
    await row.getByRole('link', { name: next.successor.name, exact: true }).waitFor();
    const { days } = next.milestones[0];
    // A day less where midnight was in between.
    await row
      .getByText(new RegExp(`in (${days}|${days - 1}) days`))
      .first()
      .waitFor();
    await page.getByText('In use', { exact: true }).click();
    await page.waitForURL(/show=in/);
    // None of these has a date: their guarantees have run out, or have a date to come.
    const inUse = items.filter((one: { inUse: boolean }) => one.inUse);
    await expect.poll(() => rows.count()).toBe(inUse.length);
    const ranOut = inUse.find((one: { outlook: { hasRunOut: boolean } }) => one.outlook.hasRunOut);
    await rows
      .filter({ has: page.getByRole('link', { name: ranOut.name, exact: true }) })
      .getByText(/^The guarantee ran out on .* Ends no sooner than .*, with 180 days of notice\.$/)
      .waitFor();
  });

  it('audit: filtered, paged, handed out as files', async () => {
    await console.goTo('/audit', page);
    const rows = page.getByRole('region', { name: 'Switches' }).getByRole('listitem');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(25);
    await page.getByRole('button', { name: 'Show older ones' }).click();
    await expect.poll(() => rows.count()).toBe(31);
    await page.getByLabel('Use case').fill('clinical');
    await page.getByLabel('Conversation').fill('conv-123');
    await page.keyboard.press('Enter');
    await page.waitForURL(/conversationId=conv-123/);
    await rows.first().waitFor();
    expect(await saved(page, /^CSV/, 'link')).toMatch(/^id,seq,scope,conversationId,/);
    expect((await saved(page, /^NDJSON/, 'link')).trim().split('\n')).toHaveLength(28);
    await page.getByLabel('Action').selectOption('fallback_switch');
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByText('No such switch').waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.waitForURL(/\/audit$/);
    await expect.poll(() => rows.count()).toBe(25);
  });

  it('audit: verified, and a row that somebody changed is named', async () => {
    const chain = new AuditChain(console.chats.system);
    await console.goTo('/audit', page);
    await page.getByRole('button', { name: 'Verify' }).press('Enter');
    await page.getByText('Intact: all 31 rows are as they were sealed').waitFor();
    await chain.attack(
      `UPDATE bedrock_model_switches SET reason = 'Nothing special' WHERE reason = 'For all of them'`,
    );
    const { problems } = await chain.verify();
    await page.getByRole('button', { name: 'Verify' }).press('Enter');
    await page.getByText(/^Not as they were sealed: 1 problem$/).waitFor();
    const { position, switchId } = problems[0];
    await page.getByText(`First: row ${position}, switch ${switchId}: `).waitFor();
    expect(await violations(page, { without: CHART })).toEqual([]);
    await picture(page, 'audit-changed-dark');
  });

  it('shows a user which scope a key needs', async () => {
    const user = await console.at('/cost', { credential: await userToken('user-456') });
    await user.getByText('needs a service key with the scope read').waitFor();
    await console.goTo('/audit', user);
    await user.getByRole('region', { name: 'Switches' }).waitFor();
    expect(await user.getByRole('button', { name: 'Verify' }).count()).toBe(0);
  });
});

/** A budget that is hardly used, one that is spent, and one of a user. */
async function setBudgets(system: TestSystem): Promise<void> {
  const limits = { month: '1000', 'day?useCase=clinical': '0.000001', 'month?userId=user-456': '5' };
  for (const [budget, limitUsd] of Object.entries(limits))
    await system.call('PUT', `/v1/budgets/${budget}`, { limitUsd });
  await system.api.get(BudgetWarnings, { strict: false }).warn();
}

/** Days that a test cannot wait for; all that is of today comes through the api. */
async function past({ environment: { app, owner } }: TestSystem): Promise<void> {
  const of = { user: 'user-900', conversation: 'conv-900', from: NOVA_LITE, to: NOVA_MICRO };
  const daysAgo = (days: number) =>
    `'${new Date(Date.now() - days * 86_400_000).toISOString()}'::timestamptz`;
  const [one, two] = [daysAgo(1), daysAgo(2)];
  await insertSwitch(app, { ...of, at: two, action: 'auto_switch', saves: '0.5' }, 1);
  await insertSwitch(app, { ...of, at: one, action: 'fallback_switch' }, 2);
  await owner.query(
    `INSERT INTO bedrock_model_validations (model_id, checked_at, method, outcome, error_kind, latency_ms, cost_usd)
     SELECT model_id, now() - n * interval '15 minutes', 'probe',
       CASE WHEN n = 3 OR model_id = $2 THEN 'failed' ELSE 'passed' END,
       CASE WHEN n = 3 OR model_id = $2 THEN 'throttled' END,
       400 + 90 * (n % 4), CASE WHEN model_id = $1 THEN 0.0000066 END
     FROM unnest(ARRAY[$1, $2]) AS model_id, generate_series(12, 1, -1) AS n ORDER BY n DESC`,
    [HAIKU, NOVA_MICRO],
  );
}

/** Colours change little by little. */
const settled = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  });

/** Presses it and returns the content of the downloaded file. */
async function saved(page: Page, name: string | RegExp, role: 'button' | 'link' = 'button'): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole(role, { name }).click(),
  ]);
  return readFile(await download.path(), 'utf8');
}

/** `npm run screenshots` draws the pictures of the docs. */
async function picture(page: Page, name: string): Promise<void> {
  if (process.env.SCREENSHOTS)
    await page.screenshot({ path: `docs/console/${name}.png`, fullPage: process.env.SCREENSHOTS === 'full' });
}
