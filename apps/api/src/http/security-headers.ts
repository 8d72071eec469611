import type { FastifyInstance } from 'fastify';
import { UrlTooLongError } from './http.errors.js';
import { sendProblem } from './problem-response.js';

const MAX_URL_LENGTH = 8 * 1024;
/** Headers of every response: OWASP's recommendations for an API that also serves pages. */
const HEADERS = {
  'cache-control': 'no-store',
  // The sources are those that the page at /docs needs. None of them is external.
  'content-security-policy':
    "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none';" +
    "script-src 'self';connect-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data:",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'SAMEORIGIN',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
};

/** Sets the security headers of every response, and refuses addresses that are too long. */
export function secureResponses(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, next) => {
    reply.headers(HEADERS).header('x-request-id', request.id);
    if (request.url.length > MAX_URL_LENGTH) sendProblem(request, reply, new UrlTooLongError(MAX_URL_LENGTH));
    else next();
  });
}
