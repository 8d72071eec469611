import { describe, expect, it } from 'vitest';
import { assertIfMatch, conversationTag, useCaseTag } from './switch-request.js';

const ETAG = conversationTag(7, 3, 'eu.amazon.nova-lite-v1:0');

describe('the entity tag', () => {
  it('of a conversation changes with its version, with its use case’s and with its model', () => {
    const changed = [
      conversationTag(8, 3, 'eu.amazon.nova-lite-v1:0'),
      conversationTag(7, 4, 'eu.amazon.nova-lite-v1:0'),
      conversationTag(7, 3, 'eu.amazon.nova-pro-v1:0'),
    ];
    expect(new Set([ETAG, ...changed]).size).toBe(4);
    for (const tag of [ETAG, ...changed, useCaseTag(3)]) expect(tag).toMatch(/^"[^"]+"$/);
  });
});

describe('If-Match', () => {
  it.each([
    ['is not sent', undefined],
    ['is *', '*'],
    ['is the tag', ETAG],
    ['is the version alone', '"7"'],
    ['lists the tag among others', `"1", ${ETAG} , "2"`],
  ])('lets a switch through where it %s', (_, ifMatch) => {
    expect(() => assertIfMatch(ifMatch, ETAG, 7)).not.toThrow();
  });

  it.each([
    ['is an older version', '"6"'],
    ['is a newer version', '"8"'],
    ['is a tag with another model', conversationTag(7, 3, 'eu.amazon.nova-pro-v1:0')],
    ['is weak, because that never matches', `W/${ETAG}`],
    ['has no quotes', '7'],
    ['is empty', ''],
  ])('is answered with 412 and the tag of now where it %s', (_, ifMatch) => {
    expect(() => assertIfMatch(ifMatch, ETAG, 7)).toThrow(
      expect.objectContaining({
        kind: 'precondition_failed',
        code: 'stale_version',
        extensions: { etag: ETAG },
      }),
    );
  });
});

describe('an entity tag', () => {
  it('of a conversation changes with its version, its use case and its model', () => {
    expect(conversationTag(3, 7, 'eu.sonnet')).toBe('"3-7-eu.sonnet"');
  });

  it('of a conversation without a switch is the same whatever answers', () => {
    expect(conversationTag(0, 7, 'eu.sonnet')).toBe('"0"');
  });

  it.each(['eu.sonnet–4', 'a,b', 'a"b', 'a%b', 'a b', 'ÿ', '😀'])(
    'of a model %s fits into a header',
    (id) => {
      const tag = conversationTag(3, 7, id);
      expect(() => new Headers({ etag: tag })).not.toThrow();
      expect(tag).toMatch(/^"[\x21\x23-\x2b\x2d-\x7e]+"$/);
      expect(tag).not.toBe(conversationTag(3, 7, encodeURIComponent(id)));
    },
  );

  it('of a use case is its version', () => {
    expect(useCaseTag(7)).toBe('"7"');
  });
});
