import { beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '../../tools/browser.js';
import { chromiumIsThere } from '../support/chromium.js';
import { expectFit } from '../support/console-page.js';
import { ConsoleOfPeople } from '../support/console-people.js';

/** Ben has no other scope. */
const ROLES = { 'clinical-leads': ['approve'] };
const WINDOWS = [{ cron: '0 2 * * *', durationMinutes: 120, timezone: 'UTC' }];

/** The console asks for nothing that the api refuses: the spec fails with each error that a page logs. */
describe.skipIf(!chromiumIsThere)('a person who may only approve', () => {
  const console = new ConsoleOfPeople(ROLES);
  let ben: Page;

  beforeAll(async () => {
    const url = '/v1/use-cases/clinical/change-policy';
    const policy = { control: 'reviewed', windows: WINDOWS };
    expect(await console.chats.system.call('PUT', url, policy)).toMatchObject({ status: 200 });
    ben = await console.person(/^Ben/, '/');
  });

  it('starts at the change requests', async () => {
    await ben.getByRole('heading', { level: 1, name: 'Change requests' }).waitFor();
  });

  it('sees in Lifecycle when changes may be applied, without what the api refuses', async () => {
    await ben.getByRole('link', { name: 'Lifecycle' }).click();
    await ben.getByRole('heading', { level: 1, name: 'Lifecycle' }).waitFor();
    const calendar = ben.getByRole('list', { name: 'Windows and freezes' });
    await calendar.getByText('clinical').waitFor();
    expect(await calendar.getByRole('link').count()).toBe(0);
    expect(await ben.getByRole('heading', { name: 'Next 12 months' }).count()).toBe(0);
    await expectFit(ben);
  });

  it('freezes use cases by their names', async () => {
    await ben.getByRole('button', { name: 'Freeze use cases' }).click();
    const form = ben.getByRole('dialog', { name: 'Freeze use cases' });
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    await form.getByLabel(/^To\b/).fill(tomorrow.slice(0, 16));
    await form.getByLabel('Use cases').fill('clinical');
    await form.getByLabel('Use cases').press('Enter');
    await form.getByLabel('Reason').fill('Holidays');
    await form.getByRole('button', { name: 'Freeze', exact: true }).click();
    const freezes = ben.getByRole('list', { name: 'Freezes', exact: true });
    await freezes.getByText('Holidays').waitFor();
    await freezes.getByText('clinical').waitFor();
  });
});
