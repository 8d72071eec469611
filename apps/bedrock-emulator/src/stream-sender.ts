import type { RunningCall } from './call-log.js';
import { damagedFrame, eventFrame, exceptionFrame, type StreamEvent } from './event-frames.js';
import type { FaultEffect } from './fault-registry.js';
import type { Fate } from './faults.js';
import type { RequestContext } from './request-context.js';

export interface StreamPlan {
  events: Iterable<StreamEvent>;
  disturbance: FaultEffect;
  headers: Record<string, string>;
  /** Milliseconds between events. */
  paceMs: number;
}

/** Sends a stream as far as its fate allows, and records how it ended. @throws ClientGone */
export async function sendStream(
  exchange: RequestContext,
  call: RunningCall,
  plan: StreamPlan,
): Promise<string> {
  const { fate, firstTokenMs } = plan.disturbance;
  exchange.beginStream({ 'content-type': 'application/vnd.amazon.eventstream', ...plan.headers });
  let sent = 0;
  for (const event of plan.events) {
    const ended = await meetFate(exchange, fate, sent);
    if (ended) return ended;
    await exchange.wait(event.beginsText ? firstTokenMs : plan.paceMs);
    await exchange.write(eventFrame(event));
    call.sentEvent(event.beginsText === true);
    sent += 1;
  }
  exchange.end();
  return 'ok';
}

const ENDINGS = { truncate: 'truncated', malformed: 'malformed' };

/** Applies the fate of the stream after `sent` events; undefined: there is none. */
async function meetFate(
  exchange: RequestContext,
  fate: Fate | undefined,
  sent: number,
): Promise<string | undefined> {
  if (!fate || !('afterEvents' in fate) || fate.afterEvents !== sent) return undefined;
  if (fate.kind === 'stall') return exchange.waitForLeaving();
  if (fate.kind === 'cut') {
    await exchange.cut();
    return 'cut';
  }
  if (fate.kind === 'exception')
    await exchange.write(exceptionFrame(fate.name, fate.message ?? `${fate.name} was asked for.`));
  if (fate.kind === 'malformed') await exchange.write(damagedFrame());
  exchange.end();
  return fate.kind === 'exception' ? fate.name : ENDINGS[fate.kind];
}
