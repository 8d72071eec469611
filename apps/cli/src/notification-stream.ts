import { setTimeout as sleep } from 'node:timers/promises';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { Answer } from './api-client.js';
import { listen } from './api-streams.js';
import { notificationLine, streamedNotification } from './notification-output.js';
import { stripControlChars } from './output.js';
import { type CliContext, showRefusal } from './run-command.js';

const RETRY_MS = 3_000;
const MAY_PASS = new Set([429, 503]);

type Decoder = ReadableWritablePair<string, Uint8Array>;

interface Position {
  lastId?: string;
  retryMs: number;
}

/**
 * Writes the events of a stream for as long as it may: one that ends or breaks is opened again at its last event.
 * @returns the exit code, when the service refuses it
 * @throws CliFailure where nothing answered the first time
 */
export async function followNotifications(user: string | undefined, context: CliContext): Promise<number> {
  const query = user === undefined ? '' : `?${new URLSearchParams({ userId: user })}`;
  const path = `/v1/notifications/stream${query}`;
  const position: Position = { retryMs: RETRY_MS };
  let refusal = await readOnce(path, position, context);
  while (!refusal || MAY_PASS.has(refusal.response.status)) {
    await sleep(position.retryMs);
    // The service was reachable before, so a failure is temporary.
    refusal = await readOnce(path, position, context).catch(() => undefined);
  }
  return showRefusal(refusal, context);
}

/** Reads until the stream ends or breaks. @returns undefined, or the refusal */
async function readOnce(
  path: string,
  position: Position,
  context: CliContext,
): Promise<Answer<never> | undefined> {
  const opened = await listen(context.client, path, position.lastId);
  if (!('stream' in opened)) return opened;
  const events = opened.stream.pipeThrough(new TextDecoderStream() as Decoder).pipeThrough(
    new EventSourceParserStream({
      onRetry: (milliseconds) => {
        position.retryMs = milliseconds;
      },
    }),
  );
  try {
    for await (const { event, id, data } of events) {
      position.lastId = id ?? position.lastId;
      if (event === 'notification') show(data, context);
    }
  } catch {
    // The connection broke, or nothing was said for too long.
  }
  return undefined;
}

/** One that a newer service writes otherwise is shown as it is. */
function show(data: string, { output, page, isData }: CliContext): void {
  const understood = streamedNotification.safeParse(JSON.parse(data));
  output.out(
    isData || !understood.success ? stripControlChars(data) : notificationLine(understood.data, page),
  );
}
