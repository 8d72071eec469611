import { beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '../../tools/browser.js';
import { HAIKU, SONNET } from '../support/chat-system.js';
import { chromiumIsThere } from '../support/chromium.js';
import { expectFit } from '../support/console-page.js';
import { ConsoleOfPeople } from '../support/console-people.js';
import { rescheduleChanges } from '../support/reschedule-changes.js';

/** Ada may approve, too: what she proposed is refused because it is hers. */
const ROLES = {
  'ml-ops': ['read', 'operate', 'audit', 'approve', 'break-glass'],
  'clinical-leads': ['read', 'audit', 'approve'],
};
const DAY_MS = 86_400_000;
const APPLIED = 'All its operations took effect.';

describe.skipIf(!chromiumIsThere)('change control by two people', () => {
  const console = new ConsoleOfPeople(ROLES);
  let ada: Page;
  let ben: Page;

  beforeAll(async () => {
    ada = await console.person(/^Ada/, '/overview');
    ben = await console.person(/^Ben/, '/changes');
    const url = '/v1/use-cases/clinical/change-policy';
    expect(await console.chats.system.call('PUT', url, { control: 'reviewed' })).toMatchObject({
      status: 200,
    });
  });

  const idAt = (page: Page) => new URL(page.url()).pathname.split('/').at(-1)!;
  const model = (id: string) => (id === HAIKU ? /Haiku/ : /Sonnet/);
  const other = async () => ((await console.activeModel('clinical')) === HAIKU ? SONNET : HAIKU);
  /** In the zone of the browser. */
  const inputOf = (page: Page, days: number): Promise<string> =>
    page.evaluate((ms) => {
      const at = new Date(Date.now() + ms);
      return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
    }, days * DAY_MS);

  /** Ada proposes to switch, by the panel, and opens the change request. */
  async function propose(reason: string): Promise<string> {
    const target = await other();
    await console.goTo('/use-cases/clinical', ada);
    await ada.getByRole('button', { name: 'Switch', exact: true }).click();
    const panel = ada.getByRole('dialog', { name: 'Switch clinical' });
    await panel.getByText('must approve').waitFor();
    await panel.getByRole('radio', { name: model(target) }).click();
    await panel.getByLabel('Reason').fill(reason);
    await panel.getByRole('button', { name: 'Propose' }).click();
    await ada.getByRole('link', { name: 'Open the change request' }).click();
    await ada.getByText('another person has to decide on it').waitFor();
    return target;
  }

  /** Ben finds it in his queue and approves it, without a mouse. */
  async function approve(reason: string): Promise<void> {
    await console.goTo('/changes', ben);
    const waiting = ben.getByRole('list', { name: 'Waiting for me' });
    await waiting.getByRole('link', { name: reason }).press('Enter');
    await ben.getByLabel('Comment').fill('Read it');
    await ben.getByLabel('Comment').press('Control+Enter');
    await ben.getByText(/^Approved by person:|^All its operations/).waitFor();
  }

  /** Ada confirms a dialog of the change. */
  async function press(button: string, dialog: string, action: string): Promise<void> {
    await ada.getByRole('button', { name: button, exact: true }).click();
    await ada.getByRole('dialog', { name: dialog }).getByRole('button', { name: action }).click();
  }

  const waits = async (reason: string, count: number) => {
    await console.goTo('/changes', ben);
    const section = ben.getByRole('region', { name: 'Waiting for me' });
    await section
      .getByText(/^No change waits|expires/)
      .first()
      .waitFor();
    expect(await section.getByRole('link', { name: reason }).count()).toBe(count);
  };

  it('refuses a person that approves its own change', async () => {
    await propose('My own');
    expect(await ada.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    const id = idAt(ada);
    const answer = await ada.evaluate(async (changeId) => {
      const url = `/v1/change-requests/${changeId}`;
      const { hash } = await (await fetch(url)).json();
      const refused = await fetch(`${url}/approve`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ hash }),
      });
      return { status: refused.status, ...(await refused.json()) };
    }, id);
    console.forgive(/status of 403/);
    expect(answer).toMatchObject({ status: 403, code: 'own_change' });
    await waits('My own', 1);
  });

  it('lets its proposer withdraw it, and it waits for nobody any more', async () => {
    await press('Withdraw', 'Withdraw the change request', 'Withdraw');
    await ada.getByText('Its proposer has withdrawn it.').waitFor();
    await ada.getByRole('list', { name: 'History' }).getByText('Withdrawn', { exact: true }).waitFor();
    await waits('My own', 0);
  });

  it('freezes use cases: a change that was approved waits', async () => {
    await console.goTo('/lifecycle', ben);
    await ben.getByRole('button', { name: 'Freeze use cases' }).click();
    const form = ben.getByRole('dialog', { name: 'Freeze use cases' });
    await form.getByLabel(/^To\b/).fill(await inputOf(ben, 0.5));
    await form.getByLabel('Reason').fill('Nobody is here tonight');
    await form.getByRole('button', { name: 'Freeze', exact: true }).click();
    const freezes = ben.getByRole('list', { name: 'Freezes', exact: true });
    await freezes.getByText('Nobody is here tonight').waitFor();
    expect(await freezes.getByRole('button', { name: 'End early' }).count()).toBe(0);
    await propose('As good, and cheaper');
    await approve('As good, and cheaper');
    await ada.getByText('It waits for a change window or the end of a freeze.').waitFor();
  });

  it('takes a time, which has to be approved again, and applies it then', async () => {
    await ada.getByRole('button', { name: 'Schedule', exact: true }).click();
    const form = ada.getByRole('dialog', { name: 'Schedule the change' });
    await form.getByLabel(/^Time\b/).fill(await inputOf(ada, 0.25));
    await form.getByRole('button', { name: 'Set the time' }).click();
    await form.getByRole('alert').filter({ hasText: 'frozen' }).waitFor();
    console.forgive(/status of 409/);
    await form.getByLabel(/^Time\b/).fill(await inputOf(ada, 1));
    await form.getByRole('button', { name: 'Set the time' }).click();
    await form.waitFor({ state: 'detached' });
    await ada.getByText('It waits for approvals.').waitFor();
    await approve('As good, and cheaper');
    await ben.getByText('It is applied at its time.').waitFor();
    await expectFit(ben);
    expect(await console.activeModel('clinical')).toBe(SONNET);
  });

  it('ends a freeze early by another person', async () => {
    await console.goTo('/lifecycle', ada);
    await ada
      .getByRole('list', { name: 'Freezes', exact: true })
      .getByRole('button', { name: 'End early' })
      .click();
    await ada.getByRole('dialog', { name: 'End the freeze' }).getByRole('button', { name: 'End it' }).click();
    await ada.getByText('No freeze is present or ahead.').waitFor();
    await console.goTo('/lifecycle', ben);
    await ben.getByText('No freeze is present or ahead.').waitFor();
    const { owner } = console.chats.system.environment;
    const { rows } = await owner.query(`SELECT id FROM change_requests WHERE state = 'scheduled'`);
    const ids = rows.map(({ id }) => id);
    await rescheduleChanges(ids, new Date(), (sql, values) => owner.query(sql, values));
    await console.goTo('/changes?state=applied', ada);
    const table = ada.getByRole('table', { name: 'Change requests' });
    await table.getByRole('link', { name: 'As good, and cheaper' }).click();
    await ada.getByText(APPLIED).waitFor();
    expect(await console.activeModel('clinical')).toBe(HAIKU);
  });

  it('proposes the undo, which another person approves', async () => {
    await ada.getByRole('button', { name: 'Undo', exact: true }).click();
    const form = ada.getByRole('dialog', { name: 'Undo the change' });
    await form.getByLabel('Reason').fill('Worse at night');
    await form.getByRole('button', { name: 'Propose the undo' }).click();
    await ada.getByRole('link', { name: 'an earlier change' }).waitFor();
    await approve('Worse at night');
    await ada.getByText(APPLIED).waitFor();
    expect(await console.activeModel('clinical')).toBe(SONNET);
  });

  it('shows a broken glass on every page until another person has reviewed it', async () => {
    await propose('The model refuses every prompt');
    await ada.getByRole('button', { name: 'Break glass', exact: true }).click();
    const form = ada.getByRole('dialog', { name: 'Apply without approvals' });
    await form.getByLabel('Reason').fill('Too short');
    await form.getByRole('button', { name: 'Break the glass' }).click();
    await form.getByText('It has fewer than 20 characters that are not blanks.').waitFor();
    await form.getByLabel('Reason').fill('The model refuses every prompt of the clinic');
    await form.getByRole('button', { name: 'Break the glass' }).click();
    await ada.getByText(APPLIED).waitFor();
    expect(await console.activeModel('clinical')).toBe(HAIKU);
    const banner = (page: Page) => page.getByRole('alert').filter({ hasText: 'Applied without approvals' });
    await banner(ada).waitFor();
    await ada.getByText('A review needs another person than').waitFor();
    await console.goTo('/models', ben);
    await banner(ben).getByRole('link', { name: 'The model refuses every prompt' }).press('Enter');
    const review = ben.getByRole('region', { name: 'Review' });
    await review.getByRole('button', { name: 'Close the review' }).click();
    await review.getByText('A review needs a comment.').waitFor();
    await expectFit(ben);
    await review.getByLabel('Comment').fill('It was right');
    await review.getByRole('button', { name: 'Close the review' }).click();
    await banner(ben).waitFor({ state: 'detached' });
    await ben.getByRole('list', { name: 'History' }).getByText('Review: accepted').waitFor();
    await console.goTo('/overview', ada);
    await banner(ada).waitFor({ state: 'detached' });
  });

  it('shows when windows are open, and freezes', async () => {
    await console.goTo('/use-cases/health?tab=policy', ada);
    const policy = ada.getByRole('region', { name: 'Change policy' });
    await policy.getByRole('radiogroup', { name: 'Control' }).getByText('Reviewed').click();
    await policy.getByRole('button', { name: 'Add a window' }).click();
    await policy.getByRole('button', { name: 'Save the policy' }).click();
    await policy.getByRole('button', { name: 'Propose the policy' }).waitFor();
    const to = new Date(Date.now() + 2 * DAY_MS).toISOString();
    const made = await ben.evaluate(async (until) => {
      const answer = await fetch('/v1/freezes', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ to: until, useCases: ['health'], reason: 'An audit' }),
      });
      return answer.status;
    }, to);
    expect(made).toBe(201);
    await console.goTo('/lifecycle', ben);
    const calendar = ben.getByRole('list', { name: 'Windows and freezes' });
    const row = calendar.getByRole('listitem').filter({ hasText: 'health' });
    await row.getByRole('img', { name: /^Open: .*10:00.* to .*11:00.*\. Frozen: / }).waitFor();
    await row.getByText(/^Opens .*10:00/).waitFor();
    await calendar.getByRole('listitem').filter({ hasText: 'An audit' }).waitFor();
    await expectFit(ben);
    await ben.getByRole('combobox', { name: 'Time of the calendar' }).click();
    await ben.getByRole('option').nth(2).click();
    await ben.waitForURL(/changes=\d{4}-\d{2}$/);
    await row.getByRole('img', { name: /^Open: [^.]*$/ }).waitFor();
    expect(await calendar.getByRole('listitem').filter({ hasText: 'An audit' }).count()).toBe(0);
  });

  it('leads to what is older than the newest page', async () => {
    const insert = (state: string, count: number, due: string) =>
      console.chats.rows(
        `INSERT INTO change_requests (id, state, hash, reason, use_cases, proposer, editor, created_at, revised_at,
           expires_at, ended_at, review_due_at)
         SELECT gen_random_uuid(), $1, repeat('a', 64), $1 || ' ' || n, '{}', 'person:x:zoe', 'person:x:zoe',
           now() - n * interval '1 hour', now(), now() + interval '1 day', CASE $1 WHEN 'applied' THEN now() END, ${due}
         FROM generate_series(1, $2::int) n`,
        [state, count],
      );
    await insert('proposed', 51, 'NULL');
    await insert('applied', 52, `now() + (10 - n) * interval '1 hour'`);
    await console.goTo('/changes', ben);
    const waiting = ben.getByRole('list', { name: 'Waiting for me' }).getByRole('listitem');
    await expect.poll(() => waiting.count()).toBe(50);
    await ben.getByRole('button', { name: 'Show more that wait for me' }).click();
    await expect.poll(() => waiting.count()).toBe(51);
    const banner = ben.getByRole('alert').filter({ hasText: 'Applied without approvals' });
    await banner.getByRole('link', { name: 'All that need a review' }).click();
    await ben.waitForURL(/review=open$/);
    await ben.getByRole('link', { name: 'applied 1', exact: true }).last().waitFor();
    await console.goTo('/overview', ben);
    const tasks = ben.getByRole('list', { name: 'Change requests that need you' });
    const overdue = tasks.getByRole('listitem').filter({ hasText: 'Review overdue' });
    await expect.poll(() => overdue.count()).toBe(43);
    await overdue.getByRole('link', { name: 'applied 52', exact: true }).waitFor();
  });
});
