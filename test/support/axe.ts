import { readFileSync } from 'node:fs';
import { AXE_SCRIPT, type Axe, type Page } from '../../tools/browser.js';

const AXE = readFileSync(AXE_SCRIPT, 'utf8');

interface Looked {
  /** Where; the whole page by default. */
  within?: string;
  /** Elements to leave out: axe cannot tell the contrast of words over a drawing, not even of one that is decoration. */
  without?: string;
  /** The rules; every one of axe, best practices included, by default. */
  rules?: string[];
}

/** The findings of axe: `rule: where`. A contrast that it cannot tell counts, too. */
export async function violations(
  page: Page,
  { within = 'html', without, rules }: Looked = {},
): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const { violations, incomplete } = await page.evaluate(
    async ([include, exclude, runOnly]) =>
      (globalThis as never as { axe: Axe }).axe.run(
        exclude ? { include, exclude } : include,
        runOnly ? { runOnly } : {},
      ),
    [within, without, rules] as const,
  );
  const unclear = incomplete.filter(({ id }) => id === 'color-contrast');
  return [...violations, ...unclear].flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
  );
}

/** Waits for animations: the contrast of colours that still change cannot be measured. */
export const settled = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  });
