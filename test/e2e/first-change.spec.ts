import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitOf } from '../../scripts/embedded/child-process.js';
import type { Browser, Page } from '../../tools/browser.js';
import { chromiumIsThere, launchChromium, PAGE_HANGS_AFTER_MS } from '../support/chromium.js';
import { signIn } from '../support/console-people.js';
import { eventually } from '../support/eventually.js';
import { copyCheckout, Launch, removeCopy } from '../support/first-run.js';
import { stablePort } from '../support/stable-port.js';

/** "Try it in five minutes" of docs/change-control.md, step by step. */
describe.skipIf(!chromiumIsThere)('two people move clinical on a first run', () => {
  let copy: string;
  let run: Launch;
  let browser: Browser;
  let ada: Page;
  let ben: Page;

  beforeAll(async () => {
    copy = copyCheckout();
    run = new Launch(copy, await stablePort(), 'start');
    [browser] = await Promise.all([launchChromium(), run.ready()]);
  });
  afterAll(async () => {
    await browser?.close();
    await run?.end();
    if (copy) removeCopy(copy);
  });

  /** Opens the console in a separate browser. */
  async function atTheConsole(person: RegExp): Promise<Page> {
    const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
    page.setDefaultTimeout(PAGE_HANGS_AFTER_MS);
    await page.goto(run.printed('Console'));
    await signIn(page, person);
    return page;
  }
  const menu = (page: Page, name: string) =>
    page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name, exact: true }).click();
  async function activeModel(): Promise<string> {
    const answer = await fetch(`${run.printed('API')}/v1/use-cases/clinical`, {
      headers: { authorization: `Bearer ${run.printed('Service key')}` },
    });
    return (await answer.json()).activeModelId;
  }

  it('sign in as Ada and as Ben, in two browsers', async () => {
    [ada, ben] = await Promise.all([atTheConsole(/^Ada/), atTheConsole(/^Ben/)]);
  });

  it('Ada puts clinical under review', async () => {
    await menu(ada, 'Use cases');
    await ada.getByRole('link', { name: 'clinical', exact: true }).click();
    await ada.getByRole('tab', { name: 'Policy' }).click();
    const section = ada.getByRole('region', { name: 'Change policy' });
    await section.getByRole('radiogroup', { name: 'Control' }).getByText('Reviewed').click();
    await section.getByLabel('Group of the approvers').fill('clinical-leads');
    await section.getByRole('button', { name: 'Save the policy' }).click();
    await section.getByText('Now: one other person of the group clinical-leads.').waitFor();
  });

  it('Ada proposes a switch', async () => {
    await ada.getByRole('tab', { name: 'Now' }).click();
    await ada.getByRole('button', { name: 'Switch', exact: true }).click();
    const panel = ada.getByRole('dialog', { name: 'Switch clinical' });
    await panel.getByRole('radio', { name: /Sonnet/ }).click();
    await panel.getByLabel('Reason').fill('Better answers at the same price');
    await panel.getByRole('button', { name: 'Propose' }).click();
    await ada.getByText('Nothing has changed yet').waitFor();
    expect(await activeModel()).not.toContain('sonnet');
  });

  it('Ben finds it, reads its effect and approves', async () => {
    await menu(ben, 'Change requests');
    const waiting = ben.getByRole('list', { name: 'Waiting for me' });
    await waiting.getByRole('link', { name: 'Better answers at the same price' }).click();
    await ben
      .getByRole('list', { name: 'Operations' })
      .getByRole('row', { name: /^Active model/ })
      .waitFor();
    await ben.getByRole('button', { name: 'Approve' }).click();
    await ben.getByText('All its operations took effect.').waitFor();
    expect(await activeModel()).toContain('sonnet');
  });

  it('the audit shows the switch with the change, and covers the approval', async () => {
    await menu(ada, 'Audit');
    await ada
      .getByRole('row', { name: /All of clinical/ })
      .first()
      .locator('a[href*="/audit/"]')
      .click();
    await ada.getByText('an approved change request').waitFor();
    await ada.getByText(/^person:[\da-f]{8}:ben$/).waitFor();
    await ada.locator('a[href*="/changes/"]').last().click();
    await ada.getByRole('heading', { level: 1, name: 'Change request' }).waitFor();
    await ada.getByText('All its operations took effect.').waitFor();
    const verified = async () => {
      const env = {
        PATH: process.env.PATH,
        SUPABASE_URL: run.printed('API'),
        SUPABASE_SERVICE_KEY: run.printed('Service key'),
      };
      const shell = spawn('sh', ['-c', './scripts/orchestrate-bedrock.sh audit verify'], {
        cwd: copy,
        env,
      });
      let output = '';
      shell.stdout.on('data', (chunk) => {
        output += chunk;
      });
      expect(await exitOf(shell)).toBe('exit code 0');
      return output;
    };
    await eventually(async () => {
      const output = await verified();
      // The switch, and three decisions: the proposal, the approval and the application.
      expect(Number(/intact: (\d+) of/.exec(output)?.[1])).toBeGreaterThanOrEqual(4);
      expect(output).not.toContain('Not sealed yet');
    });
  });
});
