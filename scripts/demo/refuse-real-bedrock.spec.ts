import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { refuseRealBedrock } from './refuse-real-bedrock.js';

const home = mkdtempSync(join(tmpdir(), 'demo-'));

it.each([
  [{ AWS_PROFILE: 'work' }, 'env -u AWS_PROFILE npm run demo'],
  [{ AWS_ACCESS_KEY_ID: 'x' }, 'env -u AWS_ACCESS_KEY_ID'],
  [{ AWS_ENDPOINT_URL_BEDROCK_RUNTIME: 'https://bedrock.example.com' }, 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME'],
  [{ NODE_ENV: 'production' }, 'not with NODE_ENV=production'],
])('does not run with %j', (environment, advice) => {
  expect(() => refuseRealBedrock(environment, home)).toThrow(advice);
});

it('does not run with an account in the home folder, and does without it as it says', () => {
  const account = mkdtempSync(join(tmpdir(), 'demo-'));
  mkdirSync(join(account, '.aws'));
  writeFileSync(join(account, '.aws', 'credentials'), '[default]');
  expect(() => refuseRealBedrock({}, account)).toThrow('AWS_SHARED_CREDENTIALS_FILE=/dev/null');
  const without = { AWS_SHARED_CREDENTIALS_FILE: '/dev/null', AWS_CONFIG_FILE: '/dev/null' };
  expect(() => refuseRealBedrock(without, account)).not.toThrow();
});

it('runs where nothing leads to Bedrock', () => {
  expect(() => refuseRealBedrock({ NODE_ENV: 'development' }, home)).not.toThrow();
});
