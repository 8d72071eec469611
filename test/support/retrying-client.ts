import { setTimeout as delay } from 'node:timers/promises';

/** As much of an answer as decides whether to ask again. */
export interface Reply {
  status: number;
  text: string;
  /** In seconds; NaN when the answer has none. */
  retryAfter: number;
}

/** 503 and 429 ask the client to come back, 409 says that the same request is under way. */
export function isFinal({ status, text }: Reply): boolean {
  const inProgress = status === 409 && text.includes('"request_in_progress"');
  return status !== 503 && status !== 429 && !inProgress;
}

/**
 * Repeats a request until its answer is a final one, as docs/reliability.md asks of clients: also after a lost
 * connection, and never before the time of Retry-After is over. The request must have an Idempotency-Key.
 * @param send returns undefined when the connection was lost: the outcome is unknown then
 * @throws what `send` throws, which ends the repetition
 */
export async function untilFinal<R extends Reply>(
  send: (attempt: number) => Promise<R | undefined>,
): Promise<R> {
  for (let attempt = 0; ; attempt += 1) {
    const reply = await send(attempt);
    if (reply && isFinal(reply)) return reply;
    await delay((reply?.retryAfter || 0) * 1_000 + 20 + Math.random() * 80);
  }
}
