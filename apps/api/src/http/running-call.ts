import type { FastifyReply } from 'fastify';
import type { Shutdown } from '#libs/platform/health/shutdown.service.js';
import { StoppingError } from './http.errors.js';

/** Aborts when the connection closes before the answer is out. */
export function whenGone({ raw }: FastifyReply): AbortController {
  const gone = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort();
  });
  return gone;
}

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
