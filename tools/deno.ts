import { createRequire } from 'node:module';

interface Installer {
  /** @returns the path of the program. @throws where there is none for this system */
  runInstall(): string;
}

const installer: Installer = createRequire(import.meta.url)('deno/install_api.cjs');

/** The program itself: the package's command is a script that waits for it, and passes no signal on. */
export const DENO = installer.runInstall();
