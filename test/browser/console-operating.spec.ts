import { describe, expect, it } from 'vitest';
import { BreakersService } from '#libs/breakers/breakers.service.js';
import type { Page } from '../../tools/browser.js';
import { question } from '../support/chat-client.js';
import { HAIKU, NOVA_LITE, SONNET } from '../support/chat-system.js';
import { chromiumIsThere } from '../support/chromium.js';
import { Console } from '../support/console.js';
import { FaultProxy } from '../support/fault-proxy.js';
import { SERVICE_KEY } from '../support/test-env.js';
import { userToken } from '../support/test-system.js';
import { recordCalls } from '../support/usage-system.js';

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const named = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const live = (page: Page) =>
  page
    .getByRole('status')
    .filter({ hasText: /^Live$/ })
    .waitFor();

describe.skipIf(!chromiumIsThere)('the console', () => {
  const console = new Console();
  const act = (body: object) => console.act(body);

  it('signs in with the keyboard only, at the address that was wanted, and out again', async () => {
    const page = await console.somebody();
    await page.goto('/console/use-cases/health');
    await page.getByLabel('Service key or access token').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('not a key of anybody');
    await page.keyboard.press('Enter');
    await page
      .getByRole('alert')
      .getByText(/^credential: must be a service key/)
      .waitFor();
    console.forgive(/status of 400/);
    await page
      .getByLabel('Service key or access token')
      .fill('test-service-key-with-more-than-32-characters');
    await page.keyboard.press('Enter');
    await named(page, 'health').waitFor();
    const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    expect(`${page.url()} ${stored} ${await page.evaluate(() => document.cookie)}`).not.toMatch(
      /test-service|session=/,
    );
    await button(page, 'Signed in as service:bootstrap').press('Enter');
    await page.getByRole('menuitem', { name: 'Sign out' }).press('Enter');
    await page.getByLabel('Service key or access token').waitFor();
    expect((await page.request.get('/v1/session')).status()).toBe(401);
  });

  it('a preview warns of the calls that the new model does not take, before the switch', async () => {
    const native = { useCase: 'operations', wire: 'bedrock', bodyFamily: 'nova' } as const;
    await recordCalls(console.chats.system, native, native);
    const page = await console.at('/use-cases/operations');
    await button(page, 'Switch').press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Switch operations' });
    const note = dialog.getByRole('note', { name: /does not take as they are/ });
    await dialog.getByRole('radio', { name: /Pixtral Large/ }).press(' ');
    await note
      .getByText(/^2 calls of operations on the wire bedrock .* had a body in the form of nova/)
      .waitFor();
    await dialog.getByRole('radio', { name: /Nova 2 Lite/ }).press(' ');
    await note.waitFor({ state: 'detached' });
    await dialog.getByRole('status', { name: 'Preview' }).getByText('Amazon Nova 2 Lite').waitFor();
  });

  it('a switch of a use case, with its preview and its reason, is seen in another browser', async () => {
    const [operator, colleague] = await Promise.all([
      console.at('/use-cases/health'),
      console.at('/activity'),
    ]);
    await Promise.all([live(operator), live(colleague)]);
    await button(operator, 'Switch').press('Enter');
    const dialog = operator.getByRole('dialog', { name: 'Switch health' });
    await dialog.locator(':focus').waitFor();
    await dialog.getByRole('radio', { name: /Claude Haiku 4.5/ }).press(' ');
    const preview = dialog.getByRole('status', { name: 'Preview' });
    await preview.getByText('Amazon Nova Lite').waitFor();
    expect(await preview.innerText()).toMatch(
      /Upgrade[\s\S]*Costs \$[\d,.]+ more · 30 days[\s\S]*For 1 conversation/,
    );
    await dialog.getByLabel('Reason').fill('Better answers at night');
    await dialog.getByRole('button', { name: 'Switch' }).press('Enter');
    await colleague.getByText('Better answers at night').waitFor();
    await operator
      .getByRole('status')
      .filter({ hasText: 'Switched' })
      .getByRole('button', { name: 'Switch back' })
      .click();
    await operator.getByRole('status').filter({ hasText: 'Undone' }).waitFor();
    await operator.getByRole('row', { name: /1 Amazon Nova Lite Active/ }).waitFor();
    const { body } = await console.chats.system.get('/v1/switches?useCase=health');
    expect(body.items).toMatchObject([
      { newModelId: NOVA_LITE, actor: 'service:bootstrap' },
      { newModelId: HAIKU, reason: 'Better answers at night', notificationShown: true },
    ]);
  });

  it('what somebody else has switched meanwhile is said, and nothing is switched on top of it', async () => {
    const page = await console.at('/use-cases/operations');
    await button(page, 'Switch to Pixtral Large').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('Larger window');
    await dialog.getByText('Amazon Nova Pro').first().waitFor();
    // The page receives the event; the dialog must not get the change before it asks.
    await page.route('**/orchestrate', async (route) => {
      const { action, dryRun } = route.request().postDataJSON();
      if (action === 'switch' && !dryRun)
        await act({ action: 'switch', modelId: HAIKU, useCase: 'operations' });
      await route.continue();
    });
    await dialog.getByRole('button', { name: 'Switch' }).click();
    const surprise = dialog.getByRole('alert').filter({ hasText: 'Changed meanwhile' });
    await surprise.getByText('service:bootstrap has switched all of operations').waitFor();
    console.forgive(/status of 412/);
    expect(await dialog.getByRole('button', { name: 'Switch' }).isDisabled()).toBe(true);
    const effective = await console.chats.system.get('/v1/switches?useCase=operations');
    expect(effective.body.items).toMatchObject([{ newModelId: HAIKU }]);
  });

  it.each([
    ['use case', '/use-cases/platform', 'all of platform', { useCase: 'platform' }],
    ['conversation', '/conversations/conv-300', 'conv-300', { conversationId: 'conv-300' }],
  ])('of a %s, an open dialog says who has switched it, and waits for a new decision', async (...given) => {
    const [, path, subject, scope] = given;
    const page = await console.at(path);
    await live(page);
    await button(page, 'Switch').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /Amazon Nova Lite/ }).click();
    const preview = dialog.getByRole('status', { name: 'Preview' });
    await preview.getByText('to', { exact: true }).waitFor();
    const colleague = await console.chats.system.key(['operate', 'switch', 'act-as'], 'colleague');
    const theirs = { action: 'switch', modelId: SONNET, ...scope, reason: 'Too many mistakes' };
    expect((await console.chats.system.act(theirs, { token: colleague })).status).toBe(200);
    const surprise = dialog.getByRole('alert').filter({ hasText: 'Changed meanwhile' });
    await surprise.getByText(`service:colleague has switched ${subject}`).waitFor();
    expect(await surprise.innerText()).toMatch(/to Claude Sonnet 4.6: Too many mistakes/);
    const confirm = dialog.getByRole('button', { name: 'Switch' });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByLabel('Reason').fill('Cheaper');
    await surprise.getByRole('button', { name: 'Decide on what is so now' }).click();
    await preview.getByText('Claude Sonnet 4.6').waitFor();
    await confirm.click();
    await page.getByRole('status').filter({ hasText: 'Switched' }).waitFor();
    const { body } = await console.chats.system.get(`/v1/switches?${new URLSearchParams(scope)}`);
    expect(body.items).toMatchObject([
      { previousModelId: SONNET, newModelId: NOVA_LITE, actor: 'service:bootstrap' },
      { newModelId: SONNET, actor: 'service:colleague' },
    ]);
  });

  it('says that it is not live, and what it shows old, while the api is frozen', async () => {
    const proxy = await FaultProxy.before(console.chats.url);
    const page = await console.somebody();
    await page.clock.install();
    const signedIn = { data: { credential: SERVICE_KEY } };
    await page.request.post(proxy.through(`${console.chats.url}/v1/session`), signedIn);
    await page.goto(proxy.through(`${console.chats.url}/console/use-cases`));
    await live(page);
    expect(await page.getByText('What you see may be old').count()).toBe(0);
    proxy.freeze();
    await page.clock.fastForward(12_000);
    await page
      .getByRole('status')
      .filter({ hasText: /^Not live since \d\d:\d\d:\d\d$/ })
      .waitFor();
    await page.getByRole('alert').getByText('What you see may be old').waitFor();
    const models = page.getByRole('navigation').getByRole('link', { name: 'Models' });
    await models.click();
    await page.getByRole('navigation').locator('a[aria-current=page]', { hasText: 'Models' }).waitFor();
    await page.getByRole('status').getByText('Loading', { exact: true }).waitFor();
    await page.clock.fastForward(10_500);
    await page.getByRole('alert').getByText('The service cannot be reached').waitFor();
    await proxy.restore();
    await named(page, 'Models').waitFor();
    await live(page);
    expect(await page.getByText('What you see may be old').count()).toBe(0);
    await page.context().close();
    await proxy.cut();
  });

  it('a conversation is looked up, switched, and follows its use case again', async () => {
    await act({ action: 'switch', modelId: HAIKU, useCase: 'clinical', reason: 'For all' });
    const page = await console.at('/conversations');
    await page.getByLabel('Conversation', { exact: true }).fill('conv-123');
    await page.keyboard.press('Enter');
    await named(page, 'conv-123').waitFor();
    expect(page.url()).toMatch(/\/console\/conversations\/conv-123$/);
    await page.getByText('All of clinical').waitFor();
    await button(page, 'Switch').click();
    await page.getByRole('radio', { name: /Claude Sonnet 4.6/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Switch' }).click();
    await page.getByText('The conversation is pinned to Claude Sonnet 4.6 by hand.').waitFor();
    expect((await console.chats.system.get('/v1/conversations/conv-123/model')).body.model.id).toBe(SONNET);
    await button(page, 'Follow clinical again').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Switch' }).click();
    await page.getByText('no: it follows its use case').waitFor();
    await page.getByRole('region', { name: 'Switches' }).getByText('3 rows').waitFor();
  });

  it('shows a fallback and the breaker behind it as they happen, and the recovery', async () => {
    await act({ action: 'switch', modelId: SONNET, useCase: 'clinical' });
    const page = await console.at('/activity');
    await live(page);
    console.chats.faults({ kind: 'error', name: 'ResourceNotFoundException', modelId: SONNET });
    const happened = page.getByRole('row');
    await console.chats.chat({ conversationId: 'conv-124', ...question() });
    await happened
      .filter({ hasText: 'Breaker open' })
      .filter({ hasText: 'not sent to it: model_gone' })
      .waitFor();
    await console.chats.chat({ conversationId: 'conv-124', ...question() });
    await happened.filter({ hasText: 'Fallback' }).filter({ hasText: 'conv-124' }).waitFor();
    console.chats.emulator.reset();
    console.chats.system.api.get(BreakersService, { strict: false }).close(SONNET);
    await happened.filter({ hasText: 'it is healthy again' }).waitFor();
  });

  it('why a model cannot be selected, and what to take instead, is said at its own address', async () => {
    const page = await console.at('/models?selectable=no&q=haiku');
    await page.getByRole('link', { name: 'Claude 3 Haiku' }).click();
    await page.getByRole('note').getByText('Not selectable').waitFor();
    expect(await page.getByRole('note').innerText()).toMatch(/reached its end of life|is_available is false/);
    await page.goBack();
    expect(await page.getByLabel('Find a model').inputValue()).toBe('haiku');
  });

  it('a user sees and may do what a user may, and is asked to sign in again when the session is over', async () => {
    const page = await console.at('/conversations/conv-300', { credential: await userToken('user-456') });
    await page.getByRole('alert').getByText('Not found').waitFor();
    console.forgive(/status of 404/);
    await page.getByRole('link', { name: 'Use cases' }).click();
    await page.getByRole('link', { name: 'platform' }).click();
    await page.getByText('needs a service key with the scope operate').waitFor();
    expect(await button(page, 'Switch').count()).toBe(0);
    await page.context().clearCookies();
    await page.getByRole('link', { name: 'Models', exact: true }).click();
    await page.getByText('You are not signed in any more').waitFor();
    console.forgive(/status of 40[14]/);
  });
});
