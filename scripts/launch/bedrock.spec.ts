import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bedrockConfiguredBy, describeBedrock, emulatedBedrock } from './bedrock.js';
import { ProcessSupervisor } from './process-supervisor.js';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'bedrock-home-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const putInAws = (name: string, content: string) => {
  mkdirSync(join(home, '.aws'), { recursive: true });
  writeFileSync(join(home, '.aws', name), content);
};

it.each([
  'AWS_ENDPOINT_URL_BEDROCK',
  'AWS_ENDPOINT_URL_BEDROCK_RUNTIME',
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_BEARER_TOKEN_BEDROCK',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
])('%s says that there is a Bedrock', (name) => {
  expect(bedrockConfiguredBy({ [name]: 'x' }, home)).toBe(name);
  expect(bedrockConfiguredBy({ [name]: '' }, home)).toBeUndefined();
});

it.each(['credentials', 'config'])('the file %s of the account does too, unless it is empty', (name) => {
  putInAws(name, '');
  expect(bedrockConfiguredBy({}, home)).toBeUndefined();
  putInAws(name, '[default]\n');
  expect(bedrockConfiguredBy({}, home)).toBe(join(home, '.aws', name));
});

it('looks for the files where the environment says they are, and only there', () => {
  putInAws('credentials', '[default]\n');
  const elsewhere = join(home, 'elsewhere');
  const given = { AWS_SHARED_CREDENTIALS_FILE: elsewhere, AWS_CONFIG_FILE: elsewhere };
  expect(bedrockConfiguredBy(given, home)).toBeUndefined();
  writeFileSync(elsewhere, '[default]\n');
  expect(bedrockConfiguredBy(given, home)).toBe(elsewhere);
});

it.each<NodeJS.ProcessEnv>([{ NODE_ENV: 'production' }, { AWS_PROFILE: 'work' }])(
  'emulates nothing with %j',
  async (given) => {
    const session = new ProcessSupervisor();
    const nothingToStop = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
    expect(await emulatedBedrock(session, { ...nothingToStop, ...given })).toEqual({});
    await session.stopAll();
  },
);

it('does not let anybody take the emulator for a model', () => {
  expect(describeBedrock({}, true)).toBe('emulator: answers are made up, no model is called');
  expect(describeBedrock({ AWS_PROFILE: 'work' }, false)).toBe('as AWS_PROFILE says');
});
