import { type AddressInfo, createServer, type Socket } from 'node:net';
import { eventFrame } from '../apps/bedrock-emulator/src/event-frames.js';

/**
 * The runtime plane of Bedrock at the least cost there is: every answer is the same, and its bytes are made once. It
 * shares a core with who asks, so what it takes would be missing there; the emulator takes several times as much. As
 * with the emulator, any signature will do, but there must be one.
 */
const DELTAS = 50;
const PIECE = 'so many words a piece, ';
const TEXT = PIECE.repeat(DELTAS);
const USAGE = { inputTokens: 160, outputTokens: 288, totalTokens: 448 };
const SIGNED = /\r\nauthorization: AWS4-HMAC-SHA256 Credential=/i;

const chunk = (bytes: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
const event = (type: string, payload: unknown): Buffer => chunk(eventFrame({ type, payload }));

const WHOLE = JSON.stringify({
  output: { message: { role: 'assistant', content: [{ text: TEXT }] } },
  stopReason: 'end_turn',
  usage: USAGE,
  metrics: { latencyMs: 1 },
});
const ANSWER = Buffer.from(
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(WHOLE)}\r\n\r\n${WHOLE}`,
);
const STREAM_HEAD = Buffer.from(
  'HTTP/1.1 200 OK\r\ncontent-type: application/vnd.amazon.eventstream\r\ntransfer-encoding: chunked\r\n\r\n',
);
const STREAM: Buffer[] = [
  STREAM_HEAD,
  event('messageStart', { role: 'assistant' }),
  ...Array.from({ length: DELTAS }, () =>
    event('contentBlockDelta', { contentBlockIndex: 0, delta: { text: PIECE } }),
  ),
  event('contentBlockStop', { contentBlockIndex: 0 }),
  event('messageStop', { stopReason: 'end_turn' }),
  event('metadata', { usage: USAGE, metrics: { latencyMs: 1 } }),
  Buffer.from('0\r\n\r\n'),
];
const REFUSAL = Buffer.from('HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\n\r\n{}');

/** Returns the answer to a request, and how many of its bytes are still under way; undefined: its head is not here. */
function requestIn(received: string): { missing: number; answer: Buffer[] } | undefined {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const head = received.slice(0, headEnd);
  const length = headEnd + 4 + Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
  const missing = length - received.length;
  if (!SIGNED.test(head)) return { missing, answer: [REFUSAL] };
  return {
    missing,
    answer: head.slice(0, head.indexOf('\r')).includes('/converse-stream ') ? STREAM : [ANSWER],
  };
}

/** Pause between the events of a stream, and before an answer; sent by the parent process. */
let paceMs = 0;
let delayMs = 0;

/** Each event goes out by itself, as they come from a model: a slow reader gets several in one read all the same. */
function send(socket: Socket, pieces: Buffer[], at = 0): void {
  if (socket.destroyed) return;
  socket.write(pieces[at]!);
  if (at + 1 === pieces.length) return;
  if (paceMs > 0) setTimeout(send, paceMs, socket, pieces, at + 1);
  else setImmediate(send, socket, pieces, at + 1);
}

const server = createServer({ noDelay: true }, (socket) => {
  let head = '';
  let request: ReturnType<typeof requestIn>;
  socket.on('error', () => socket.destroy());
  socket.on('data', (data) => {
    // Bodies are only counted: one that is kept would cost more than all else here.
    if (request) request.missing -= data.length;
    else {
      // One character a byte: lengths are those of HTTP.
      head += data.toString('latin1');
      request = requestIn(head);
    }
    if (!request || request.missing > 0) return;
    const { answer } = request;
    head = '';
    request = undefined;
    if (delayMs > 0) setTimeout(send, delayMs, socket, answer);
    else send(socket, answer);
  });
});
server.listen(0, '127.0.0.1', () => {
  process.send!({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, text: TEXT });
});
process.on('message', (message: { paceMs?: number; delayMs?: number }) => {
  paceMs = message.paceMs ?? paceMs;
  delayMs = message.delayMs ?? delayMs;
});
process.on('disconnect', () => process.exit(0));
