import { dataOf, ProblemError, type Schemas } from '@orchestrator/client/client.js';
import { api } from '../api.js';

export type Verdict = Schemas['AuditVerification'];
export interface Checked {
  checked: number;
  of: number;
}

/** Has all audit rows verified. @throws ProblemError also where the answer ends before its verdict */
export async function verify(onProgress: (so: Checked) => void): Promise<Verdict> {
  const body = await dataOf(api.POST('/v1/audit/verify', { body: {}, parseAs: 'stream' }));
  for await (const line of linesOf(body)) {
    const said = JSON.parse(line) as Checked | Verdict;
    if ('intact' in said) return said;
    onProgress(said);
  }
  throw new ProblemError(CUT_OFF);
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
