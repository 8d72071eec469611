import { describe, expect, it } from 'vitest';
import { type KeyDefaults, NO_SETTINGS } from '#libs/platform/auth/key-settings.js';
import { identityOf } from './wire-identity.js';

const { defaults } = NO_SETTINGS;
const SILENT = { mayFallBack: false, echo: false };

describe('whom a call is for', () => {
  it('is nobody where nothing is said', () => {
    expect(identityOf({}, {}, defaults)).toEqual(SILENT);
    expect(identityOf({}, { requestMetadata: null }, defaults)).toEqual(SILENT);
  });

  it('is in the headers, else in the metadata with the prefix, else without', () => {
    const requestMetadata = {
      ...{ conversationId: 'c-3', userId: 'u-3', useCase: 'health' },
      ...{ 'orchestrator.conversationId': 'c-2', 'orchestrator.userId': 'u-2' },
    };
    const headers = { 'x-conversation-id': 'c-1', 'x-orchestrator-fallback': 'same-use-case' };
    expect(identityOf(headers, { requestMetadata }, defaults)).toEqual({
      ...{ conversationId: 'c-1', userId: 'u-2', useCase: 'health', mayFallBack: true, echo: false },
    });
  });

  it.each<[KeyDefaults['fallback'], KeyDefaults['echo'], object, object]>([
    ['none', 'none', { 'x-orchestrator-echo': 'body' }, { mayFallBack: false, echo: true }],
    ['same-use-case', 'body', {}, { mayFallBack: true, echo: true }],
    ['same-use-case', 'body', { 'x-orchestrator-fallback': 'none' }, { mayFallBack: false, echo: true }],
    ['same-use-case', 'body', { 'x-orchestrator-echo': 'none' }, { mayFallBack: true, echo: false }],
  ])(
    'has a key for fallback %s and echo %s, and headers before it: %j',
    (fallback, echo, headers, expected) => {
      expect(identityOf({ ...headers }, {}, { fallback, echo })).toEqual(expected);
    },
  );

  it('ignores metadata that Bedrock refuses itself', () => {
    expect(identityOf({}, { requestMetadata: { userId: 5 } }, defaults)).toEqual(SILENT);
  });

  it.each([
    ['userId', { 'x-user-id': 'x'.repeat(129) }],
    ['useCase', { 'x-use-case': '' }],
    ['conversationId', { 'x-conversation-id': 'a\u0001' }],
    ['fallback', { 'x-orchestrator-fallback': 'any' }],
    ['echo', { 'x-orchestrator-echo': 'header' }],
  ])('names %s where it cannot be used', (field, headers) => {
    expect(() => identityOf(headers, {}, defaults)).toThrow(`${field}: must`.slice(0, field.length + 1));
  });
});
