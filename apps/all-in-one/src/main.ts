import { fileURLToPath } from 'node:url';
import { loadDotEnv } from '#libs/platform/config/dot-env.js';
import { type Env, loadEnv } from '#libs/platform/config/env.js';
import { runTogether } from './run-together.js';

/** An app that was asked to end cuts off its work after `SHUTDOWN_GRACE_SECONDS` and has closed within ten seconds more. */
const CLOSE_SECONDS = 10;

const programOf = (app: string): string =>
  fileURLToPath(new URL(`../../${app}/src/main.js`, import.meta.url));

/** A setting that is wrong for both programs is reported once. */
function readSettings(): Env | undefined {
  try {
    loadDotEnv();
    return loadEnv();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return undefined;
  }
}

const env = readSettings();
if (!env) process.exit(1);
const killAfterMs = (env.SHUTDOWN_GRACE_SECONDS + CLOSE_SECONDS) * 1_000;
process.exit(await runTogether({ api: programOf('api'), worker: programOf('worker') }, killAfterMs));
