import type { FastifyRequest } from 'fastify';
import { ForbiddenError } from '#libs/platform/errors/errors.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Who made a browser send this: a page of ours, of somebody else, or (undefined) no browser that says so. */
function isFromOwnPage({ headers, host }: FastifyRequest): boolean | undefined {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return headers.origin === undefined ? undefined : headers.origin.replace(/^https?:\/\//, '') === host;
}

/** Returns whether a page of ours asks, and over TLS: as a proxy that is trusted says, or the origin of the page. */
export const isOverTls = ({ protocol, host, headers }: FastifyRequest): boolean =>
  protocol === 'https' || headers.origin === `https://${host}`;

/** A cookie comes along by itself: a write with it counts only from a page of ours. @throws ForbiddenError */
export function requireSameOrigin(request: FastifyRequest): void {
  if (!SAFE.has(request.method) && !isFromOwnPage(request)) throw new CrossOriginError();
}

/** @throws ForbiddenError where a page of somebody else signs people in or out */
export function refuseOtherPages(request: FastifyRequest): void {
  if (isFromOwnPage(request) === false) throw new CrossOriginError();
}

class CrossOriginError extends ForbiddenError {
  constructor() {
    super('With a session only pages of this service may change anything: use a service key instead');
  }
}
