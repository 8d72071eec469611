import type { Environment } from './environment.js';

/** Where the program writes. `columns` is known on a terminal only. */
export interface Output {
  readonly columns: number | undefined;
  readonly colour: boolean;
  /** A line, or several. */
  out(text: string): void;
  /** A part of a line, as it comes. */
  write(text: string): void;
  err(text: string): void;
  /** One line that replaces the one before, on a terminal only; an empty one removes it. */
  progress?(text: string): void;
}

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export function streamOutput(stdout: Stream, stderr: Stream, env: Environment): Output {
  return {
    columns: stdout.isTTY ? (stdout.columns ?? 80) : undefined,
    colour: stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb',
    out: (text) => stdout.write(`${text}\n`),
    write: (text) => stdout.write(text),
    err: (text) => stderr.write(`${text}\n`),
    ...(stderr.isTTY && { progress: (text: string) => void stderr.write(`\r\x1b[K${text}`) }),
  };
}

/**
 * The last door: a key that came back in an answer or in a message does not leave through it.
 * @param keys grows with the keys that are read
 */
export function withoutKeys(output: Output, keys: ReadonlySet<string>): Output {
  const hide = (text: string) =>
    [...keys].reduce((hidden, key) => hidden.replaceAll(key, '[SUPABASE_SERVICE_KEY]'), text);
  return {
    columns: output.columns,
    colour: output.colour,
    out: (text) => output.out(hide(text)),
    write: (text) => output.write(hide(text)),
    err: (text) => output.err(hide(text)),
    progress: output.progress,
  };
}

/** Text of others (names, reasons, details) may hold escape sequences; a terminal would obey them. */
export function stripControlChars(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]+/gu, ' ');
}
