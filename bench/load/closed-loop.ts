import { connect, type Socket } from 'node:net';

export interface Request {
  url: string;
  headers?: Record<string, string>;
  body?: object;
}

interface Clients extends Request {
  clients: number;
  seconds: number;
}

const END_OF_HEAD = '\r\n\r\n';
const LAST_CHUNK = '0\r\n\r\n';

/**
 * Requests per second of clients who each wait for their answer, on connections that they keep. It never sleeps while it
 * waits: waking a core that sleeps takes whoever wakes it longer than a whole answer on a virtual machine, and with wrk,
 * which sleeps, only the slower side would have to. @throws unless every answer is a 2xx
 */
export async function throughput({ url, headers = {}, body, clients, seconds }: Clients): Promise<number> {
  const { hostname, port, pathname, search } = new URL(url);
  const text = body ? JSON.stringify(body) : '';
  const sent = {
    host: hostname,
    ...headers,
    ...(body && { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }),
  };
  const lines = Object.entries(sent).map(([name, value]) => `${name}: ${value}\r\n`);
  const request = Buffer.from(
    `${body ? 'POST' : 'GET'} ${pathname}${search} HTTP/1.1\r\n${lines.join('')}\r\n${text}`,
  );
  const state = { answered: 0, asking: true };
  const asked = Array.from({ length: clients }, () => ask(connect(Number(port), hostname), request, state));
  const failed = Promise.all(asked);
  const spinning = spinWhile(state);
  const began = performance.now();
  await Promise.race([failed, new Promise((resolve) => setTimeout(resolve, seconds * 1000))]);
  const perSecond = (state.answered * 1000) / (performance.now() - began);
  state.asking = false;
  await Promise.all([failed, spinning]);
  return perSecond;
}

/** Asks again and again until there is enough. */
async function ask(
  socket: Socket,
  request: Buffer,
  state: { answered: number; asking: boolean },
): Promise<void> {
  socket.setNoDelay();
  let received = '';
  await new Promise<void>((resolve, reject) => {
    socket
      .once('error', reject)
      .once('close', () => reject(new Error('the connection was closed')))
      .on('data', (chunk) => {
        received += chunk.toString('latin1');
        if (!isComplete(received)) return;
        if (!/^HTTP\/1\.1 2/.test(received)) reject(new Error(`answered ${received}`));
        received = '';
        state.answered += 1;
        if (state.asking) socket.write(request);
        else resolve();
      });
    socket.write(request);
  }).finally(() => socket.destroy());
}

function isComplete(received: string): boolean {
  const head = received.indexOf(END_OF_HEAD);
  if (head < 0) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(received)?.[1];
  if (length === undefined) return received.endsWith(LAST_CHUNK);
  return received.length >= head + END_OF_HEAD.length + Number(length);
}

async function spinWhile(state: { asking: boolean }): Promise<void> {
  while (state.asking) await new Promise((resolve) => setImmediate(resolve));
}
