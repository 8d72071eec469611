import { describe, expect, it } from 'vitest';
import { conversationTag, useCaseTag } from './entity-tag.js';

describe('an entity tag', () => {
  it('of a conversation changes with its version, its use case and its model', () => {
    expect(conversationTag(3, 7, 'eu.sonnet')).toBe('"3-7-eu.sonnet"');
  });

  it('of a conversation without a switch is the same whatever answers', () => {
    expect(conversationTag(0, 7, 'eu.sonnet')).toBe('"0"');
  });

  it('of a use case is its version', () => {
    expect(useCaseTag(7)).toBe('"7"');
  });
});
