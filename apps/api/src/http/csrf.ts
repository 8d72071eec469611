import type { FastifyRequest } from 'fastify';
import { ForbiddenError } from '#libs/platform/errors/errors.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Returns whether one of our pages made the browser send this; undefined: the headers do not say. */
function isFromOwnPage({ headers, host }: FastifyRequest): boolean | undefined {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return headers.origin === undefined ? undefined : headers.origin.replace(/^https?:\/\//, '') === host;
}

/** Returns whether one of our pages sent this over TLS, by a trusted proxy's header or the origin of the page. */
export const isOverTls = ({ protocol, host, headers }: FastifyRequest): boolean =>
  protocol === 'https' || headers.origin === `https://${host}`;

/**
 * Refuses writes by cookie from pages that are not ours, because browsers send cookies by themselves. @throws
 * ForbiddenError
 */
export function requireSameOrigin(request: FastifyRequest): void {
  if (!SAFE.has(request.method) && !isFromOwnPage(request)) throw new CrossOriginError();
}

/** Refuses to sign people in or out from pages that are not ours. @throws ForbiddenError */
export function refuseOtherPages(request: FastifyRequest): void {
  if (isFromOwnPage(request) === false) throw new CrossOriginError();
}

class CrossOriginError extends ForbiddenError {
  constructor() {
    super('With a session, only pages of this service may send changes: use a service key instead');
  }
}
