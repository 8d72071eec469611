import { connect, type Socket } from 'node:net';

export interface Request {
  url: string;
  headers?: Record<string, string>;
  /** Several are sent by turns. */
  body?: object | object[];
}

interface Clients {
  clients: number;
  seconds: number;
  /** While it waits: where PostgreSQL answers on the same core, a spinning generator would keep it waiting in turn. */
  sleeps?: boolean;
}

const END_OF_HEAD = '\r\n\r\n';
const LAST_CHUNK = '0\r\n\r\n';

/** @returns what is sent, by turns; undefined: nothing is */
export const textsOf = ({ body }: Request): string[] | undefined =>
  body && [body].flat().map((one) => JSON.stringify(one));

/**
 * Requests per second of clients who each wait for their answer, on connections that they keep. Unless told to, it does not
 * sleep while it waits: waking a core that sleeps takes whoever wakes it longer than a whole answer on a virtual machine, and
 * with wrk, which sleeps, only the slower side would have to.
 * @param request several, all of one service, are sent by turns. @throws unless every answer is a 2xx
 */
export async function throughput(
  request: Request | Request[],
  { clients, seconds, sleeps = false }: Clients,
): Promise<number> {
  const requests = [request].flat();
  const { hostname, port } = new URL(requests[0]!.url);
  const load = { sent: 0, answered: 0, asking: true, messages: requests.flatMap(messagesOf) };
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

function messagesOf(request: Request): Buffer[] {
  const { host, pathname, search } = new URL(request.url);
  const message = (text?: string) => {
    const json = text && {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(text)),
    };
    const headers = Object.entries({ host, ...request.headers, ...json });
    const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    return Buffer.from(`${text ? 'POST' : 'GET'} ${pathname}${search} HTTP/1.1\r\n${lines}\r\n${text ?? ''}`);
  };
  return textsOf(request)?.map(message) ?? [message()];
}

interface Load {
  sent: number;
  answered: number;
  asking: boolean;
  messages: Buffer[];
}

/** Asks again and again until there is enough. */
async function ask(socket: Socket, load: Load): Promise<void> {
  socket.setNoDelay();
  let received = '';
  const send = () => {
    socket.write(load.messages[load.sent % load.messages.length]!);
    load.sent += 1;
  };
  await new Promise<void>((resolve, reject) => {
    socket
      .once('error', reject)
      .once('close', () => reject(new Error('the connection was closed')))
      .on('data', (chunk) => {
        received += chunk.toString('latin1');
        if (!isComplete(received)) return;
        if (!/^HTTP\/1\.1 2/.test(received)) reject(new Error(`answered ${received}`));
        received = '';
        load.answered += 1;
        if (load.asking) send();
        else resolve();
      });
    send();
  }).finally(() => socket.destroy());
}

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
