import { dataOf, ProblemError, type Schemas } from '@orchestrator/client/client.js';
import { api } from '../api.js';

export type Verdict = Schemas['AuditVerification'];
export type Checkpoint = Schemas['Checkpoint'];
export interface Checked {
  checked: number;
  of: number;
}

/** Verifies all audit rows. @throws ProblemError also where the answer ends before its verdict */
export async function verify(
  checkpoint: Checkpoint | undefined,
  onProgress: (so: Checked) => void,
): Promise<Verdict> {
  const body = await dataOf(api.POST('/v1/audit/verify', { body: { checkpoint }, parseAs: 'stream' }));
  for await (const line of linesOf(body)) {
    const said = JSON.parse(line) as Checked | Verdict;
    if ('intact' in said) return said;
    onProgress(said);
  }
  throw new ProblemError(CUT_OFF);
}

/** Reads a checkpoint that was kept outside of the database. The api checks its fields. @throws ProblemError */
export async function checkpointIn(file: File): Promise<Checkpoint> {
  try {
    return JSON.parse(await file.text());
  } catch {
    throw new ProblemError({
      ...{ type: 'about:blank', title: 'No checkpoint', status: 0, code: 'no_checkpoint', requestId: '' },
      detail: `${file.name} is not JSON. Choose a file that “Save a checkpoint” has written.`,
    });
  }
}

async function* linesOf(body: ReadableStream<Uint8Array> | null | undefined): AsyncGenerator<string> {
  if (!body) return;
  const reader = body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader();
  let rest = '';
  for (let read = await next(reader); !read.done; read = await next(reader)) {
    const lines = `${rest}${read.value}`.split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
}

const next = (reader: ReadableStreamDefaultReader<string>) =>
  reader.read().catch(() => {
    throw new ProblemError(CUT_OFF);
  });

const CUT_OFF: Schemas['Problem'] = {
  type: 'about:blank',
  title: 'Not verified',
  status: 0,
  detail: 'The answer ended before its verdict, so nothing is known. Verify again.',
  code: 'cut_off',
  requestId: '',
};
