import { describe, expect, it } from 'vitest';
import { type Channel, checks, editOf, newChannelOf, valuesOf } from './channel-values.js';

const SLACK = {
  name: 'ops',
  kind: 'slack',
  slack: { host: 'hooks.slack.com' },
  email: null,
  kinds: ['alert'],
  useCases: null,
  leastUrgency: 'page',
  language: 'de',
  includeReasons: true,
} as Channel;
const EMAIL = {
  ...SLACK,
  kind: 'email',
  slack: null,
  email: { host: 'smtp', port: 25, tls: 'none', user: 'ops', from: 'a@x', to: ['b@x'] },
} as Channel;
const SETTINGS = {
  name: 'ops',
  kinds: ['alert'],
  useCases: null,
  leastUrgency: 'page',
  language: 'de',
  includeReasons: true,
};

describe('an edit', () => {
  it('that changes nothing keeps the address and the secret', () => {
    expect(editOf(valuesOf(SLACK), SLACK)).toEqual(SETTINGS);
    expect(editOf(valuesOf(EMAIL), EMAIL)).toEqual({ ...SETTINGS, email: EMAIL.email });
  });

  it('has a new address and secret where they are given', () => {
    const url = 'https://hooks.slack.com/services/x';
    expect(editOf({ ...valuesOf(SLACK), url }, SLACK)).toEqual({ ...SETTINGS, slack: { url } });
    const values = { ...valuesOf(EMAIL), host: 'other', port: 465, password: 'p' };
    expect(editOf(values, EMAIL).email).toMatchObject({ host: 'other', tls: 'implicit', password: 'p' });
  });

  it('takes the filter away', () => {
    expect(editOf({ ...valuesOf(SLACK), kinds: [], useCases: ['clinical'] }, SLACK)).toMatchObject({
      kinds: null,
      useCases: ['clinical'],
    });
  });

  it('needs no URL, which a new channel does', () => {
    expect(checks(false).url('', valuesOf(SLACK))).toBeNull();
    expect(checks(true).url('', valuesOf(null))).toBe('Enter the URL of the webhook');
    expect(checks(false).url('no', valuesOf(SLACK))).not.toBeNull();
  });
});

it('a new channel by a server without a login asks for STARTTLS', () => {
  const values = {
    ...valuesOf(null),
    kind: 'email' as const,
    name: ' ops ',
    host: 'smtp',
    from: 'a@x',
    to: ['b@x'],
  };
  expect(newChannelOf(values)).toMatchObject({
    name: 'ops',
    kinds: null,
    email: { host: 'smtp', port: 587, tls: 'starttls', user: null, from: 'a@x', to: ['b@x'] },
  });
});
