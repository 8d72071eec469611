import { existsSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { run, step } from './progress.mjs';

const packagesIn = (...path) => JSON.parse(readFileSync(join(...path), 'utf8')).packages;

/** npm leaves a copy of the lock file in node_modules that lists what is really there; it writes it last. */
export function isInstalled(folder) {
  try {
    const wanted = packagesIn(folder, 'package-lock.json');
    const present = packagesIn(folder, 'node_modules', '.package-lock.json');
    return Object.entries(wanted)
      .filter(([path, entry]) => path.startsWith('node_modules/') && !entry.link && !entry.optional)
      .every(([path, entry]) => present[path]?.version === entry.version && existsSync(join(folder, path)));
  } catch {
    return false;
  }
}

/** npm tells its scripts where it is itself; without it (`node scripts/prepare.mjs`) the one in PATH must do. */
function npmCommand(args) {
  const npm = process.env.npm_execpath ?? '';
  return basename(npm) === 'npm-cli.js' ? [process.execPath, [npm, ...args]] : ['npm', args];
}

export async function install(folder, label) {
  // npm ci removes node_modules first; its list must not outlive what it lists if that is interrupted.
  rmSync(join(folder, 'node_modules', '.package-lock.json'), { force: true });
  await step(
    label,
    'Is the npm registry reachable (`npm ping`)? If package.json was edited, run `npm install` once.',
    () => run(npmCommand(['ci', '--include=dev', '--loglevel=error', '--no-audit', '--no-fund']), folder),
  );
}
