import { existsSync } from 'node:fs';
import { type Browser, chromium } from '../../tools/browser.js';

/** Where Debian has it; another Chromium will do. */
export const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
export const chromiumIsThere = existsSync(CHROMIUM);
/** Ends what waits in vain in a page: right for a machine that is ten times slower. */
export const PAGE_HANGS_AFTER_MS = 100_000;

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, timeout: PAGE_HANGS_AFTER_MS });
