import { setTimeout as sleep } from 'node:timers/promises';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { EXIT } from './cli-failure.js';
import { notificationLine, notificationView } from './notification-screens.js';
import { plain } from './output.js';
import { problemScreen } from './problem-screen.js';
import type { Place } from './question.js';
import type { ServiceAnswer } from './service-client.js';

const RETRY_MS = 3_000;
const MAY_PASS = new Set([429, 503]);

type Decoder = ReadableWritablePair<string, Uint8Array>;

interface Position {
  lastId?: string;
  retryMs: number;
}

/**
 * Writes what a stream says for as long as it may: one that ends or breaks is opened again where it was.
 * @returns the exit code, when the service refuses it
 * @throws CliFailure where nothing answered the first time
 */
export async function follow(path: string, place: Place): Promise<number> {
  const position: Position = { retryMs: RETRY_MS };
  let refusal = await readOnce(path, position, place);
  while (!refusal || MAY_PASS.has(refusal.status)) {
    await sleep(position.retryMs);
    // The service was reachable before, so a failure is temporary.
    refusal = await readOnce(path, position, place).catch(() => undefined);
  }
  return refused(refusal, place);
}

/** Reads until the stream ends or breaks. @returns undefined, or the refusal */
async function readOnce(path: string, position: Position, place: Place): Promise<ServiceAnswer | undefined> {
  const answer = await place.service.listen(path, position.lastId);
  if ('status' in answer) return answer;
  const events = answer.stream.pipeThrough(new TextDecoderStream() as Decoder).pipeThrough(
    new EventSourceParserStream({
      onRetry: (milliseconds) => {
        position.retryMs = milliseconds;
      },
    }),
  );
  try {
    for await (const { event, id, data } of events) {
      position.lastId = id ?? position.lastId;
      if (event === 'notification') show(data, place);
    }
  } catch {
    // The connection broke, or nothing was said for too long.
  }
  return undefined;
}

/** One that a newer service says otherwise is shown as it is. */
function show(data: string, { output, json }: Place): void {
  const understood = notificationView.safeParse(JSON.parse(data));
  output.out(json || !understood.success ? plain(data) : notificationLine(understood.data));
}

function refused(answer: ServiceAnswer, { output, page, json }: Place): number {
  if (json) output.out(answer.text);
  else output.err(problemScreen(answer, page));
  return EXIT.refused;
}
