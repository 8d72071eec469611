import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLIENT_ID, IdentityProvider } from '../../apps/identity-provider/src/identity-provider.js';
import type { Page } from '../../tools/browser.js';
import { HAIKU, SONNET } from '../support/chat-system.js';
import { chromiumIsThere } from '../support/chromium.js';
import { Console } from '../support/console.js';
import { expectFit } from '../support/console-page.js';
import { stablePort } from '../support/stable-port.js';

const ROLES = { 'ml-ops': ['read', 'operate', 'audit'], 'clinical-leads': ['read', 'audit', 'approve'] };
const WIDTHS = [360, 768, 1440];

describe.skipIf(!chromiumIsThere)('change requests', () => {
  let provider: IdentityProvider;
  let port: number;
  const console = new Console(true, async () => {
    port = await stablePort();
    const issuers = [{ issuer: `http://127.0.0.1:${port}`, name: 'development', clientId: CLIENT_ID }];
    return { OIDC_ISSUERS: JSON.stringify(issuers), OIDC_ROLES: JSON.stringify(ROLES) };
  });
  let ada: Page;
  let ben: Page;

  beforeAll(async () => {
    provider = await IdentityProvider.start([`${console.chats.url}/v1/session/callback`], { port });
  });
  afterAll(async () => {
    await provider?.close();
  });

  const activeModel = async () =>
    (await console.chats.system.get('/v1/use-cases/clinical')).body.activeModelId as string;

  async function signedIn(person: RegExp, path: string): Promise<Page> {
    const page = await console.somebody();
    await page.goto(`/console${path}`);
    await page.getByRole('link', { name: 'Sign in with development' }).click();
    await page.getByRole('link', { name: person }).click();
    await page.getByRole('button', { name: /^Signed in as person:/ }).waitFor();
    // The identity provider has no icon.
    console.forgive(/status of 404/);
    return page;
  }

  it('puts a use case under review', async () => {
    ada = await signedIn(/^Ada/, '/use-cases/clinical?tab=policy');
    await ada.goto('/console/use-cases/clinical?tab=policy');
    const section = ada.getByRole('region', { name: 'Change policy' });
    await section.getByRole('radiogroup', { name: 'Control' }).getByText('Reviewed').click();
    await section.getByLabel('Group of the approvers').fill('clinical-leads');
    await section.getByRole('button', { name: 'Save the policy' }).click();
    await section.getByRole('button', { name: 'Propose the policy' }).waitFor();
    await section.getByText('Now: one other person of the group clinical-leads.').waitFor();
    await expectFit(ada);
  });

  it('proposes in the place of a switch', async () => {
    await ada.goto('/console/use-cases/clinical');
    await ada.getByRole('button', { name: 'Switch', exact: true }).click();
    const panel = ada.getByRole('dialog', { name: 'Switch clinical' });
    await panel.getByText('One other person of the group clinical-leads must approve').waitFor();
    await panel.getByRole('radio', { name: /Haiku/ }).click();
    await panel.getByRole('button', { name: 'Propose' }).click();
    await panel.getByText('A proposal needs a reason.').waitFor();
    await panel.getByLabel('Reason').fill('As good, and cheaper');
    await panel.getByRole('button', { name: 'Propose' }).click();
    await ada.getByText('Nothing has changed yet').waitFor();
    expect(await activeModel()).toBe(SONNET);
    await ada.getByRole('link', { name: 'Open the change request' }).click();
    await ada.getByRole('heading', { level: 1, name: 'Change request' }).waitFor();
    await ada.getByText('another person has to decide on it').waitFor();
    expect(await ada.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    await expectFit(ada);
  });

  it('is approved by another person, who sees it first, and applied', async () => {
    ben = await signedIn(/^Ben/, '/changes');
    await ben.goto('/console/changes');
    const waiting = ben.getByRole('list', { name: 'Waiting for me' });
    await waiting.getByRole('link', { name: 'As good, and cheaper' }).waitFor();
    await expectFit(ben);
    await waiting.getByRole('link', { name: 'As good, and cheaper' }).press('Enter');
    const operations = ben.getByRole('list', { name: 'Operations' });
    await operations.getByRole('row', { name: /Active model .*Sonnet.* .*Haiku/ }).waitFor();
    await operations.getByText('Users are notified').waitFor();
    for (const width of WIDTHS) {
      await ben.setViewportSize({ width, height: 800 });
      await expect
        .poll(() => ben.evaluate(() => document.documentElement.scrollWidth))
        .toBeLessThanOrEqual(width);
    }
    await expectFit(ben);
    await ben.getByLabel('Comment').fill('Seen');
    await ben.getByLabel('Comment').press('Control+Enter');
    await ben.getByText('All its operations took effect.').waitFor();
    expect(await activeModel()).toBe(HAIKU);
    await ada.getByText('All its operations took effect.').waitFor();
    await ada.getByRole('list', { name: 'History' }).getByText('Seen').waitFor();
  });
});
