/** Below this size, memory is not worth the detour. It is above what a socket buffers before it asks to wait. */
const LARGE_BYTES = 256 * 1024;

/** Number of sends under way that read the memory of a body. */
const sends = new WeakMap<ArrayBufferLike, number>();

/** Returns the bytes of pieces. Most messages are one piece, which is not copied. */
export const joined = (pieces: Buffer[]): Buffer =>
  pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);

/**
 * Returns a large body in a form that notices when the socket has written it, and any other as it is. Until then
 * `freeBody` leaves its memory alone: the kernel reads it.
 */
export function trackedBody(body: string | Uint8Array): string | Uint8Array | AsyncIterable<Uint8Array> {
  if (typeof body === 'string' || body.length < LARGE_BYTES) return body;
  count(body, 1);
  return untilWritten(body);
}

/** Undici asks for more when the socket has written everything, or is closed. A send that fails stays counted. */
async function* untilWritten(body: Uint8Array): AsyncIterable<Uint8Array> {
  yield body;
  count(body, -1);
}

const count = ({ buffer }: Uint8Array, step: number) => sends.set(buffer, (sends.get(buffer) ?? 0) + step);

/**
 * Frees the memory of a body that nobody reads any more; its length is 0 then. Memory outside the heap makes V8 collect
 * the whole heap every 64 MB, which takes several times as long as all other work on such a body. On Node 20, which cannot
 * do it, and while the body is being sent, this is left to the garbage collector.
 */
export function freeBody(body: Uint8Array): void {
  if (body.length < LARGE_BYTES || sends.get(body.buffer)) return;
  freeWhole(body);
}

/** Frees the pieces in which a large body arrived, after they have been joined. */
export function freePieces(pieces: Uint8Array[]): void {
  const total = pieces.reduce((sum, { length }) => sum + length, 0);
  if (total >= LARGE_BYTES) pieces.forEach(freeWhole);
}

/** A part of a buffer stays: others may hold the rest. */
function freeWhole({ buffer, byteLength }: Uint8Array): void {
  if (byteLength === buffer.byteLength) (buffer as TransferableBuffer).transfer?.(0);
}

/** Node 22 has it. */
type TransferableBuffer = ArrayBufferLike & { transfer?: (length: number) => ArrayBuffer };
