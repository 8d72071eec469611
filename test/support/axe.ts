import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Looked {
  /** Where; the whole page by default. */
  within?: string;
  /** The rules; every one of axe, best practices included, by default. */
  rules?: string[];
}

/** What axe finds: `rule: where`. A contrast that it cannot tell counts, too. */
export async function violations(page: Page, { within = 'html', rules }: Looked = {}): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const { violations, incomplete } = await page.evaluate(
    async ([root, runOnly]) =>
      (globalThis as never as { axe: typeof import('axe-core') }).axe.run(root, runOnly ? { runOnly } : {}),
    [within, rules] as const,
  );
  const unclear = incomplete.filter(({ id }) => id === 'color-contrast');
  return [...violations, ...unclear].flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
  );
}
