import { describe, expect, it } from 'vitest';
import { editedSettings, type KeySettingsEdit, NO_SETTINGS } from '#libs/platform/auth/key-settings.js';
import type { Principal, Scope } from '#libs/platform/auth/principal.js';
import { ForbiddenError } from '#libs/platform/errors/errors.js';
import { allRecipients, recipientOf } from './recipient.js';

const anna: Principal = { kind: 'user', subject: 'anna' };
const service = (...scopes: Scope[]): Principal => ({
  kind: 'service',
  name: 'chat',
  scopes: new Set(scopes),
});

describe('a user', () => {
  it.each([undefined, 'anna'])('has its own notifications (userId: %s)', (userId) => {
    expect(recipientOf(anna, userId)).toEqual({ name: 'user:anna', userId: 'anna' });
  });

  it('has nobody else’s', () => {
    expect(() => recipientOf(anna, 'berta')).toThrow(ForbiddenError);
    expect(() => recipientOf(anna, 'berta')).toThrow('A user may read only its own notifications');
  });
});

describe('a service key', () => {
  it.each<Scope>(['operate', 'read'])('with %s has those of operators', (scope) => {
    expect(recipientOf(service(scope), undefined)).toEqual({ name: 'service:chat', userId: null });
  });

  it('with neither has to name a user', () => {
    const asked = () => recipientOf(service('switch', 'act-as', 'audit', 'admin'), undefined);
    expect(asked).toThrow(ForbiddenError);
    expect(asked).toThrow('the scope operate or read');
  });

  it('with act-as has those of the user that it names', () => {
    expect(recipientOf(service('act-as'), 'anna')).toEqual({ name: 'user:anna', userId: 'anna' });
  });

  it('without act-as has no user’s', () => {
    const asked = () => recipientOf(service('read', 'switch', 'operate', 'audit', 'admin'), 'anna');
    expect(asked).toThrow(ForbiddenError);
    expect(asked).toThrow('the scope act-as');
  });

  it('with audit has everybody’s, others do not', () => {
    expect(allRecipients(service('audit'))).toEqual({
      name: 'service:chat',
      userId: null,
      allRecipients: true,
    });
    const asked = () => allRecipients(service('read', 'switch', 'act-as', 'operate', 'admin'));
    expect(asked).toThrow(ForbiddenError);
    expect(asked).toThrow('the scope audit');
  });
});

describe('a service key with limits of users', () => {
  const limited = (edit: KeySettingsEdit, ...scopes: Scope[]): Principal => ({
    kind: 'service',
    name: 'chat',
    scopes: new Set(scopes),
    settings: editedSettings(NO_SETTINGS, edit),
  });
  const OWN = { defaults: { userId: 'anna' }, limits: { users: 'own' } } as const;

  it('has the notifications of its default user, and of no other', () => {
    expect(recipientOf(limited(OWN), 'anna')).toEqual({ name: 'user:anna', userId: 'anna' });
    expect(() => recipientOf(limited(OWN), 'berta')).toThrow('the scope act-as');
    expect(() => recipientOf(limited(OWN, 'act-as'), 'berta')).toThrow('its default user only');
  });

  it('does not have those of all recipients', () => {
    expect(() => allRecipients(limited(OWN, 'audit'))).toThrow('its default user only');
  });
});
