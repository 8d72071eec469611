import { ProblemError, type Schemas } from '@orchestrator/client/client.js';
import { saveFile } from '../components/csv.js';

interface Options {
  signal: AbortSignal;
  /** Called with the number of lines so far. */
  onProgress: (lines: number) => void;
}

/** Saves an answer of any length as a file, if all of it arrives. @throws ProblemError */
export async function download(
  address: string,
  name: string,
  { signal, onProgress }: Options,
): Promise<void> {
  const answer = await fetch(address, { signal }).catch((cause: Error) => {
    throw signal.aborted ? cause : new ProblemError(INCOMPLETE);
  });
  if (!answer.ok || !answer.body) throw new ProblemError(await problemOf(answer));
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let lines = 0;
  const reader = answer.body.getReader();
  for (let read = await next(reader, signal); !read.done; read = await next(reader, signal)) {
    parts.push(read.value);
    lines += linesIn(read.value);
    onProgress(lines);
  }
  saveFile(name, ...parts);
}

const NEWLINE = 10;

function linesIn(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}

const next = (reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>, signal: AbortSignal) =>
  reader.read().catch((cause: Error) => {
    throw signal.aborted ? cause : new ProblemError(INCOMPLETE);
  });

async function problemOf(answer: Response): Promise<Schemas['Problem']> {
  const body: unknown = await answer.json().catch(() => null);
  return isProblem(body) ? body : { ...INCOMPLETE, status: answer.status };
}

const isProblem = (body: unknown): body is Schemas['Problem'] =>
  typeof body === 'object' && body !== null && 'detail' in body && 'code' in body;

const INCOMPLETE: Schemas['Problem'] = {
  type: 'about:blank',
  title: 'Not exported',
  status: 0,
  detail: 'The answer ended early, so no file was saved. Export it again.',
  code: 'cut_off',
  requestId: '',
};
