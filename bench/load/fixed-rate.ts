import { Agent, type IncomingMessage, request as open } from 'node:http';
import { quantile } from '../measure.js';
import type { Request } from './closed-loop.js';

export interface Latencies {
  p50: number;
  p99: number;
  /** Requests that were answered. */
  count: number;
}

interface Load {
  perSecond: number;
  seconds: number;
  /** Connections at most. */
  clients: number;
}

/**
 * Milliseconds under a load that goes on at its rate whether answers come or not, counted from when a request was due:
 * a server that stalls is charged for everyone who would have asked meanwhile. autocannon sends
 * what is due in a second at its beginning. @throws unless every answer is a 2xx
 */
export async function latenciesAt(
  request: Request,
  { perSecond, seconds, clients }: Load,
): Promise<Latencies> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients, scheduling: 'fifo' });
  const took: number[] = [];
  const underWay: Promise<unknown>[] = [];
  const began = performance.now();
  const total = perSecond * seconds;
  for (let sent = 0; sent < total; ) {
    const due = began + (sent * 1000) / perSecond;
    if (performance.now() < due) await nextTurn();
    else {
      sent += 1;
      underWay.push(ask(request, agent).then(() => took.push(performance.now() - due)));
    }
  }
  await Promise.all(underWay);
  agent.destroy();
  return { p50: quantile(took, 0.5), p99: quantile(took, 0.99), count: took.length };
}

/** A timer would be late by up to a millisecond, which is more than most answers take. */
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

async function ask({ url, headers, body }: Request, agent: Agent): Promise<void> {
  const text = body && JSON.stringify(body);
  const json = text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const call = open(
      url,
      { agent, method: text ? 'POST' : 'GET', headers: { ...headers, ...json } },
      resolve,
    );
    call.once('error', reject).end(text);
  });
  answer.resume();
  await new Promise((resolve, reject) => answer.once('end', resolve).once('error', reject));
  const status = answer.statusCode ?? 0;
  if (status < 200 || status > 299) throw new Error(`${url} answered ${status}`);
}
