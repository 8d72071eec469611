import { existsSync } from 'node:fs';

/** Where Debian has it; another Chromium will do. */
export const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
export const chromiumIsThere = existsSync(CHROMIUM);
