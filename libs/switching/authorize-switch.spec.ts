import { describe, expect, it } from 'vitest';
import { editedSettings, type KeySettingsEdit, NO_SETTINGS } from '#libs/platform/auth/key-settings.js';
import type { Principal, Scope } from '#libs/platform/auth/principal.js';
import { ForbiddenError } from '#libs/platform/errors/errors.js';
import { authorizeHistory, authorizeRead, authorizeSwitch } from './authorize-switch.js';

const alice: Principal = { kind: 'user', subject: 'alice' };
const recovery: Principal = { kind: 'system', name: 'recovery' };
const service = (...scopes: Scope[]): Principal => ({
  kind: 'service',
  name: 'chat',
  scopes: new Set(scopes),
});
const inConversation = { conversationId: 'conv-1' };

describe('a user', () => {
  it('switches its own conversations, among the candidates, in its own name', () => {
    expect(authorizeSwitch(inConversation, alice)).toEqual({
      actor: 'user:alice',
      onBehalfOf: null,
      owner: 'alice',
      userId: 'alice',
      anyModel: false,
    });
  });

  it('may say who it is, and may not be somebody else', () => {
    expect(authorizeSwitch({ ...inConversation, userId: 'alice' }, alice).owner).toBe('alice');
    const asBob = () => authorizeSwitch({ ...inConversation, userId: 'bob' }, alice);
    expect(asBob).toThrow(ForbiddenError);
    expect(asBob).toThrow('A user may act only for itself');
    expect(() => authorizeRead(alice, 'bob')).toThrow(ForbiddenError);
  });

  it('does not switch a whole use case', () => {
    expect(() => authorizeSwitch({}, alice)).toThrow(/operate/);
  });

  it('reads its own conversations', () => {
    expect(authorizeRead(alice, undefined)).toBe('alice');
  });
});

describe('a service key', () => {
  it.each<[right: string, scopes: Scope[], asked: { conversationId?: string; userId?: string }]>([
    ['switch for a conversation', ['read', 'act-as', 'operate', 'audit', 'admin'], inConversation],
    [
      'act-as to name a user',
      ['read', 'switch', 'operate', 'audit', 'admin'],
      { ...inConversation, userId: 'alice' },
    ],
    ['operate for a use case', ['read', 'switch', 'act-as', 'audit', 'admin'], {}],
    ['act-as to name a user for a use case', ['switch', 'operate', 'audit', 'admin'], { userId: 'alice' }],
  ])('needs %s, whatever else it may do, and the error says so', (right, scopes, asked) => {
    const scope = right.split(' ')[0]!;
    const refused = () => authorizeSwitch(asked, service(...scopes));
    expect(refused).toThrow(ForbiddenError);
    expect(refused).toThrow(scope);
  });

  it('with act-as switches for the user it names: whose the conversation must be, and both are remembered', () => {
    expect(
      authorizeSwitch({ ...inConversation, userId: 'alice' }, service('switch', 'act-as')),
    ).toMatchObject({
      actor: 'service:chat',
      onBehalfOf: 'alice',
      owner: 'alice',
      userId: 'alice',
    });
  });

  it('with act-as that names nobody switches anybody’s conversation, and owns those that it makes', () => {
    expect(authorizeSwitch(inConversation, service('switch', 'act-as'))).toMatchObject({
      onBehalfOf: null,
      owner: null,
      userId: 'service:chat',
    });
  });

  it('without act-as switches only the conversations that it made itself', () => {
    expect(authorizeSwitch(inConversation, service('switch'))).toMatchObject({
      actor: 'service:chat',
      onBehalfOf: null,
      owner: 'service:chat',
      userId: 'service:chat',
    });
  });

  it('with operate switches use cases, and the audit row has a user even so', () => {
    expect(authorizeSwitch({}, service('operate'))).toMatchObject({
      actor: 'service:chat',
      onBehalfOf: null,
      userId: 'service:chat',
    });
  });

  it('of an operator may pick any model', () => {
    expect(authorizeSwitch({}, service('operate')).anyModel).toBe(true);
    expect(authorizeSwitch(inConversation, service('switch', 'act-as', 'operate')).anyModel).toBe(true);
  });

  it.each<[Scope[], userId: string | undefined, owner: string | null]>([
    [['switch', 'act-as'], 'alice', 'alice'],
    [['switch', 'act-as'], undefined, null],
    [['switch'], undefined, 'service:chat'],
    [['audit'], undefined, null],
    [['audit'], 'alice', 'alice'],
    [['read'], undefined, null],
    [['read'], 'alice', 'alice'],
  ])('with %j reads conversations (of user %j) that belong to %j', (scopes, userId, owner) => {
    expect(authorizeRead(service(...scopes), userId)).toBe(owner);
  });

  it.each<[Scope[], userId: string | undefined]>([
    [['act-as'], undefined],
    [['operate'], undefined],
    [['admin'], undefined],
    [['switch'], 'alice'],
    [['operate', 'act-as'], 'alice'],
  ])('with %j does not read a conversation (of user %j)', (scopes, userId) => {
    expect(() => authorizeRead(service(...scopes), userId)).toThrow(ForbiddenError);
  });

  it('names the scope that only reads to a key that has none for conversations', () => {
    expect(() => authorizeRead(service('operate'), undefined)).toThrow('the scope read or audit, or with');
    expect(() => authorizeHistory(service('read', 'operate'))).toThrow('the scope audit, or with switch');
  });
});

