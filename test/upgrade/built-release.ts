import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../../scripts/embedded/checkout.js';
import { runCommand } from './run-command.js';

/** Checks a commit out into a new folder, installs its packages and builds it. */
export async function buildRelease(commit: string, folder: string): Promise<void> {
  const archive = `${folder}.tar`;
  mkdirSync(folder, { recursive: true });
  await step('checking out', async () => {
    await runCommand(checkout, 'git', ['archive', '--format=tar', `--output=${archive}`, commit]);
    await runCommand(folder, 'tar', ['-xf', archive]);
  });
  if (hasSamePackages(folder))
    symlinkSync(join(checkout, 'node_modules'), join(folder, 'node_modules'), 'dir');
  else
    await step('installing its packages', () => runCommand(folder, 'npm', ['ci', '--no-audit', '--no-fund']));
  await step('building', () => runCommand(folder, 'npm', ['run', '--silent', 'build']));
}

const hasSamePackages = (folder: string) => lockFileOf(folder) === lockFileOf(checkout);
const lockFileOf = (folder: string) => readFileSync(join(folder, 'package-lock.json'), 'utf8');

async function step(name: string, work: () => Promise<unknown>): Promise<void> {
  console.log(`  ${name} ...`);
  await work();
}
