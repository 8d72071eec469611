import { describe, expect, it } from 'vitest';
import { conversationTag, useCaseTag } from './switch-request.js';

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
