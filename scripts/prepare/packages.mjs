import { existsSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { run, step } from './progress.mjs';

const packagesIn = (...path) => JSON.parse(readFileSync(join(...path), 'utf8')).packages;

/** npm writes a copy of the lock file in node_modules last, which lists the installed packages. */
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

/** Uses the npm that runs the script; without it (`node scripts/prepare.mjs`) the one in PATH. */
function npmCommand(args) {
  const npm = process.env.npm_execpath ?? '';
  return basename(npm) === 'npm-cli.js' ? [process.execPath, [npm, ...args]] : ['npm', args];
}

export async function install(folder, label) {
  // npm ci removes node_modules first; its list must not survive if that is interrupted.
  rmSync(join(folder, 'node_modules', '.package-lock.json'), { force: true });
  await step(
    label,
    'Is the npm registry reachable (`npm ping`)? If package.json was edited, run `npm install` once.',
    () => run(npmCommand(['ci', '--include=dev', '--loglevel=error', '--no-audit', '--no-fund']), folder),
  );
}
