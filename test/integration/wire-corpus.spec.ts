import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EventStreamDecoder } from '#libs/platform/bedrock/event-stream-decoder.js';
import { BROKE_OFF } from '../../apps/api/src/wires/wire-answer.js';
import type { FaultInput } from '../../apps/bedrock-emulator/src/faults.js';
import { PIXTRAL } from '../support/chat-system.js';
import { bytesOf, type RecordedAnswer, ReplayingUpstream } from '../support/replaying-upstream.js';
import { SERVICE_KEY } from '../support/test-env.js';
import { WireSystem } from '../support/wire-system.js';

/** Request, byte for byte, and the answer to it. */
interface Case {
  name: string;
  body: string;
  /** Of a native request. */
  headers?: Record<string, string>;
  answer: RecordedAnswer;
  /** Fault of the emulator that the answer was recorded with. */
  fault?: FaultInput;
  /** True: the answer was written by hand, with what the emulator does not send. */
  written?: boolean;
}

interface Corpus {
  operation: string;
  modelId: string;
  /** Runs on this model; of `count-tokens`: it is the first that counts. */
  useCase: string;
  cases: Case[];
}

const FOLDER = 'test/support/wire-corpus';
const FILES = readdirSync(FOLDER).map((name) => join(FOLDER, name));
const CORPORA = FILES.map((file): [string, Corpus] => [file, JSON.parse(readFileSync(file, 'utf8'))]);
const CASES = CORPORA.flatMap(([file, corpus]) =>
  corpus.cases.map((each): [string, Corpus, Case] => [`${file}: ${each.name}`, corpus, each]),
);

let upstream: ReplayingUpstream;
let system: WireSystem;
beforeAll(async () => {
  upstream = await ReplayingUpstream.start();
  system = await WireSystem.start({ AWS_ENDPOINT_URL_BEDROCK_RUNTIME: upstream.url });
  await system.chats.system.act({ action: 'switch', modelId: PIXTRAL, useCase: 'operations' });
  if (process.env.UPDATE_CORPUS) await record();
});
// A model whose streams end with an exception would not be asked any more.
beforeEach(() => system.closeBreakers());
afterAll(async () => {
  await system.close();
  await upstream.close();
});

const send = (url: string, { operation, modelId }: Corpus, { headers, body }: Case) =>
  fetch(`${url}/model/${encodeURIComponent(modelId)}/${operation}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${SERVICE_KEY}`, 'content-type': 'application/json', ...headers },
    body,
  });

/** Writes the answers of the emulator into the corpus. */
async function record(): Promise<void> {
  for (const [file, corpus] of CORPORA) {
    for (const each of corpus.cases.filter(({ written }) => !written))
      each.answer = await answerOf(corpus, each);
    writeFileSync(file, `${JSON.stringify(corpus, null, 2)}\n`);
  }
  system.chats.faults();
}

async function answerOf(corpus: Corpus, given: Case): Promise<RecordedAnswer> {
  system.chats.faults(...(given.fault ? [given.fault] : []));
  const response = await send(system.chats.emulator.url, corpus, given);
  const bytes = Buffer.from(await response.arrayBuffer());
  if (response.status !== 200) throw new Error(`${corpus.modelId}: ${given.name}: ${bytes}`);
  const kept = [...response.headers].filter(([name]) => /^content-type|^x-amzn-bedrock-/.test(name));
  return {
    headers: Object.fromEntries(kept),
    ...(corpus.operation.endsWith('stream')
      ? { frames: bytes.toString('base64') }
      : { text: bytes.toString('utf8') }),
  };
}

/**
 * Splits an answer where its model broke off. There the client gets a last frame of ours, which no SDK retries and which
 * does not quote Bedrock.
 */
function splitAtBreak(sent: Buffer, { operation }: Corpus): { same: Buffer; isBroken: boolean } {
  const frames = operation.endsWith('stream') ? [...new EventStreamDecoder().read(sent)] : [];
  const isBroken = frames.at(-1)?.kind === 'exception';
  return { same: isBroken ? Buffer.concat(frames.slice(0, -1).map(({ bytes }) => bytes)) : sent, isBroken };
}

describe.each(CASES)('%s', (_, corpus, given) => {
  const { operation, modelId, useCase } = corpus;

  it.each([
    ['a model', modelId, 'HTTP/1.1', 'raw'],
    ['a use case', useCase, 'HTTP/1.1', 'raw'],
    ['a model', modelId, 'HTTP/2', 'rawOverHttp2'],
    ['a use case', useCase, 'HTTP/2', 'rawOverHttp2'],
  ] as const)(
    'is the same to the byte, directly and through the service that is asked for %s, %s over %s',
    async (_, name, __, raw) => {
      upstream.answer = given.answer;
      upstream.asked = [];
      const direct = await send(upstream.url, corpus, given);
      const through = await system.wire[raw](`${name}/${operation}`, Buffer.from(given.body), {
        'x-use-case': useCase,
        ...given.headers,
      });
      expect(through.status).toBe(200);
      expect(through.headers.get('x-orchestrator-adapted')).toBeNull();
      const sent = Buffer.from(await direct.arrayBuffer());
      expect(sent.equals(bytesOf(given.answer))).toBe(true);
      const { same, isBroken } = splitAtBreak(sent, corpus);
      expect(through.bytes.subarray(0, same.length).equals(same)).toBe(true);
      expect(isBroken || through.bytes.length === same.length).toBe(true);
      const ours = { kind: 'exception', name: 'modelStreamErrorException' };
      expect([...new EventStreamDecoder().read(through.bytes.subarray(same.length))]).toMatchObject(
        isBroken ? [{ ...ours, payload: expect.stringContaining(BROKE_OFF) }] : [],
      );
      const [first, second, ...more] = upstream.asked;
      expect(more).toEqual([]);
      expect(second!.path).toBe(first!.path);
      expect(second!.body.equals(first!.body)).toBe(true);
      expect(second!.body.equals(Buffer.from(given.body))).toBe(true);
      expect(second!.headers).toMatchObject(given.headers ?? {});
      for (const [name, value] of Object.entries(given.answer.headers))
        if (name.startsWith('x-amzn-bedrock-')) expect(through.headers.get(name)).toBe(value);
    },
  );
});
