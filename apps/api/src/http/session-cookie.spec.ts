import { expect, it } from 'vitest';
import { FakeClock } from '../../../../test/support/fake-clock.js';
import { SessionCookie } from './session-cookie.js';

const HOUR_MS = 3_600_000;
const SECRET = 'a-secret-of-more-than-32-characters-for-sessions';
const ENDED = { kind: 'unauthenticated', message: 'Your session has ended: sign in again' };

const clock = new FakeClock();
const cookies = new SessionCookie({ SESSION_SECRET: SECRET }, clock);
const sealed = async (until: Date | null = null, by = cookies) =>
  (await by.seal('bmo_key', until, false)).header.split(';')[0]!;

it('ends after twelve hours at most, and not later than what it holds', async () => {
  const long = await sealed();
  const short = await sealed(new Date(clock.now().getTime() + HOUR_MS));
  clock.advance(HOUR_MS - 1_000);
  await expect(cookies.open(short, false)).resolves.toMatchObject({ token: 'bmo_key' });
  clock.advance(1_000);
  await expect(cookies.open(short, false)).rejects.toMatchObject(ENDED);
  clock.advance(11 * HOUR_MS - 2_000);
  await expect(cookies.open(long, false)).resolves.toMatchObject({ token: 'bmo_key' });
  clock.advance(2_000);
  await expect(cookies.open(long, false)).rejects.toMatchObject(ENDED);
});

it('is looked for by its name among others; the one that no other host can set counts', async () => {
  const good = (await sealed()).replace('session=', '');
  await expect(cookies.open(undefined, false)).resolves.toBeUndefined();
  await expect(cookies.open('theme=dark; my-session=x', false)).resolves.toBeUndefined();
  await expect(cookies.open(`a=b; session=${good}; c=d`, false)).resolves.toMatchObject({ token: 'bmo_key' });
  await expect(cookies.open(`session=x; __Host-session=${good}`, false)).resolves.toMatchObject({
    token: 'bmo_key',
  });
  await expect(cookies.open(`session=${good}; __Host-session=x`, false)).rejects.toMatchObject(ENDED);
});

it('over TLS a plain cookie is nobody’s: another host of the domain may have set it', async () => {
  const plain = await sealed();
  await expect(cookies.open(plain, true)).resolves.toBeUndefined();
  await expect(cookies.open(`${plain}; __Host-${plain}`, true)).resolves.toMatchObject({ token: 'bmo_key' });
});

it('without TLS a cookie that another host has put before it does not shut anybody out', async () => {
  const good = await sealed();
  await expect(cookies.open(`session=shadow; ${good}`, false)).resolves.toMatchObject({ token: 'bmo_key' });
});

it('without any secret nobody can sign in, and it says what to set', async () => {
  const without = new SessionCookie({}, clock);
  await expect(sealed(null, without)).rejects.toMatchObject({
    code: 'sessions_not_configured',
    message: expect.stringContaining('SESSION_SECRET'),
  });
  await expect(without.open(await sealed(), false)).rejects.toMatchObject(ENDED);
});
