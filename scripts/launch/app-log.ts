import type { WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const WARN = 40;
const REPEAT_WINDOW_MS = 10_000;

/**
 * Everything an app writes goes to its log file; what needs attention (warnings and worse, and whatever it writes to
 * stderr) is shown on the terminal too, the same line not more than once in ten seconds.
 */
export function followApp(
  name: string,
  output: { stdout: Readable; stderr: Readable },
  file: WriteStream,
): void {
  const shown = new Map<string, number>();
  const show = (line: string | undefined) => {
    if (!line || Date.now() - (shown.get(line) ?? 0) < REPEAT_WINDOW_MS) return;
    if (shown.size > 100) shown.clear();
    shown.set(line, Date.now());
    console.log(`  [${name}] ${line}`);
  };
  createInterface({ input: output.stdout }).on('line', (line) => {
    file.write(`${line}\n`);
    show(attentionLine(line));
  });
  createInterface({ input: output.stderr }).on('line', (line) => {
    file.write(`${line}\n`);
    show(line.trimEnd());
  });
}

/** The readable form of a pino line of level warn or above; undefined for the rest. */
export function attentionLine(line: string): string | undefined {
  if (!/"level":[4-6]0/.test(line)) return undefined;
  try {
    const { level, msg, err, code } = JSON.parse(line);
    if (!(level >= WARN)) return undefined;
    // A line without a message has the code of a problem.
    const text = [...new Set([msg, err?.message])].filter(Boolean).join(': ') || code;
    return `${level > WARN ? 'ERROR' : 'WARN'} ${text}`;
  } catch {
    return undefined;
  }
}
