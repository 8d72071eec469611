import { connect, type Socket } from 'node:net';

export interface Request {
  url: string;
  headers?: Record<string, string>;
  /** Several are sent alternately; a function makes one for each request. */
  body?: object | object[] | (() => object);
}

interface Clients {
  clients: number;
  seconds: number;
  /** While it waits: where PostgreSQL answers on the same core, a spinning generator would keep it waiting in turn. */
  sleeps?: boolean;
  /** Text that every answer must contain. */
  expects?: string;
}

const END_OF_HEAD = '\r\n\r\n';
const LAST_CHUNK = '0\r\n\r\n';

/** @returns what is made of the next body each time; of none where the request has none */
export function eachBody<T>({ body }: Request, make: (text: string | undefined) => T): () => T {
  if (typeof body === 'function') return () => make(JSON.stringify(body()));
  return inTurn([body].flat().map((one) => make(one && JSON.stringify(one))));
}

/** One after the other, and from the beginning again. */
function inTurn<T>(all: T[]): () => T {
  let given = 0;
  return () => all[given++ % all.length]!;
}

/**
 * Requests per second of clients who each wait for their answer, on connections that they keep. Without `sleeps`, it does
 * not sleep while it waits: on a virtual machine, waking a core that sleeps takes longer than a whole answer, and with
 * wrk, which sleeps, only the slower side would pay for that.
 * @param request several of one service are sent alternately. @throws unless every answer is a 2xx that was expected
 */
export async function throughput(
  request: Request | Request[],
  { clients, seconds, sleeps = false, expects = '' }: Clients,
): Promise<number> {
  const requests = [request].flat();
  const { hostname, port } = new URL(requests[0]!.url);
  const nexts = inTurn(requests.map(messagesOf));
  const load = { answered: 0, asking: true, expects, next: () => nexts()() };
  const clientsDone = Promise.all(
    Array.from({ length: clients }, () => ask(connect(Number(port), hostname), load)),
  );
  const spinning = sleeps || spinWhile(load);
  const began = performance.now();
  await Promise.race([clientsDone, new Promise((resolve) => setTimeout(resolve, seconds * 1000))]);
  const perSecond = (load.answered * 1000) / (performance.now() - began);
  load.asking = false;
  await Promise.all([clientsDone, spinning]);
  return perSecond;
}

/** The bytes of a request that is sent next. */
function messagesOf(request: Request): () => Buffer {
  const { host, pathname, search } = new URL(request.url);
  return eachBody(request, (text) => {
    const json = text && {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(text)),
    };
    const headers = Object.entries({ host, ...request.headers, ...json });
    const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    return Buffer.from(`${text ? 'POST' : 'GET'} ${pathname}${search} HTTP/1.1\r\n${lines}\r\n${text ?? ''}`);
  });
}

interface Load {
  answered: number;
  asking: boolean;
  expects: string;
  next: () => Buffer;
}

/** Asks again and again until there is enough. */
async function ask(socket: Socket, load: Load): Promise<void> {
  socket.setNoDelay();
  let received = '';
  const send = () => socket.write(load.next());
  await new Promise<void>((resolve, reject) => {
    socket
      .once('error', reject)
      .once('close', () => reject(new Error('the connection was closed')))
      .on('data', (chunk) => {
        received += chunk.toString('latin1');
        if (!isComplete(received)) return;
        if (!isExpected(received, load)) reject(new Error(`answered ${received}`));
        received = '';
        load.answered += 1;
        if (load.asking) send();
        else resolve();
      });
    send();
  }).finally(() => socket.destroy());
}

const isExpected = (answer: string, { expects }: Load): boolean =>
  /^HTTP\/1\.1 2/.test(answer) && answer.includes(expects);

function isComplete(received: string): boolean {
  const head = received.indexOf(END_OF_HEAD);
  if (head < 0) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(received)?.[1];
  if (length === undefined) return received.endsWith(LAST_CHUNK);
  return received.length >= head + END_OF_HEAD.length + Number(length);
}

async function spinWhile(load: Load): Promise<void> {
  while (load.asking) await new Promise((resolve) => setImmediate(resolve));
}
