#!/usr/bin/env node
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { readVersion } from '#libs/platform/process/own-version.js';
import { streamOutput } from './output.js';
import { runCli } from './run-cli.js';

// biome-ignore lint/style/noProcessEnv: the one place where this program meets its environment
const env = process.env;

/** Not read before somebody asks for them. */
async function* typedLines(): AsyncGenerator<string> {
  yield* createInterface({ input: process.stdin });
}

/** A terminal shows the prompt, but not the typed line. */
async function readSecret(prompt: string): Promise<string> {
  const { stdin, stderr } = process;
  const output = new Writable({ write: (_, __, done) => done() });
  const typed = createInterface({ input: stdin, output, terminal: stdin.isTTY === true });
  if (stdin.isTTY) stderr.write(prompt);
  for await (const line of typed) {
    typed.close();
    if (stdin.isTTY) stderr.write('\n');
    return line;
  }
  return '';
}

// `orchestrate-bedrock list | head -1` closes the pipe early; that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const interrupting = new AbortController();

/** Ctrl-C ends other commands immediately. */
function interruption(): AbortSignal {
  process.once('SIGINT', () => interrupting.abort());
  return interrupting.signal;
}

process.exitCode = await runCli(process.argv.slice(2), {
  env,
  output: streamOutput(process.stdout, process.stderr, env),
  version: readVersion(import.meta.dirname),
  fetch: globalThis.fetch,
  now: new Date(),
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  lines: typedLines(),
  readSecret,
  isTyped: process.stdin.isTTY === true,
  interruption,
});
// A library may be waiting for its next attempt.
if (interrupting.signal.aborted) process.exit();
