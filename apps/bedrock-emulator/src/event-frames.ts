import { EventStreamCodec } from '@smithy/eventstream-codec';

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString('utf8'),
  (text) => Buffer.from(text, 'utf8'),
);

/** One event of a stream: its type and what it carries. */
export interface StreamEvent {
  type: string;
  payload: unknown;
  /** Type in the model's own protocol, of an event that Bedrock wraps into a chunk. */
  innerType?: string;
}

export const typeOf = ({ type, innerType }: StreamEvent): string => innerType ?? type;

/** InvokeModel wraps each event of the model's own protocol into a chunk of base64. */
export const chunk = (innerType: string, event: unknown): StreamEvent => ({
  type: 'chunk',
  payload: { bytes: Buffer.from(JSON.stringify(event), 'utf8').toString('base64') },
  innerType,
});

const text = (value: string) => ({ type: 'string' as const, value });
const frame = (headers: Record<string, string>, payload: unknown): Uint8Array =>
  codec.encode({
    headers: Object.fromEntries(
      Object.entries({ ...headers, ':content-type': 'application/json' }).map(([key, value]) => [
        key,
        text(value),
      ]),
    ),
    body: Buffer.from(JSON.stringify(payload), 'utf8'),
  });

export const eventFrame = ({ type, payload }: StreamEvent): Uint8Array =>
  frame({ ':message-type': 'event', ':event-type': type }, payload);

/** Bedrock writes exception types in camelCase, whatever the SDK calls the class. */
export const exceptionFrame = (name: string, message: string): Uint8Array =>
  frame(
    { ':message-type': 'exception', ':exception-type': name.charAt(0).toLowerCase() + name.slice(1) },
    { message },
  );

/** Returns a frame with a wrong checksum. */
export function damagedFrame(): Uint8Array {
  const bytes = eventFrame({ type: 'contentBlockDelta', payload: {} });
  bytes[bytes.length - 1]! ^= 0xff;
  return bytes;
}

/** For tests of the emulator itself: what a client finds in a whole stream. */
export function decodeFrames(bytes: Uint8Array): { headers: Record<string, unknown>; payload: unknown }[] {
  const frames = [];
  const buffer = Buffer.from(bytes);
  for (let at = 0; at < buffer.length; at += buffer.readUInt32BE(at)) {
    const message = codec.decode(buffer.subarray(at, at + buffer.readUInt32BE(at)));
    const headers = Object.fromEntries(
      Object.entries(message.headers).map(([key, header]) => [key, header.value]),
    );
    frames.push({ headers, payload: JSON.parse(Buffer.from(message.body).toString('utf8')) });
  }
  return frames;
}
