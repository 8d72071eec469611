import { assert, asyncProperty, dictionary, jsonValue, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withMembers } from './json-members.js';

const set = (json: string, members: Record<string, unknown>) =>
  withMembers(Buffer.from(json), members).toString('utf8');

describe('the members of an object', () => {
  it.each([
    ['{}', '{"a":1}'],
    [' { } ', '{"a":1}'],
    ['{"b": 1.0 , "c":12345678901234567890}', '{"b": 1.0 , "c":12345678901234567890,"a":1}'],
    ['{"a":[{"a":2},"}"],"b":{"a":3}}', '{"b":{"a":3},"a":1}'],
    ['{"b":"\\"a\\":\\\\","a":null}', '{"b":"\\"a\\":\\\\","a":1}'],
    ['{"a":1,"b":2,"a":3}', '{"b":2,"a":1}'],
    ['{"\\u0061":7,"b":"Käse 🧀"}', '{"b":"Käse 🧀","a":1}'],
  ])('of %s are replaced by name, and the others keep their bytes', (json, expected) => {
    expect(set(json, { a: 1 })).toBe(expected);
  });

  it('are removed by undefined', () => {
    expect(set('{"a":1,"b":2}', { a: undefined })).toBe('{"b":2}');
  });

  it('are those that a serializer would write, for any object', async () => {
    await assert(
      asyncProperty(dictionary(string(), jsonValue()), async (given) => {
        const json = JSON.stringify(given, null, 1);
        const expected = { ...JSON.parse(json), added: 'x' };
        expect(JSON.parse(set(json, { added: 'x' }))).toEqual(expected);
      }),
    );
  });
});
