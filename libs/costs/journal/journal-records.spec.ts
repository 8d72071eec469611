import { describe, expect, it } from 'vitest';
import { decodeRecords, encodeRecord } from './journal-records.js';

const VALUES = [{ id: 1 }, { id: 2, name: 'Zoë' }, { id: 3 }];
const RECORDS = VALUES.map(encodeRecord);
const SEGMENT = Buffer.concat(RECORDS);

describe('the records of a segment', () => {
  it('are read as they were written', () => {
    expect(decodeRecords(SEGMENT)).toEqual({ values: VALUES, torn: 0 });
    expect(decodeRecords(Buffer.alloc(0))).toEqual({ values: [], torn: 0 });
  });

  it('are read up to one that is cut off, wherever that is', () => {
    const whole = SEGMENT.length - RECORDS[2]!.length;
    expect(decodeRecords(SEGMENT.subarray(0, whole))).toEqual({ values: VALUES.slice(0, 2), torn: 0 });
    for (let length = whole + 1; length < SEGMENT.length; length += 1)
      expect(decodeRecords(SEGMENT.subarray(0, length))).toEqual({ values: VALUES.slice(0, 2), torn: 1 });
  });

  it('are read without one that is damaged', () => {
    const damaged = Buffer.from(SEGMENT);
    damaged[RECORDS[0]!.length + 12]! ^= 1;
    expect(decodeRecords(damaged)).toEqual({ values: [VALUES[0], VALUES[2]], torn: 1 });
  });

  it.each([
    ['zeros', Buffer.alloc(4_096)],
    ['a length that nothing has', Buffer.from('ffffffff00000000', 'hex')],
  ])('end where %s begin', (_name, rest) => {
    expect(decodeRecords(Buffer.concat([SEGMENT, rest]))).toEqual({ values: VALUES, torn: 1 });
  });
});
