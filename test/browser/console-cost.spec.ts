import { beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '../../tools/browser.js';
import { question } from '../support/chat-client.js';
import { HAIKU, NOVA_LITE, NOVA_MICRO } from '../support/chat-system.js';
import { chromiumIsThere } from '../support/chromium.js';
import { Console } from '../support/console.js';
import { expectFit, saved } from '../support/console-page.js';
import { userToken } from '../support/test-system.js';
import { recordCalls } from '../support/usage-system.js';

const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);

describe.skipIf(!chromiumIsThere)('the costs of the console', () => {
  const console = new Console(true);
  let page: Page;
  const table = () => page.getByRole('table', { name: 'Costs' });
  const groupByUser = () => page.getByRole('radiogroup', { name: 'Group by' }).getByText('User').click();
  const row = (name: RegExp) => table().getByRole('row', { name });

  beforeAll(async () => {
    page = await console.at('/cost');
    const { system } = console.chats;
    const call = { useCase: 'platform', modelId: NOVA_MICRO, userId: 'user-456' };
    await recordCalls(
      system,
      { ...call, costUsd: '4', startedAt: daysAgo(1) },
      { ...call, costUsd: '2', startedAt: daysAgo(9) },
      { ...call, useCase: 'operations', modelId: HAIKU, costUsd: '3', startedAt: daysAgo(9) },
      { ...call, useCase: 'health', costUsd: null, startedAt: daysAgo(1) },
    );
    for (const modelId of [NOVA_LITE, NOVA_MICRO, NOVA_LITE])
      await console.act({ action: 'switch', modelId, conversationId: 'conv-123' });
    await console.chats.chat({ conversationId: 'conv-123', ...question() });
    console.chats.faults({ kind: 'stop', reason: 'guardrail_intervened' });
    await console.chats.chat({ conversationId: 'conv-123', ...question() });
    console.chats.faults();
    const limits = { month: '1000', 'day?useCase=clinical': '0.000001', 'month?userId=user-456': '50' };
    for (const [budget, limitUsd] of Object.entries(limits))
      await system.call('PUT', `/v1/budgets/${budget}`, { limitUsd });
  });

  it('axe finds nothing, and it fits a phone', async () => {
    await console.goTo('/cost', page);
    await page.locator('.recharts-bar-rectangle path').first().waitFor();
    await row(/^platform /).waitFor();
    await expectFit(page, 'cost');
  });

  it('has the cost of each use case beside the week before, in one click', async () => {
    await console.goTo('/models', page);
    await page.getByRole('link', { name: 'Cost', exact: true }).click();
    await row(/^platform \$4\.00 \$2\.00 \+100 % /).waitFor();
    await row(/^operations \$0\.00 \$3\.00 -100 % /).waitFor();
    await row(/^health unknown \$0\.00 /).waitFor();
    await row(/^clinical .* % of the day /).waitFor();
    const [header, ...lines] = (await saved(page, 'CSV: costs beside the period before'))
      .trim()
      .split('\r\n');
    expect(header).toMatch(/^key,calls,costUsd,unknownCostCalls,costBeforeUsd,/);
    expect(lines.find((line) => line.startsWith('platform'))).toMatch(/^platform,1,4,0,2,/);
  });

  it('leads from a use case to its models, and to users', async () => {
    await console.goTo('/cost', page);
    await table().getByRole('link', { name: 'platform' }).click();
    await page.waitForURL(/useCase=platform&by=model/);
    await row(/^Amazon Nova Micro \$4\.00 /).waitFor();
    await groupByUser();
    await table().getByRole('link', { name: 'user-456' }).click();
    await page.getByRole('button', { name: 'Remove the filter User user-456' }).click();
    await page.waitForURL((url) => !url.search.includes('userId'));
    await page.getByText('90 days').click();
    await groupByUser();
    await page.getByText('Costs by user cover at most 31 days').waitFor();
  });

  it('shows a day by the hour, and keeps links to its former address', async () => {
    await console.goTo('/analytics?days=1', page);
    await page.waitForURL(/\/cost\?days=1$/);
    const overTime = page.getByRole('region', { name: 'Cost over time' });
    await overTime.getByText('Hour by hour').click();
    await overTime.getByRole('columnheader', { name: 'Hour (UTC)' }).waitFor();
    await page.getByLabel('From (UTC)').fill('2021-01-01');
    await page.getByText('Nothing was called, so nothing was spent').waitFor();
    await page.waitForURL(/from=2021-01-01&to=2021-04-02$/);
    await page.getByText('No call with a known wire in these days').waitFor();
    await page.getByText('30 days').first().click();
    await page.waitForURL(/days=30$/);
  });

  it('has what calls after switches have saved, and adds up no estimates', async () => {
    await console.goTo('/cost?useCase=clinical', page);
    const summary = page.getByRole('region', { name: 'Spend and saving' });
    await summary.getByText('Realised saving of switches').waitFor();
    const saving = page.getByRole('table', { name: 'Saving by model' });
    await saving.getByRole('row', { name: /^Amazon Nova Lite 2 / }).waitFor();
    expect(await saving.getByRole('columnheader', { name: /estimate/i }).count()).toBe(0);
    expect(await saved(page, 'CSV: saving by model')).toContain(`\r\n${NOVA_LITE},2,`);
    const switches = page.getByRole('region', { name: 'Switches over time' });
    await switches.getByText('Day by day').click();
    await switches
      .getByRole('row', { name: / [1-3] 0 0$/ })
      .first()
      .waitFor();
    expect(await saved(page, 'CSV: preferred models')).toMatch(/,2,0,\d{4}/);
  });

  it('counts a guardrail that intervened neither as an answer nor as a failure', async () => {
    await console.goTo('/cost?by=model', page);
    await page.getByRole('button', { name: /^Columns/ }).click();
    for (const name of ['Guardrail intervened', 'Not answered'])
      await page.getByRole('menuitemcheckbox', { name }).click();
    await page.keyboard.press('Escape');
    await row(/^Amazon Nova Lite .* 1 0$/).waitFor();
  });

  it('shows calls by wire, family of the body and form', async () => {
    const native = { useCase: 'operations', wire: 'bedrock', bodyFamily: 'claude', costUsd: '0' } as const;
    await recordCalls(
      console.chats.system,
      { ...native, forms: ['tools', 'image'] },
      { ...native, forms: ['tools'] },
    );
    await console.goTo('/cost?useCase=operations', page);
    const wires = page.getByRole('table', { name: 'Calls by wire' });
    await wires.getByRole('row', { name: 'bedrock claude 2 tools 2, image 1' }).waitFor();
    expect(await saved(page, 'CSV: calls by wire')).toContain(
      'wire,bodyFamily,form,calls\r\nbedrock,claude,,2\r\nbedrock,claude,tools,2\r\nbedrock,claude,image,1\r\n',
    );
  });

  it('shows budgets with what is spent of them, and how to set the first', async () => {
    await console.goTo('/cost', page);
    const budgets = page.getByRole('table', { name: 'Budgets' });
    await budgets.getByRole('row', { name: /^All calls .* \$1,000\.00 per month / }).waitFor();
    await budgets.getByRole('row', { name: /^clinical .* per day \$\d.* [\d,]{3,} %/ }).waitFor();
    await budgets.getByRole('row', { name: /^User user-456 [0-9a-f-]{36} / }).waitFor();
    expect(await saved(page, 'CSV: budgets')).toMatch(
      /^id,scope,useCase,key,userId,period,from,to,limitUsd,/,
    );
    const json = { items: [], nextCursor: null };
    await page.route('**/v1/budgets', (route) => route.fulfill({ json }));
    await console.goTo('/cost', page);
    await page.getByText('budgets set month 200').waitFor();
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });

  it('says that an amount is unknown or incomplete, and does not show 0', async () => {
    await console.goTo('/models', page);
    await page.route('**/v1/budgets', async (route) => {
      const { items, nextCursor } = await (await route.fetch()).json();
      const unknown = { spentUsd: null, unknownCostCalls: 2, incomplete: true };
      await route.fulfill({ json: { nextCursor, items: [{ ...items[0], ...unknown }] } });
    });
    await page.route('**/v1/analytics/costs?*groupBy=day*', async (route) => {
      const answer = await (await route.fetch()).json();
      const unknown = { costUsd: null, unknownCostCalls: 2 };
      const unknownCosts = [{ modelId: 'eu.a', reason: 'no_price_for_service_tier', calls: 2 }];
      await route.fulfill({ json: { ...answer, totals: { ...answer.totals, ...unknown }, unknownCosts } });
    });
    await console.goTo('/cost', page);
    const budget = page.getByRole('table', { name: 'Budgets' }).getByRole('row', { name: /^All calls / });
    await budget.getByText('unknown', { exact: true }).waitFor();
    await budget.getByText('Incomplete').waitFor();
    const summary = page.getByRole('region', { name: 'Spend and saving' });
    await summary.getByText('unknown', { exact: true }).first().waitFor();
    await summary.getByText('eu.a: no price for service tier (2 calls)').waitFor();
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });

  it('shows a user which scope a key needs', async () => {
    const user = await console.at('/cost', { credential: await userToken('user-456') });
    await user.getByText('needs a service key with the scope read').waitFor();
  });
});
