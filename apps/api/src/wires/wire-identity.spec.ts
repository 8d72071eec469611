import { describe, expect, it } from 'vitest';
import { type KeyDefaults, NO_SETTINGS } from '#libs/platform/auth/key-settings.js';
import { carriedByConverse, carriedByOpenAi, identityOf } from './wire-identity.js';

const { defaults } = NO_SETTINGS;
const SILENT = { mayFallBack: false, echo: false };

describe('whom a call is for', () => {
  it('is nobody where nothing is said', () => {
    expect(identityOf({}, {}, defaults)).toEqual(SILENT);
    expect(identityOf({}, carriedByConverse({ requestMetadata: null }), defaults)).toEqual(SILENT);
  });

  it('is in the headers, else in the metadata with the prefix, else without', () => {
    const requestMetadata = {
      ...{ conversationId: 'c-3', userId: 'u-3', useCase: 'health' },
      ...{ 'orchestrator.conversationId': 'c-2', 'orchestrator.userId': 'u-2' },
    };
    const headers = { 'x-conversation-id': 'c-1', 'x-orchestrator-fallback': 'same-use-case' };
    expect(identityOf(headers, carriedByConverse({ requestMetadata }), defaults)).toEqual({
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
    expect(identityOf({}, carriedByConverse({ requestMetadata: { userId: 5 } }), defaults)).toEqual(SILENT);
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

describe('whom a request of OpenAI is for', () => {
  const carried = (members: object) => carriedByOpenAi({ model: 'auto', messages: [], ...members } as never);

  it.each<[string, object, string]>([
    ['its metadata', { metadata: { user_id: 'u-1' }, safety_identifier: 'u-2', user: 'u-3' }, 'u-1'],
    ['its metadata with the prefix', { metadata: { user_id: 'u-1', 'orchestrator.user_id': 'u-0' } }, 'u-0'],
    ['its safety identifier', { metadata: { team: 'a' }, safety_identifier: 'u-2', user: 'u-3' }, 'u-2'],
    ['its user', { metadata: null, safety_identifier: '', user: 'u-3' }, 'u-3'],
  ])('is in %s', (_, members, userId) => {
    expect(carried(members).userId).toBe(userId);
  });

  it('is in its metadata for conversation and use case, and headers take precedence', () => {
    const metadata = { conversation_id: 'c-1', use_case: 'health' };
    expect(identityOf({ 'x-use-case': 'clinical' }, carried({ metadata }), defaults)).toEqual({
      ...{ ...SILENT, conversationId: 'c-1', useCase: 'clinical' },
    });
  });

  it('is a hash where the id is too long, or has other characters', () => {
    const long = 'x'.repeat(129);
    expect(carried({ user: 'x'.repeat(128) }).userId).toBe('x'.repeat(128));
    const hashes = [long, 'a\u0001', 'a\u0002'].map((user) => carried({ user }).userId);
    for (const hash of hashes) expect(hash).toMatch(/^sha256:[0-9a-f]{32}$/);
    expect(new Set([...hashes, carried({ user: long }).userId]).size).toBe(3);
  });
});
