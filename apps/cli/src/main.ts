#!/usr/bin/env node
import { createInterface } from 'node:readline';
import { streamOutput } from './output.js';
import { readVersion } from './own-version.js';
import { runCli } from './run-cli.js';

// biome-ignore lint/style/noProcessEnv: the one place where this program meets its environment
const env = process.env;

/** Not read before somebody asks for them. */
async function* typedLines(): AsyncGenerator<string> {
  yield* createInterface({ input: process.stdin });
}

// `orchestrate-bedrock list | head -1` closes the pipe early; that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await runCli(process.argv.slice(2), {
  env,
  output: streamOutput(process.stdout, process.stderr, env),
  version: readVersion(import.meta.dirname),
  fetch: globalThis.fetch,
  now: new Date(),
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  lines: typedLines(),
  isTyped: process.stdin.isTTY === true,
});
