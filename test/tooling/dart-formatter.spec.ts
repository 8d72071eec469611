import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, chromium, type Page } from '../../tools/browser.js';
import { DART_FORMATTER, type Formatter } from '../../tools/dart-formatter.js';
import { dartBlocks } from '../../tools/dart-source.js';
import { CHROMIUM, chromiumIsThere } from '../support/chromium.js';

const FLUTTER = 'clients/flutter/show_model_switch_notification.dart';
const PAGE = `<!doctype html><script type="module">
  import load, { format } from '/dart_fmt_web.js';
  globalThis.formatter = load().then(() => format);
</script>`;
/** The version in Flutter 3.7: the oldest that is promised. */
const OLDEST = '2.19.0';

/** Dart's own formatter, with Dart's own parser. It needs a WebAssembly that Node 20 does not have, and Chromium has. */
describe.skipIf(!chromiumIsThere)('Dart’s own formatter', () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM });
    page = await browser.newPage();
    await page.route('**/*', (route) => {
      const name = new URL(route.request().url()).pathname.slice(1);
      if (!name) return route.fulfill({ body: PAGE, contentType: 'text/html' });
      const contentType = name.endsWith('.wasm') ? 'application/wasm' : 'text/javascript';
      return route.fulfill({ body: readFileSync(join(DART_FORMATTER, name)), contentType });
    });
    await page.goto('http://dart.test/');
  });
  afterAll(() => browser?.close());

  /** @throws what the parser says */
  const format = (source: string, language_version?: string): Promise<string> =>
    page.evaluate(
      async ([code, version]) => {
        const { formatter } = globalThis as never as { formatter: Promise<typeof Formatter> };
        return (await formatter)(code, 'action.dart', version ? { language_version: version } : {});
      },
      [source, language_version] as const,
    );

  it('leaves the functions as they are', async () => {
    const source = readFileSync(FLUTTER, 'utf8');
    expect(await format(source)).toBe(source);
  });

  it('reads them as the oldest Dart that is promised', async () => {
    await format(readFileSync(FLUTTER, 'utf8'), OLDEST);
    await expect(format('final pair = (1, 2);', OLDEST)).rejects.toThrow('could not be parsed');
  });

  it('leaves the recipes as they are', async () => {
    const recipes = dartBlocks('clients/flutter/README.md');
    expect(await format(recipes)).toBe(recipes);
  });

  it('refuses what is no Dart', async () => {
    await expect(format('Future<> broken() {}')).rejects.toThrow('could not be parsed');
  });
});
