import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Page } from '../../tools/browser.js';

const pages = [
  'README.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' }).map((name) => `docs/${name}`),
].filter((name) => name.endsWith('.md'));
/** Names of the pictures that a page of the documentation shows. */
const SHOWN = new Set(pages.flatMap((page) => readFileSync(page, 'utf8').match(/[\w-]+\.png/g) ?? []));

/** Draws a picture of the documentation, if a page shows it and `npm run screenshots` asks for it. */
export async function drawPicture(page: Page, path: string): Promise<void> {
  if (process.env.SCREENSHOTS && SHOWN.has(basename(path))) await page.screenshot({ path });
}
