import { type Readable, Transform } from 'node:stream';
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  onRequestAsyncHookHandler,
  preParsingHookHandler,
} from 'fastify';
import type { Env } from '#libs/platform/config/env.js';
import { freePieces } from '#libs/platform/http/body-memory.js';
import type { BodyBytes, WireBytes } from '#libs/wires/wire-bytes.service.js';
import type { AuthGuard, Session } from '../http/auth.guard.js';
import { BodyTooLargeError } from '../http/http.errors.js';
import { isClosed } from '../http/running-call.js';

/** Maximum for access tokens: an app of people sends no such documents as a service does. */
const USER_BODY_LIMIT = 5_000_000;

/** Decides by the headers of a request on a wire whether its large body is read. */
export class WireBodies {
  constructor(
    private readonly guard: Pick<AuthGuard, 'admit'>,
    private readonly bytes: WireBytes,
    private readonly env: Pick<Env, 'WIRE_BODY_LIMIT'>,
  ) {}

  /** @param url template of the route */
  protect(fastify: FastifyInstance, url: string): void {
    fastify.addHook('onRoute', (route) => {
      if (route.url !== url) return;
      route.onRequest = [this.authenticate, route.onRequest ?? []].flat();
      route.preParsing = [this.limit, route.preParsing ?? []].flat();
    });
  }

  private readonly authenticate: onRequestAsyncHookHandler = async (request) => {
    await this.guard.admit(request);
  };

  private readonly limit: preParsingHookHandler = (request, { raw }, body: Readable, next) => {
    const limit = this.limitOf(request);
    const { 'content-length': length } = request.headers;
    if (Number(length ?? 0) > limit) return next(new BodyTooLargeError(limit));
    let taken: BodyBytes;
    try {
      taken = this.bytes.take(Number(length ?? 0));
    } catch (error) {
      return next(error as Error);
    }
    raw.once('finish', taken.release).once('close', taken.release);
    // The client may have left while its key was looked up.
    if (isClosed(raw)) taken.release();
    const read = length === undefined ? countedBody(body, limit, taken) : body;
    // Over HTTP/2 pieces of several streams share memory.
    if (request.raw.httpVersionMajor === 1) freeWhenJoined(read, raw);
    next(null, read);
  };

  private limitOf(request: FastifyRequest): number {
    const { principal } = request as FastifyRequest & Session;
    const { WIRE_BODY_LIMIT } = this.env;
    return principal.kind === 'user' ? Math.min(USER_BODY_LIMIT, WIRE_BODY_LIMIT) : WIRE_BODY_LIMIT;
  }
}

/** Frees the pieces of a body. Fastify joins them as the last one of the listeners of its end. */
function freeWhenJoined(body: Readable, response: FastifyReply['raw']): void {
  const pieces: Buffer[] = [];
  const collect = (piece: Buffer) => void pieces.push(piece);
  body.on('data', collect).once('end', () => setImmediate(freePieces, pieces));
  // The rest of a body that is refused is read, and must not be kept.
  response.once('finish', () => {
    body.off('data', collect);
    pieces.length = 0;
  });
}

/** Returns a body of unknown length that is counted while it arrives, and fails when it exceeds a limit. */
function countedBody(body: Readable, limit: number, taken: BodyBytes): Readable {
  let received = 0;
  const count = (bytes: number) => {
    received += bytes;
    if (received > limit) throw new BodyTooLargeError(limit);
    taken.add(bytes);
  };
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        count(chunk.length);
        done(null, chunk);
      } catch (error) {
        done(error as Error);
      }
    },
  });
  // A pipeline would end the connection with the first failure, and the client would get no response.
  body.once('error', (error) => counted.destroy(error));
  body.pipe(counted);
  // The rest of a refused body must be read, or its connection would hang. REQUEST_TIMEOUT_MS ends it.
  counted.once('close', () => void body.resume());
  return counted;
}
