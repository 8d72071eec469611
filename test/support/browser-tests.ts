import type { TestProject } from 'vitest/node';
import { bundleSwitchUi } from '../../scripts/switch-ui/bundle.js';
import { CHROMIUM, chromiumIsThere } from './chromium.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The script as it is now. */
    switchUi: string;
  }
}

/** Global set-up of the browser tests: builds what they look at. Without a Chromium they are skipped, and it says so. */
export default async function setup(project: TestProject): Promise<void> {
  if (chromiumIsThere) return project.provide('switchUi', await bundleSwitchUi());
  const advice = `there is no ${CHROMIUM}: apt-get install chromium, or set CHROMIUM_PATH`;
  if (process.env.REQUIRE_CHROMIUM) throw new Error(`The browser tests cannot run: ${advice}.`);
  console.warn(`\nThe browser tests are NOT run: ${advice}. REQUIRE_CHROMIUM=1 makes that an error.\n`);
}
