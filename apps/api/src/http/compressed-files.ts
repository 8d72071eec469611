import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';

const compress = promisify(gzip);
/** The components and the documentation; the console's files are compressed when they are built. */
const FILES = /^\/(switch-ui|docs|docs-json|docs-yaml)(\/|$)/;
const MAX_CACHED = 50;

/** Sends files compressed where that is accepted, each compressed once. No other route has anything to do with it. */
export function compressFiles(fastify: FastifyInstance): void {
  const cached = new LRUCache<string, Buffer>({ max: MAX_CACHED });
  const compressed = async (key: string, content: Buffer): Promise<Buffer> => {
    const smaller = cached.get(key) ?? (await compress(content, { level: 9 }));
    cached.set(key, smaller);
    return smaller;
  };

  async function onSend(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
    if (request.method !== 'GET' || reply.statusCode !== 200) return payload;
    const content = await bytesOf(payload);
    if (content === undefined) return payload;
    const etag = tag(reply, content);
    if (request.headers['if-none-match'] === etag) {
      reply.code(304).removeHeader('content-length');
      return null;
    }
    if (!acceptsGzip(request.headers['accept-encoding'])) return content;
    reply.header('content-encoding', 'gzip').removeHeader('content-length');
    return compressed(`${request.routeOptions.url} ${etag}`, content);
  }

  fastify.addHook('onRoute', (route) => {
    if (!FILES.test(route.url)) return;
    route.onSend = [...[route.onSend ?? []].flat(), onSend];
  });
}

/** Weak: it stands for the content, however that is encoded. @returns the entity tag */
function tag(reply: FastifyReply, content: Buffer): string {
  const hash = () => `W/"${createHash('sha1').update(content).digest('base64url')}"`;
  const etag = String(reply.getHeader('etag') ?? hash());
  const others = reply.getHeader('vary');
  reply.header('etag', etag).header('vary', others ? `${others}, accept-encoding` : 'accept-encoding');
  return etag;
}

async function bytesOf(payload: unknown): Promise<Buffer | undefined> {
  if (typeof payload === 'string' || Buffer.isBuffer(payload)) return Buffer.from(payload);
  const isStream = typeof payload === 'object' && payload !== null && Symbol.asyncIterator in payload;
  return isStream ? buffer(payload as AsyncIterable<Buffer>) : undefined;
}

const acceptsGzip = (accepted = ''): boolean =>
  String(accepted)
    .split(',')
    .some((encoding) => /^\s*(gzip|\*)\s*(;(?!\s*q=0(\.0*)?\s*$).*)?$/i.test(encoding));
