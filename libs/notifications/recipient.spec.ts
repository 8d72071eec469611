import { describe, expect, it } from 'vitest';
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
