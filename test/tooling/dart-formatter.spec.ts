import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SWITCH_TEXTS } from '../../libs/switch-texts/switch-texts.js';
import { dartTexts } from '../../scripts/switch-ui/dart-texts.js';
import { type Browser, chromium, type Page } from '../../tools/browser.js';
import { DART_FORMATTER, type Formatter } from '../../tools/dart-formatter.js';
import { dartBlocks } from '../../tools/dart-source.js';
import { CHROMIUM, chromiumIsThere } from '../support/chromium.js';

const LIB = 'clients/flutter/lib';
const FILES = readdirSync(LIB, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.dart'))
  .map((file) => join(LIB, file));
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

  it.each(FILES)('leaves %s as it is', async (file) => {
    const source = readFileSync(file, 'utf8');
    expect(await format(source)).toBe(source);
  });

  it('reads them as the oldest Dart that is promised', async () => {
    for (const file of FILES) await format(readFileSync(file, 'utf8'), OLDEST);
    await expect(format('final pair = (1, 2);', OLDEST)).rejects.toThrow('could not be parsed');
  });

  it('leaves texts as they are that are too long for a line', async () => {
    const texts = dartTexts({ en: { ...SWITCH_TEXTS.en!, cancel: `it's ${'long '.repeat(20)}` } });
    expect(await format(texts)).toBe(texts);
  });

  it('leaves the recipes as they are', async () => {
    const recipes = dartBlocks('clients/flutter/README.md');
    expect(await format(recipes)).toBe(recipes);
  });

  it('refuses what is no Dart', async () => {
    await expect(format('Future<> broken() {}')).rejects.toThrow('could not be parsed');
  });
});
