import { execFileSync } from 'node:child_process';

/** Global set-up of the project `tooling`: installs the package tools/ where it is missing. */
export default function setup(): void {
  execFileSync(process.execPath, ['scripts/prepare.mjs', 'tools'], { stdio: 'inherit' });
}
