import { describe, expect, it } from 'vitest';
import { HAIKU, SONNET } from '../support/chat-system.js';
import { chromiumIsThere } from '../support/chromium.js';
import { Console } from '../support/console.js';

describe.skipIf(!chromiumIsThere)('the policy of a use case', () => {
  const console = new Console();
  const policy = async () => (await console.chats.system.get('/v1/use-cases/clinical')).body;

  it('is reordered by keyboard, shown as a diff, and saved only if nobody changed it meanwhile', async () => {
    const page = await console.at('/use-cases/clinical?tab=policy');
    await page.getByRole('button', { name: 'Move 1. Claude Sonnet 4.6', exact: true }).press(' ');
    await page.getByText('Claude Sonnet 4.6 is over position 1').waitFor({ state: 'attached' });
    await page.keyboard.press('ArrowDown');
    await page.getByText('Claude Sonnet 4.6 is over position 2').waitFor({ state: 'attached' });
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: 'Move 2. Claude Sonnet 4.6', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Review changes' }).click();
    const review = page.getByRole('dialog', { name: 'Change clinical' });
    await review
      .getByRole('row', { name: /^Candidates 1\. Claude Sonnet 4\.6.* 1\. Claude Haiku 4\.5/s })
      .waitFor();
    await console.chats.system.call('PUT', '/v1/use-cases/clinical', { exchangesPer30Days: 77 });
    await review.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').filter({ hasText: 'Changed meanwhile' }).first().waitFor();
    console.forgive(/status of 412/);
    expect((await policy()).candidates[0]).toBe(SONNET);
    await review.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Load the present policy' }).click();
    await page.getByRole('radiogroup', { name: 'Objective' }).getByText('Cost').click();
    await page.getByRole('button', { name: 'Review changes' }).click();
    await review.getByRole('row', { name: 'Objective Quality Cost' }).waitFor();
    await review.getByRole('button', { name: 'Save' }).click();
    await review.waitFor({ state: 'detached' });
    expect(await policy()).toMatchObject({
      objective: 'cost',
      candidates: [SONNET, HAIKU, expect.anything()],
    });
  });
});
