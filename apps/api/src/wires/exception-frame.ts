import { crc32 } from 'node:zlib';

const STRING = 7;

/**
 * Returns an exception of an event stream, such as `modelStreamErrorException`. Format: `application/vnd.amazon.eventstream`,
 * see smithy.io/2.0/aws/amazon-eventstream.html.
 */
export function exceptionFrame(type: string, body: object): Buffer {
  const headers = Buffer.concat(
    Object.entries({
      ':exception-type': type,
      ':content-type': 'application/json',
      ':message-type': 'exception',
    }).map(([name, value]) => headerOf(name, value)),
  );
  const payload = Buffer.from(JSON.stringify(body));
  const lengths = Buffer.concat([number(16 + headers.length + payload.length), number(headers.length)]);
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