describe('a service key with limits of users', () => {
  const limited = (edit: KeySettingsEdit, ...scopes: Scope[]): Principal => ({
    kind: 'service',
    name: 'chat',
    scopes: new Set(scopes),
    settings: editedSettings(NO_SETTINGS, edit),
  });
  const OF_CLINIC = { limits: { users: ['clinic-a:'] } };
  const OWN = { defaults: { userId: 'anna' }, limits: { users: 'own' } } as const;
  const switchFor = (principal: Principal, userId?: string) =>
    authorizeSwitch({ ...inConversation, userId }, principal);

  it('acts for those users, and otherwise only in the conversations that it made itself', () => {
    const clinic = limited(OF_CLINIC, 'switch', 'act-as');
    expect(switchFor(clinic, 'clinic-a:1').owner).toBe('clinic-a:1');
    expect(switchFor(clinic).owner).toBe('service:chat');
    expect(() => switchFor(clinic, 'clinic-b:1')).toThrow('begin with clinic-a:');
    expect(() => switchFor(limited(OF_CLINIC, 'switch'), 'clinic-a:1')).toThrow('act-as');
  });

  it('needs no act-as for the user that it is bound to', () => {
    expect(switchFor(limited(OWN, 'switch'), 'anna')).toMatchObject({ owner: 'anna', onBehalfOf: 'anna' });
    expect(() => switchFor(limited(OWN, 'switch'), 'berta')).toThrow('act-as');
    expect(() => switchFor(limited(OWN, 'switch', 'act-as'), 'berta')).toThrow('its default user only');
    expect(authorizeSwitch({ userId: 'anna' }, limited(OWN, 'operate')).onBehalfOf).toBe('anna');
  });

  it('acts for the user that it is bound to where it names nobody, and not when it switches a use case', () => {
    const bound = { defaults: { userId: 'anna' } };
    const expected = { actor: 'service:chat', onBehalfOf: 'anna', owner: 'anna', userId: 'anna' };
    for (const scopes of [['switch'], ['switch', 'act-as']] as Scope[][]) {
      expect(switchFor(limited(bound, ...scopes))).toMatchObject(expected);
      expect(authorizeRead(limited(bound, ...scopes), undefined)).toBe('anna');
    }
    expect(switchFor(limited(bound, 'switch', 'act-as'), 'berta').owner).toBe('berta');
    expect(authorizeSwitch({}, limited(bound, 'operate'))).toMatchObject({
      ...{ onBehalfOf: null, userId: 'service:chat' },
    });
    expect(authorizeRead(limited(bound, 'audit'), undefined)).toBeNull();
    expect(authorizeRead(limited(OWN, 'audit'), undefined)).toBe('anna');
  });

  it('reads only their conversations, also to audit', () => {
    const auditor = limited(OF_CLINIC, 'audit');
    expect(authorizeRead(auditor, 'clinic-a:1')).toBe('clinic-a:1');
    expect(authorizeRead(auditor, undefined)).toBe('service:chat');
    expect(() => authorizeRead(auditor, 'clinic-b:1')).toThrow('begin with clinic-a:');
  });
});

describe('our own recovery', () => {
  it('switches anybody’s conversation back', () => {
    expect(authorizeSwitch(inConversation, recovery)).toMatchObject({
      actor: 'system:recovery',
      owner: null,
    });
  });
});
