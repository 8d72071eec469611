import { crc32 } from 'node:zlib';

const STRING = 7;
const PRELUDE = 12;
const CHECKSUM = 4;

/** Returns a message of an event stream: `application/vnd.amazon.eventstream`, see smithy.io/2.0/aws/amazon-eventstream.html. */
export const messageOf = (headers: Record<string, string>, payload: Buffer): Buffer =>
  assembled(Buffer.concat(Object.entries(headers).map(([name, value]) => headerOf(name, value))), payload);

/** Returns a message with another payload. @param message a whole message */
export function withPayload(message: Buffer, change: (payload: Buffer) => Buffer): Buffer {
  const payloadAt = PRELUDE + message.readUInt32BE(4);
  const payload = change(message.subarray(payloadAt, message.length - CHECKSUM));
  return assembled(message.subarray(PRELUDE, payloadAt), payload);
}

function assembled(headers: Buffer, payload: Buffer): Buffer {
  const length = PRELUDE + headers.length + payload.length + CHECKSUM;
  const lengths = Buffer.concat([number(length), number(headers.length)]);
  const message = Buffer.concat([lengths, number(crc32(lengths)), headers, payload]);
  return Buffer.concat([message, number(crc32(message))]);
}

function headerOf(name: string, value: string): Buffer {
  const size = Buffer.alloc(2);
  size.writeUInt16BE(value.length);
  return Buffer.concat([
    Buffer.from([name.length]),
    Buffer.from(name),
    Buffer.from([STRING]),
    size,
    Buffer.from(value),
  ]);
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
