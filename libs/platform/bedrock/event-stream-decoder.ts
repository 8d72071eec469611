import { crc32 } from 'node:zlib';

/** One message of an event stream. */
export interface Frame {
  /** `event`; `exception` of the service; `error` of what is between. */
  kind: string;
  /** Name of the event or the exception, e.g. `contentBlockDelta`, `throttlingException`. */
  name: string;
  /** JSON, or the message of an error. */
  payload: string;
  /** The whole message as it arrived. */
  bytes: Buffer;
}

/** Lengths of the whole and of its headers, and their checksum. */
const PRELUDE = 12;
const CHECKSUM = 4;
const STRING = 7;
/** Bytes of the values of header types that have a fixed length; no event has one. */
const FIXED: Record<number, number> = { 0: 0, 1: 0, 2: 1, 3: 2, 4: 4, 5: 8, 8: 8, 9: 16 };

/** Cuts what arrives into messages: `application/vnd.amazon.eventstream`, see smithy.io/2.0/aws/amazon-eventstream.html. */
export class EventStreamDecoder {
  private rest: Buffer | undefined;

  /** @returns the messages that are whole now. @throws Error when one is damaged */
  *read(chunk: Buffer): Generator<Frame, void> {
    const bytes = this.rest ? Buffer.concat([this.rest, chunk]) : chunk;
    let at = 0;
    for (let size = sizeAt(bytes, at); size !== undefined; size = sizeAt(bytes, at)) {
      yield frameOf(bytes.subarray(at, at + size));
      at += size;
    }
    this.rest = at < bytes.length ? bytes.subarray(at) : undefined;
  }
}

/** Undefined: the prelude is incomplete. */
function sizeAt(bytes: Buffer, at: number): number | undefined {
  if (bytes.length - at < PRELUDE) return undefined;
  // Looked at before the rest is waited for: a damaged length would be waited for without end.
  if (crc32(bytes.subarray(at, at + PRELUDE - CHECKSUM)) !== bytes.readUInt32BE(at + PRELUDE - CHECKSUM))
    throw new Error('The checksum of a message’s lengths is wrong.');
  const size = bytes.readUInt32BE(at);
  return bytes.length - at < size ? undefined : size;
}

function frameOf(message: Buffer): Frame {
  const end = message.length - CHECKSUM;
  if (crc32(message.subarray(0, end)) !== message.readUInt32BE(end))
    throw new Error('The checksum of a message is wrong.');
  const body = PRELUDE + message.readUInt32BE(4);
  const { kind, name, said } = headOf(message.subarray(PRELUDE, body));
  return { kind, name, payload: said ?? message.toString('utf8', body, end), bytes: message };
}

/** The headers of a message, as far as we read them. */
interface Head {
  kind: string;
  name: string;
  /** An error has no body. */
  said?: string;
}

/** Those of events, by their bytes: there are as many as there are kinds of events. */
const KNOWN_HEADS = new Map<string, Head>();
const MAX_CACHED_HEADS = 100;

function headOf(bytes: Buffer): Head {
  const key = bytes.toString('latin1');
  const known = KNOWN_HEADS.get(key);
  if (known) return known;
  const headers = headersOf(bytes);
  const kind = headers[':message-type'] ?? '';
  if (kind === 'error')
    return { kind, name: headers[':error-code'] ?? '', said: headers[':error-message'] ?? '' };
  const head = { kind, name: headers[`:${kind}-type`] ?? '' };
  if (kind === 'event' && KNOWN_HEADS.size < MAX_CACHED_HEADS) KNOWN_HEADS.set(key, head);
  return head;
}

function headersOf(bytes: Buffer): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let at = 0; at < bytes.length; ) {
    const nameEnd = at + 1 + bytes[at]!;
    const type = bytes[nameEnd]!;
    const fixed = FIXED[type];
    const valueAt = fixed === undefined ? nameEnd + 3 : nameEnd + 1;
    const valueEnd = valueAt + (fixed ?? bytes.readUInt16BE(nameEnd + 1));
    if (type === STRING)
      headers[bytes.toString('latin1', at + 1, nameEnd)] = bytes.toString('utf8', valueAt, valueEnd);
    at = valueEnd;
  }
  return headers;
}
