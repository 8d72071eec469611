import { type Readable, Transform } from 'node:stream';
import type {
  FastifyInstance,
  FastifyRequest,
  onRequestAsyncHookHandler,
  preParsingHookHandler,
} from 'fastify';
import type { Env } from '#libs/platform/config/env.js';
import type { AuthGuard, Session } from '../http/auth.guard.js';
import { BodyTooLargeError } from '../http/http.errors.js';

/** Maximum for access tokens: an app of people sends no such documents as a service does. */
const USER_BODY_LIMIT = 5_000_000;

/** Decides by the headers of a request on a wire whether its large body is read. */
export class WireBodies {
  constructor(
    private readonly guard: Pick<AuthGuard, 'admit'>,
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

  private readonly limit: preParsingHookHandler = (request, _reply, body: Readable, next) => {
    const limit = this.limitOf(request);
    const { 'content-length': length } = request.headers;
    if (length === undefined) next(null, countedBody(body, limit));
    else next(Number(length) > limit ? new BodyTooLargeError(limit) : null, body);
  };

  private limitOf(request: FastifyRequest): number {
    const { principal } = request as FastifyRequest & Session;
    const { WIRE_BODY_LIMIT } = this.env;
    return principal.kind === 'user' ? Math.min(USER_BODY_LIMIT, WIRE_BODY_LIMIT) : WIRE_BODY_LIMIT;
  }
}

/** Returns a body of unknown length that fails when it exceeds the limit. */
function countedBody(body: Readable, limit: number): Readable {
  let received = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length;
      if (received > limit) done(new BodyTooLargeError(limit));
      else done(null, chunk);
    },
  });
  // A pipeline would end the connection with the first failure, and the client would get no response.
  body.once('error', (error) => counted.destroy(error));
  return body.pipe(counted);
}
