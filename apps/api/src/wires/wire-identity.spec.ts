import { describe, expect, it } from 'vitest';
import { identityOf } from './wire-identity.js';

describe('whom a call is for', () => {
  it('is nobody where nothing is said', () => {
    expect(identityOf({}, {})).toEqual({ mayFallBack: false });
    expect(identityOf({}, { requestMetadata: null })).toEqual({ mayFallBack: false });
  });

  it('is in the headers, else in the metadata with the prefix, else without', () => {
    const requestMetadata = {
      ...{ conversationId: 'c-3', userId: 'u-3', useCase: 'health' },
      ...{ 'orchestrator.conversationId': 'c-2', 'orchestrator.userId': 'u-2' },
    };
    const headers = { 'x-conversation-id': 'c-1', 'x-orchestrator-fallback': 'same-use-case' };
    expect(identityOf(headers, { requestMetadata })).toEqual({
      ...{ conversationId: 'c-1', userId: 'u-2', useCase: 'health', mayFallBack: true },
    });
  });

  it('ignores metadata that Bedrock refuses itself', () => {
    expect(identityOf({}, { requestMetadata: { userId: 5 } })).toEqual({ mayFallBack: false });
  });

  it.each([
    ['userId', { 'x-user-id': 'x'.repeat(129) }],
    ['useCase', { 'x-use-case': '' }],
    ['conversationId', { 'x-conversation-id': 'a\u0001' }],
    ['fallback', { 'x-orchestrator-fallback': 'any' }],
  ])('names %s where it cannot be used', (field, headers) => {
    expect(() => identityOf(headers, {})).toThrow(`${field}: must`.slice(0, field.length + 1));
  });
});
