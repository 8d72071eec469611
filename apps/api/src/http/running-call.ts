import { Http2ServerResponse } from 'node:http2';
import type { FastifyReply } from 'fastify';
import type { Shutdown } from '#libs/platform/health/shutdown.service.js';
import { StoppingError } from './http.errors.js';

/** Aborts when the connection closes before the answer is out. */
export function whenGone({ raw }: FastifyReply): AbortController {
  const gone = new AbortController();
  const onClose = () => {
    if (isCut(raw)) gone.abort();
  };
  // The client may have left while the request was checked.
  if (isClosed(raw)) onClose();
  else raw.once('close', onClose);
  return gone;
}

type RawReply = FastifyReply['raw'] | Http2ServerResponse;
/** Returns true if the response is over, or its client gone: `close` will not follow. */
export const isClosed = (raw: RawReply): boolean =>
  raw instanceof Http2ServerResponse ? raw.stream.closed : raw.closed;
/** Node ends a stream of HTTP/2 that its client resets, so that its response counts as finished. */
const isCut = (raw: RawReply): boolean =>
  raw instanceof Http2ServerResponse ? raw.stream.aborted : !raw.writableFinished;

/** Runs a call of a model that ends early when its caller leaves or the process cannot wait. @throws StoppingError */
export async function untilCutOff<T>(
  { cut }: Shutdown,
  gone: AbortController,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = () => gone.abort();
  cut.addEventListener('abort', stop);
  if (cut.aborted) stop();
  try {
    return await run(gone.signal);
  } catch (error) {
    throw cut.aborted ? new StoppingError() : error;
  } finally {
    cut.removeEventListener('abort', stop);
  }
}
