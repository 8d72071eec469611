import { Problem } from './responses.ts';

/** Reads a body up to a size. @throws Problem (413) before it has read more */
export async function bytesOf(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length')) > limit) throw tooLarge(limit);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let position = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, position);
    position += chunk.length;
  }
  return bytes;
}

const tooLarge = (limit: number): Problem =>
  new Problem(413, 'payload_too_large', `Send a smaller body: it may have ${limit / 1024} KiB at most`);

/** @returns the fields of a JSON object. @throws Problem (400) */
export function objectOf(bytes: Uint8Array): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Not JSON: the same problem as JSON that is no object.
  }
  throw new Problem(400, 'invalid_request', 'Send a JSON object, in UTF-8');
}
