import { Readable } from 'node:stream';
import { streamOutput } from '../../apps/cli/src/output.js';
import { runCli } from '../../apps/cli/src/run-cli.js';

export interface Ended {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs the command line in this process, as a script does: without a terminal and without input. */
export async function runCommandLine(args: readonly string[], env: Record<string, string>): Promise<Ended> {
  const written = { stdout: '', stderr: '' };
  const to = (name: keyof typeof written) => ({
    write: (text: string) => {
      written[name] += text;
    },
  });
  const exitCode = await runCli(args, {
    env,
    output: streamOutput(to('stdout'), to('stderr'), env),
    version: '0.0.0',
    fetch: globalThis.fetch,
    now: new Date(),
    timeZone: 'UTC',
    lines: Readable.from([]),
    readSecret: async () => '',
    isTyped: false,
    interruption: () => new AbortController().signal,
  });
  return { exitCode, ...written };
}
