import { describe, expect, it } from 'vitest';
import { readBody } from './read-body.js';

const read = (body: unknown) => readBody(Buffer.from(JSON.stringify(body)));
const long = 'Ä"\\'.repeat(30_000);

describe('the body of a request', () => {
  it('is parsed whole where it is small', () => {
    const body = { messages: [{ content: [{ text: 'x'.repeat(5_000) }] }] };
    expect(read(body)).toEqual({ json: body, cutCharacters: 0 });
  });

  it('has everything but long strings where it is large', () => {
    const image = { image: { format: 'png', source: { bytes: 'A'.repeat(100_000) } } };
    const { json } = read({ messages: [{ content: [{ text: 'See "this"' }, image] }], a: [1, null, '}'] });
    const cut = { image: { format: 'png', source: { bytes: '' } } };
    expect(json).toEqual({ messages: [{ content: [{ text: 'See "this"' }, cut] }], a: [1, null, '}'] });
  });

  it('counts the characters of long texts, and not those of media', () => {
    expect(read({ bytes: 'A'.repeat(100_000), data: 'B'.repeat(2_000) }).cutCharacters).toBe(0);
    // As they are written: two bytes of the letter, and a backslash before each of the others.
    expect(read({ text: long }).cutCharacters).toBe(180_000);
    expect(read({ text: long }).json).toEqual({ text: '' });
  });

  it.each([
    ['empty', ''],
    ['no JSON', '{"a":'],
    ['an array', '[]'],
    ['null', 'null'],
    ['a string', '"a"'],
    ['large, with a string that does not end', `{"a":"${'x'.repeat(100_000)}`],
    ['large, with an escape at its end', `{"a":"${'x'.repeat(100_000)}\\"`],
    ['large, of quotes', '"'.repeat(100_001)],
  ])('is refused where it is %s', (_, body) => {
    expect(() => readBody(Buffer.from(body))).toThrow(/body: must be a JSON object/);
  });
});
