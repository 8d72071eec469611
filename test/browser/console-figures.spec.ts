import { beforeAll, describe, expect, it } from 'vitest';
import { BudgetWarnings } from '#libs/budgets/budget-warnings.service.js';
import type { Page } from '../../tools/browser.js';
import { question } from '../support/chat-client.js';
import { HAIKU, NOVA_LITE, NOVA_MICRO } from '../support/chat-system.js';
import { chromiumIsThere } from '../support/chromium.js';
import { Console } from '../support/console.js';
import { expectFit, saved } from '../support/console-page.js';
import { insertSwitch } from '../support/switch-rows.js';
import type { TestSystem } from '../support/test-system.js';

/** The path of each page, and an element that it has when its data is loaded. */
const PAGES: Record<string, { path: string; shown: string }> = {
  validation: { path: '/health', shown: 'table[aria-label="Models and their verdicts"]' },
  'validation-model': { path: `/health?model=${HAIKU}`, shown: '.recharts-scatter-symbol' },
  lifecycle: { path: '/lifecycle', shown: 'table[aria-label="Dates by use case"]' },
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
  });

  it.each(Object.keys(PAGES))('%s: axe finds nothing, light and dark, and it fits a phone', async (name) => {
    const { path, shown } = PAGES[name]!;
    await console.goTo(path, page);
    await page.locator(shown).first().waitFor();
    await expectFit(page, name);
  });

  it('activity: a spent budget is there as a notification without a model', async () => {
    await console.goTo('/activity?show=warnings', page);
    const row = page.getByRole('row').filter({ hasText: 'The budget of the use case clinical' });
    await row.getByText('Budget Spent').waitFor();
    expect(await row.getByRole('link').count()).toBe(0);
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
    await console.goTo('/lifecycle?sort=dates', page);
    const table = page.getByRole('table', { name: 'Dates by use case' });
    const of = (name: string) =>
      table.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
    const row = of(next.name).first();
    await row.getByRole('link', { name: next.successor.name, exact: true }).waitFor();
    const { days } = next.milestones[0];
    // A day less where midnight was in between.
    await row
      .getByText(new RegExp(`in (${days}|${days - 1}) days`))
      .first()
      .waitFor();
    await page.goto('/console/lifecycle?show=in+use');
    // None of these has a date: their guarantees have run out, or have a date to come.
    const inUse = items.filter((one: { inUse: boolean }) => one.inUse);
    const rows = inUse.reduce(
      (sum: number, { useCases }: { useCases: [] }) => sum + Math.max(1, useCases.length),
      0,
    );
    await expect.poll(() => table.getAttribute('aria-rowcount')).toBe(String(rows + 1));
    const ranOut = inUse.find((one: { outlook: { hasRunOut: boolean } }) => one.outlook.hasRunOut);
    await of(ranOut.name)
      .getByText(/^The guarantee ran out on .* Ends no sooner than .*, with 180 days of notice\.$/)
      .first()
      .waitFor();
    await of(ranOut.name)
      .getByRole('link', { name: `Move off ${ranOut.name}` })
      .first()
      .waitFor();
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
