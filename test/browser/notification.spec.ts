import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { NotificationOptions } from '../../libs/switch-ui/switch-ui.js';
import type { Locator } from '../../tools/browser.js';
import { chromiumIsThere } from '../support/chromium.js';
import { cards, closedBy, DemoPage, notify, setHidden, timeOf } from '../support/demo-page.js';

const DOCUMENTED: NotificationOptions = {
  modelName: 'Amazon Nova Pro',
  modelId: 'eu.amazon.nova-pro-v1:0',
  type: 'auto',
  title: 'Auto-Switching AI Model',
  message: 'Upgraded to better model for this request...',
  displayDuration: 600_000,
};
const MANUAL: NotificationOptions = { ...DOCUMENTED, type: 'manual', title: 'Switching AI Model' };

const FIXTURES = 'test/fixtures/notifications';
const fixtures: NotificationOptions[] = readdirSync(FIXTURES).map((name) =>
  JSON.parse(readFileSync(`${FIXTURES}/${name}`, 'utf8')),
);

describe.skipIf(!chromiumIsThere)('showModelSwitchNotification', () => {
  const demo = new DemoPage();

  it('shows what the document shows: title, model, message, provider and reason', async () => {
    const page = await demo.open();
    await notify(page, { ...MANUAL, reason: 'Cost optimization' });
    expect(await cards(page).getByText('✅').getAttribute('aria-hidden')).toBe('true');
    expect(await linesOf(cards(page))).toEqual([
      'Switching AI Model',
      'Using: Amazon Nova Pro',
      'Upgraded to better model for this request...',
      'Provider: Amazon',
      'Reason: Cost optimization',
    ]);
  });

  it('is green where nobody chose and blue where somebody did', async () => {
    const page = await demo.open();
    await notify(page, DOCUMENTED);
    await notify(page, MANUAL);
    const [auto, manual] = await Promise.all([colourOf(cards(page).nth(0)), colourOf(cards(page).nth(1))]);
    expect(auto!.green).toBeGreaterThan(2 * Math.max(auto!.red, 0.5 * auto!.blue));
    expect(manual!.blue).toBeGreaterThan(2 * Math.max(manual!.red, manual!.green));
  });

  it('says of each kind what it is, and no upgrade that is none', async () => {
    const page = await demo.open();
    const shown = fixtures.filter(({ silent }) => !silent);
    const said = [];
    for (const notification of shown) {
      await notify(page, { ...notification, displayDuration: 600_000 });
      said.push((await linesOf(cards(page))).slice(0, 3));
      await cards(page).getByRole('button').click();
    }
    expect(said).toEqual(shown.map((notification) => [notification.title, ...news(notification)]));
  });

  it('warns of a downgrade that nobody chose', async () => {
    const page = await demo.open();
    await notify(page, { ...DOCUMENTED, direction: 'downgrade', from: 'A', to: 'B' });
    await notify(page, { ...MANUAL, direction: 'downgrade', from: 'A', to: 'B' });
    expect(await cards(page).getByText('⚠️').count()).toBe(1);
    expect(await cards(page).nth(0).getByText('⚠️').count()).toBe(1);
  });

  it('stays longer with a long text, of which it shows three lines until someone looks at it', async () => {
    const page = await demo.open();
    await setHidden(page, true);
    await notify(page, { ...MANUAL, displayDuration: undefined, reason: 'Cost '.repeat(80) });
    const reason = cards(page).locator('p').last();
    expect((await timeOf(cards(page))).duration).toBeGreaterThan(5_000);
    const clamped = (await reason.boundingBox())!.height;
    await cards(page).hover();
    expect((await reason.boundingBox())!.height).toBeGreaterThan(clamped);
  });

  it('is in the corner at the end of the line, with its own direction, on a page from right to left', async () => {
    const page = await demo.open();
    await page.evaluate(() => Object.assign(document.documentElement, { dir: 'rtl', lang: 'ar' }));
    await notify(page, MANUAL);
    const { x } = (await cards(page).boundingBox())!;
    expect(x).toBeLessThan(100);
    expect(await cards(page).getAttribute('dir')).toBe('ltr');
  });

  it('names the option that is missing, and needs no model id', async () => {
    const page = await demo.open();
    await expect(notify(page, { ...MANUAL, modelName: undefined as never })).rejects.toThrow(
      'modelName must be a string',
    );
    await notify(page, { ...MANUAL, modelId: undefined as never });
    expect(await linesOf(cards(page))).not.toContain('Provider: Amazon');
  });

  it('says a reason once, in the message or beside it', async () => {
    const page = await demo.open();
    const reason = 'Rate limit exceeded';
    await notify(page, { ...MANUAL, reason, message: `Upgraded to a better model (${reason})...` });
    await notify(page, { ...MANUAL, reason, direction: 'upgrade', from: 'A', to: 'B' });
    expect(await cards(page).nth(0).getByText(reason).count()).toBe(1);
    expect(await cards(page).nth(1).getByText(reason).count()).toBe(1);
  });

  it.each(['sideways', 'constructor'])(
    'leaves the message of a switch in the direction %j',
    async (direction) => {
      const page = await demo.open();
      await notify(page, { ...MANUAL, direction: direction as never, from: 'A', to: 'B', reason: 'Cost' });
      expect((await linesOf(cards(page))).slice(2)).toEqual([
        MANUAL.message,
        'Provider: Amazon',
        'Reason: Cost',
      ]);
    },
  );

  it('shows nothing of a silent one', async () => {
    const page = await demo.open();
    await notify(page, fixtures.find(({ silent }) => silent)!);
    await notify(page, DOCUMENTED);
    expect(await cards(page).count()).toBe(1);
  });

  it('goes after five seconds, or after the time it is given', async () => {
    const page = await demo.open();
    for (const [displayDuration, duration] of [
      [undefined, 5_000],
      [600_000, 600_000],
    ] as const) {
      await setHidden(page, true); // where no time passes
      await notify(page, { ...DOCUMENTED, displayDuration });
      expect(await timeOf(cards(page))).toEqual({ duration, state: 'paused' });
      await letPass(cards(page), duration - 1);
      await setHidden(page, false);
      await cards(page).waitFor({ state: 'detached' });
    }
    expect(await closedBy(page)).toEqual(['time', 'time']);
  });

  it('stays until it is closed where no time ends it', async () => {
    const page = await demo.open();
    await notify(page, { ...DOCUMENTED, displayDuration: Infinity });
    await letPass(cards(page), 1e9);
    expect(await timeOf(cards(page))).toMatchObject({ state: 'running' });
    await page.getByRole('button', { name: 'Close' }).click();
    expect(await closedBy(page)).toEqual(['person']);
  });

  it('stays while the pointer is on it, and its time continues when the pointer leaves', async () => {
    const page = await demo.open();
    await notify(page, DOCUMENTED);
    await notify(page, MANUAL);
    await cards(page).nth(0).hover();
    expect(await timeOf(cards(page).nth(0))).toMatchObject({ state: 'paused' });
    expect(await timeOf(cards(page).nth(1))).toMatchObject({ state: 'paused' });
    await notify(page, { ...MANUAL, displayDuration: 1 });
    expect(await timeOf(cards(page).nth(2))).toMatchObject({ state: 'paused' });
    await page.mouse.move(10, 10);
    await cards(page).nth(2).waitFor({ state: 'detached' });
    expect(await timeOf(cards(page).nth(0))).toMatchObject({ state: 'running' });
  });

  it('stays while the page is in the background', async () => {
    const page = await demo.open();
    await notify(page, DOCUMENTED);
    await setHidden(page, true);
    expect(await timeOf(cards(page))).toMatchObject({ state: 'paused' });
    await setHidden(page, false);
    expect(await timeOf(cards(page))).toMatchObject({ state: 'running' });
  });

  it('is reached, kept, closed and left by keyboard alone', async () => {
    const page = await demo.open();
    const button = page.getByRole('button', { name: 'By hand' });
    await button.focus();
    await notify(page, DOCUMENTED);
    await notify(page, MANUAL);
    await page.keyboard.press('F8');
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('model-switch-stack');
    expect(await timeOf(cards(page).nth(0))).toMatchObject({ state: 'paused' });
    await page.keyboard.press('Enter');
    await cards(page).nth(1).waitFor({ state: 'detached' });
    expect(await timeOf(cards(page))).toMatchObject({ state: 'paused' });
    await page.keyboard.press('Escape');
    await cards(page).waitFor({ state: 'detached' });
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('leaves F8 to the page when there is nothing to go to', async () => {
    const page = await demo.open();
    await notify(page, { ...DOCUMENTED, displayDuration: 1 });
    await cards(page).waitFor({ state: 'detached' });
    await page.evaluate(() =>
      addEventListener('keydown', (event) => Object.assign(window, { taken: event.defaultPrevented })),
    );
    await page.keyboard.press('F8');
    expect(await page.evaluate('taken')).toBe(false);
  });

  it('stacks however many there are, and loses none', async () => {
    const page = await demo.open();
    const names = Array.from({ length: 20 }, (_, index) => `Model ${index}`);
    await Promise.all(names.map((modelName) => notify(page, { ...MANUAL, modelName })));
    expect(await cards(page).locator('bdi').filter({ hasText: 'Model ' }).allTextContents()).toEqual(names);
    // The time of those below the window's edge has not begun.
    expect(await timeOf(cards(page).first())).toMatchObject({ state: 'running' });
    expect(await timeOf(cards(page).last())).toMatchObject({ state: 'paused' });
    for (let left = names.length; left > 1; left -= 1) await letPass(cards(page).first(), 600_000);
    expect(await cards(page).locator('bdi').first().textContent()).toBe('Model 19');
    expect(await timeOf(cards(page))).toMatchObject({ state: 'running' });
  });

  it('gives the focus back to who has clicked one away, and lets the others go in time', async () => {
    const page = await demo.open();
    const field = page.getByLabel('Language');
    await field.focus();
    await notify(page, DOCUMENTED);
    await notify(page, MANUAL);
    await cards(page).first().getByRole('button').click();
    await cards(page).nth(1).waitFor({ state: 'detached' });
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.mouse.move(10, 10);
    expect(await timeOf(cards(page))).toMatchObject({ state: 'running' });
  });

  it('shows hostile names as the text they are', async () => {
    const page = await demo.open();
    const hostile = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
    const mirrored = `Nova\u202e ${'x'.repeat(300)}`;
    await notify(page, {
      ...MANUAL,
      modelName: hostile,
      title: hostile,
      message: `To ${hostile}`,
      reason: `For ${hostile}`,
    });
    await notify(page, { ...MANUAL, direction: 'upgrade', from: mirrored, to: 'Nova', provider: hostile });
    expect(await cards(page).nth(0).getByText(hostile).count()).toBe(4);
    expect(await cards(page).locator('img, script').count()).toBe(0);
    expect(await cards(page).nth(1).locator('bdi').nth(1).textContent()).toBe(mirrored);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });

  it('speaks the language that is asked for, else that of the page, else English', async () => {
    const page = await demo.open();
    const switched = { ...DOCUMENTED, direction: 'downgrade', from: 'A', to: 'B', reason: 'R' } as const;
    await notify(page, { ...switched, lang: 'de-AT' });
    await page.getByLabel('Language').selectOption('fr');
    await notify(page, switched);
    await notify(page, { ...switched, lang: 'pt', title: 'A custom title' });
    const nth = (position: number) => linesOf(cards(page).nth(position));
    expect(await nth(0)).toEqual([
      'KI-Modell wird automatisch gewechselt',
      'In Verwendung: Amazon Nova Pro',
      'Von A auf B herabgestuft',
      'Anbieter: Amazon',
      'Grund: R',
    ]);
    expect((await nth(1)).slice(1, 3)).toEqual([
      'Modèle utilisé\u00a0: Amazon Nova Pro',
      'Passage de A à B, un modèle inférieur',
    ]);
    expect((await nth(2)).slice(0, 3)).toEqual([
      'A custom title',
      'Using: Amazon Nova Pro',
      'Downgraded from A to B',
    ]);
    expect(await cards(page).nth(0).getAttribute('lang')).toBe('de');
    expect(await cards(page).nth(0).getByRole('button', { name: 'Schließen' }).count()).toBe(1);
  });

  it('is announced by a region that is there before it: an alert only for a loss nobody chose', async () => {
    const page = await demo.open();
    await notify(page, { ...DOCUMENTED, direction: 'downgrade', from: 'A', to: 'B' });
    await notify(page, { ...MANUAL, direction: 'downgrade', from: 'C', to: 'D' });
    expect(await page.getByRole('alert').getByText('from A to B').count()).toBe(1);
    expect(await page.getByRole('status').getByText('from C to D').count()).toBe(1);
    expect(await page.getByRole('region', { name: 'Notifications (F8)' }).count()).toBe(1);
  });

  it('does not move where people want less motion', async () => {
    const motion = async (reducedMotion: 'reduce' | 'no-preference') => {
      const page = await demo.open({ reducedMotion });
      await notify(page, DOCUMENTED);
      return cards(page).evaluate((card) => getComputedStyle(card).animationName);
    };
    expect([await motion('reduce'), await motion('no-preference')]).toEqual(['none', 'arrive']);
  });

  it('has an edge where the system chooses the colours', async () => {
    const page = await demo.open({ forcedColors: 'active' });
    await notify(page, DOCUMENTED);
    const edge = await cards(page).evaluate((card) => getComputedStyle(card).borderTopColor);
    expect(edge).toMatch(/^rgb\(/);
  });
});

/** The lines below the title. */
function news(notification: NotificationOptions): unknown[] {
  const { kind = 'switch', modelName, direction, from, to, message, reason } = notification;
  const said = reason && !message?.includes(reason) ? [`Reason: ${reason}`] : [];
  if (kind !== 'switch') return [...(modelName ? [`Model: ${modelName}`] : []), message, ...said].slice(0, 2);
  const verb = { upgrade: 'Upgraded', downgrade: 'Downgraded', lateral: 'Switched' }[direction!];
  return [`Using: ${modelName}`, `${verb} from ${from} to ${to}`];
}

async function linesOf(card: Locator): Promise<string[]> {
  return card.locator('p').allInnerTexts();
}

async function colourOf(card: Locator): Promise<{ red: number; green: number; blue: number }> {
  const colour = await card.evaluate((element) => getComputedStyle(element).backgroundColor);
  const [red, green, blue] = colour.match(/\d+/g)!.map(Number);
  return { red: red!, green: green!, blue: blue! };
}

/** As if the time had passed. */
async function letPass(card: Locator, milliseconds: number): Promise<void> {
  await card.evaluate(async (element, time) => {
    const life = element.getAnimations().find(({ id }) => id === 'life')!;
    life.currentTime = time;
    if (time < Number(life.effect!.getTiming().duration)) return;
    await new Promise((resolve) => element.addEventListener('dismiss', resolve));
  }, milliseconds);
}
