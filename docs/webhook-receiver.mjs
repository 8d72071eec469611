import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

/** Maximum age of a message in seconds, so that nobody can record one and send it again tomorrow. */
const TOLERANCE = 300;
const LARGEST = 1_048_576;

/**
 * @param secret as it was shown when the webhook was made (`whsec_…`)
 * @param body exactly as it came, before it is parsed
 */
export function isGenuine(secret, headers, body) {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures = '' } = headers;
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) < TOLERANCE)) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  return signatures.split(' ').some((signature) => {
    const given = Buffer.from(signature.replace(/^v1,/, ''), 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

async function textOf(request) {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) {
    body += chunk;
    if (body.length > LARGEST) return null;
  }
  return body;
}

/** @param push is called once for each message; what it throws makes the message come again */
export function createReceiver(secret, push) {
  // A database in earnest: a message that comes twice has the same id.
  const seen = new Set();
  return createServer(async (request, response) => {
    const body = await textOf(request);
    const id = request.headers['webhook-id'];
    if (body === null || !isGenuine(secret, request.headers, body)) return response.writeHead(401).end();
    try {
      if (!seen.has(id)) await push(JSON.parse(body));
      seen.add(id);
      response.writeHead(204).end();
    } catch {
      response.writeHead(500).end();
    }
  });
}
