import type { RunningCall } from './call-log.js';
import { damagedFrame, eventFrame, exceptionFrame, type StreamEvent, typeOf } from './event-frames.js';
import type { FaultEffect } from './fault-registry.js';
import type { AttemptFault } from './faults.js';
import type { RequestContext } from './request-context.js';

export interface StreamPlan {
  events: Iterable<StreamEvent>;
  effect: FaultEffect;
  headers: Record<string, string>;
  /** Milliseconds between events. */
  paceMs: number;
}

/** Types of the events that may begin the content: text, reasoning or the use of a tool. */
const CONTENT = new Set([
  'contentBlockStart',
  'contentBlockDelta',
  'content_block_delta',
  'choices',
  'outputs',
]);

/** Sends a stream as far as its attemptFault allows, and records how it ended. @throws ClientGone */
export async function sendStream(
  exchange: RequestContext,
  call: RunningCall,
  plan: StreamPlan,
): Promise<string> {
  const { attemptFault, firstTokenMs } = plan.effect;
  exchange.beginStream({ 'content-type': 'application/vnd.amazon.eventstream', ...plan.headers });
  const progress: Progress = { sent: 0, last: undefined };
  let hasContent = false;
  for (const event of plan.events) {
    const ended = await meetFate(exchange, attemptFault, progress);
    if (ended) return ended;
    const beginsContent: boolean = !hasContent && CONTENT.has(typeOf(event));
    hasContent ||= beginsContent;
    await exchange.wait(beginsContent ? firstTokenMs : plan.paceMs);
    await exchange.write(eventFrame(event));
    call.sentEvent(beginsContent);
    progress.sent += 1;
    progress.last = typeOf(event);
  }
  const ended = await meetFate(exchange, attemptFault, progress);
  if (ended) return ended;
  exchange.end();
  return 'ok';
}

/** Events of a stream that are sent: how many, and the type of the last one. */
interface Progress {
  sent: number;
  last: string | undefined;
}

const ENDINGS = { truncate: 'truncated', malformed: 'malformed' };

/** Applies the attemptFault that is due after these events; undefined: there is none. */
async function meetFate(
  exchange: RequestContext,
  attemptFault: AttemptFault | undefined,
  { sent, last }: Progress,
): Promise<string | undefined> {
  if (!attemptFault || !('afterEvents' in attemptFault)) return undefined;
  if (attemptFault.afterEvents !== sent && attemptFault.afterEvents !== last) return undefined;
  if (attemptFault.kind === 'stall') return exchange.waitForLeaving();
  if (attemptFault.kind === 'cut') {
    await exchange.cut();
    return 'cut';
  }
  if (attemptFault.kind === 'exception')
    await exchange.write(
      exceptionFrame(attemptFault.name, attemptFault.message ?? `${attemptFault.name} was asked for.`),
    );
  if (attemptFault.kind === 'malformed') await exchange.write(damagedFrame());
  exchange.end();
  return attemptFault.kind === 'exception' ? attemptFault.name : ENDINGS[attemptFault.kind];
}
