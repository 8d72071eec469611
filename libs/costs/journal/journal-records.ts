import { crc32 } from 'node:zlib';

/** Length and CRC-32 of what follows, both as unsigned 32-bit numbers. */
const PREFIX_BYTES = 8;

/** Encodes a value as one record: its length, its CRC-32 and its JSON. */
export function encodeRecord(value: unknown): Buffer {
  const json = JSON.stringify(value);
  const length = Buffer.byteLength(json);
  const record = Buffer.allocUnsafe(PREFIX_BYTES + length);
  record.write(json, PREFIX_BYTES);
  record.writeUInt32BE(length, 0);
  record.writeUInt32BE(crc32(record.subarray(PREFIX_BYTES)), 4);
  return record;
}

/**
 * Decodes the records of a segment. A damaged record is skipped; after one that is cut off nothing follows.
 * @returns the values, and how many records were damaged or cut off
 */
export function decodeRecords(segment: Buffer): { values: unknown[]; torn: number } {
  const values: unknown[] = [];
  let torn = 0;
  for (let at = 0; at < segment.length; ) {
    const end = endOfRecord(segment, at);
    if (end === undefined) return { values, torn: torn + 1 };
    const json = segment.subarray(at + PREFIX_BYTES, end);
    if (crc32(json) === segment.readUInt32BE(at + 4)) values.push(JSON.parse(json.toString()));
    else torn += 1;
    at = end;
  }
  return { values, torn };
}

/** @returns undefined: it is cut off, or zeros that a crash of the machine left */
function endOfRecord(segment: Buffer, at: number): number | undefined {
  if (segment.length - at < PREFIX_BYTES) return undefined;
  const length = segment.readUInt32BE(at);
  const end = at + PREFIX_BYTES + length;
  return length === 0 || end > segment.length ? undefined : end;
}
