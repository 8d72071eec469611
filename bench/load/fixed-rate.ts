import { Agent, type IncomingMessage, request as open } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { quantile } from '../measure.js';
import { eachBody, type Request } from './closed-loop.js';

export interface Latencies {
  p50: number;
  p99: number;
  /** Requests that were answered. */
  count: number;
}

interface Pace {
  perSecond: number;
  seconds: number;
  /** Between two: then one begins up to a millisecond late, and others on its core have their turn meanwhile. */
  sleeps?: boolean;
}

interface Load extends Pace {
  /** Connections at most. */
  clients: number;
}

/** `latenciesOf` over HTTP. @throws unless every answer is a 2xx */
export async function latenciesAt(request: Request, { clients, ...pace }: Load): Promise<Latencies> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients, scheduling: 'fifo' });
  const nextBody = eachBody(request, (text) => text);
  const one = () => ask(request, nextBody(), agent);
  // Clients keep their connections: opening them is not part of an answer.
  await Promise.all(Array.from({ length: clients }, one));
  const latencies = await latenciesOf(one, pace);
  agent.destroy();
  return latencies;
}

/**
 * Milliseconds under a load that continues at its rate whether answers come or not, counted from when a request was due:
 * a server that stalls is charged for everyone who would have asked meanwhile. autocannon sends what is due in a second at
 * its beginning.
 */
export async function latenciesOf(asked: () => Promise<unknown>, pace: Pace): Promise<Latencies> {
  const took: number[] = [];
  await paced(pace, (due) => asked().then(() => took.push(performance.now() - due)));
  return { p50: quantile(took, 0.5), p99: quantile(took, 0.99), count: took.length };
}

/**
 * Begins each when it is due, whether those before have ended or not. Resolves when all have ended.
 */
export async function paced(
  { perSecond, seconds, sleeps = false }: Pace,
  begin: (due: number) => Promise<unknown>,
): Promise<void> {
  const pause = sleeps ? () => delay(1) : nextTurn;
  const underWay: Promise<unknown>[] = [];
  const began = performance.now();
  const total = perSecond * seconds;
  for (let sent = 0; sent < total; ) {
    const due = began + (sent * 1000) / perSecond;
    if (performance.now() < due) await pause();
    else {
      underWay.push(begin(due));
      sent += 1;
    }
  }
  await Promise.all(underWay);
}

/** A timer would be late by up to a millisecond, which is more than most answers take. */
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

async function ask({ url, headers }: Request, text: string | undefined, agent: Agent): Promise<void> {
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
