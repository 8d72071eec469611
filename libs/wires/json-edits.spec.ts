import { assert, asyncProperty, dictionary, jsonValue, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Edit, withEdits, withMembers } from './json-edits.js';

const set = (json: string, members: Record<string, unknown>) =>
  withMembers(Buffer.from(json), members).toString('utf8');

describe('the members of an object', () => {
  it.each([
    ['{}', '{"a":1}'],
    [' { } ', '{"a":1}'],
    ['{ \t\r\n}', '{"a":1}'],
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

it('a document without changes is the same buffer', () => {
  const json = Buffer.from('{"a":1}');
  expect(withEdits(json, [])).toBe(json);
});

const edit = (json: string, ...edits: Edit[]) => withEdits(Buffer.from(json), edits).toString('utf8');

describe('a change of a document', () => {
  const DOCUMENT = '{ "a": [ {"b": 1.0}, {"b" :2, "c":"]"} ], "d": {"e": 12345678901234567890} }';

  it.each<[string, Edit[], string]>([
    [
      'sets a value deep in it',
      [{ path: ['a', 1, 'b'], value: 3 }],
      '{ "a":[ {"b": 1.0},{ "c":"]","b":3}], "d": {"e": 12345678901234567890} }',
    ],
    [
      'removes an element',
      [{ path: ['a', 0] }],
      '{ "a":[ {"b" :2, "c":"]"} ], "d": {"e": 12345678901234567890} }',
    ],
    [
      'removes all elements',
      [{ path: ['a', 1] }, { path: ['a', 0] }],
      '{ "a":[], "d": {"e": 12345678901234567890} }',
    ],
    ['makes what is on its way', [{ path: ['f', 'g'], value: 'x' }], ''],
    ['removes what is not there', [{ path: ['f', 'g'] }, { path: ['d', 'x'] }], ''],
    ['does nothing in a value without members', [{ path: ['d', 'e', 'f'], value: 1 }], ''],
  ])('%s', (_, edits, expected) => {
    const result = edit(DOCUMENT, ...edits);
    if (expected !== '') expect(result).toBe(expected);
    expect(result).toContain('12345678901234567890');
    expect(() => JSON.parse(result)).not.toThrow();
  });

  it('makes the members on the way to a value', () => {
    expect(edit('{"a":1}', { path: ['b', 'c'], value: 'x' })).toBe('{"a":1,"b":{"c":"x"}}');
  });

  it('applies to each member of a name', () => {
    expect(edit('{"a":{"b":1},"\\u0061":{"b":2,"c":3}}', { path: ['a', 'b'] })).toBe(
      '{"a":{},"\\u0061":{"c":3}}',
    );
  });
});
