import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import {
  type TestEmulator,
  testEmulator,
  withoutAwsAccount,
} from '../../../test/support/bedrock-emulator.js';
import { BedrockModule } from './bedrock.module.js';
import { BedrockCatalogueService } from './bedrock-catalogue.service.js';
import { BedrockClients, type BedrockSettings, isLoopback } from './bedrock-clients.js';
import { BedrockRuntimeService } from './bedrock-runtime.service.js';

const soon = { deadlineMs: 60_000 };
const MODEL = 'eu.amazon.nova-lite-v1:0';

let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await testEmulator();
});
beforeEach(withoutAwsAccount);
afterEach(() => {
  vi.unstubAllEnvs();
  emulator.reset();
});
afterAll(() => emulator.close());

/** How a call of each plane was signed. */
async function signedWith(more: Partial<BedrockSettings>): Promise<(string | null)[]> {
  const connections = new BedrockClients({ ...emulator.settings, ...more });
  await new BedrockRuntimeService(connections).probe(MODEL, soon);
  await new BedrockCatalogueService(connections).listModels(soon);
  connections.onApplicationShutdown();
  return emulator.calls().calls.map(({ auth }) => auth);
}

it('signs for the emulator without an account', async () => {
  expect(await signedWith({})).toEqual(['sigv4', 'sigv4']);
});

it('prefers signing to a bearer token that lies in the environment', async () => {
  vi.stubEnv('AWS_BEARER_TOKEN_BEDROCK', 'bedrock-api-key-test');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  const more = { AWS_BEARER_TOKEN_BEDROCK: 'bedrock-api-key-test' };
  expect(await signedWith(more)).toEqual(['sigv4', 'sigv4']);
});

it('uses a bearer token where there is nothing to sign with', async () => {
  vi.stubEnv('AWS_BEARER_TOKEN_BEDROCK', 'bedrock-api-key-test');
  const more = { AWS_BEARER_TOKEN_BEDROCK: 'bedrock-api-key-test' };
  expect(await signedWith(more)).toEqual(['bearer', 'bearer']);
});

it('makes up no credentials for an endpoint elsewhere', async () => {
  expect(['http://127.0.0.1:1', 'http://localhost:1', 'http://[::1]:1'].every(isLoopback)).toBe(true);
  expect(['http://127.evil.example', 'https://10.0.0.1', undefined].some(isLoopback)).toBe(false);
  const connections = new BedrockClients({ AWS_REGION: 'eu-central-1' });
  const probe = new BedrockRuntimeService(connections).probe(MODEL, soon);
  await expect(probe).rejects.toMatchObject({ kind: 'bad_credentials' });
  connections.onApplicationShutdown();
});

it('keeps its deadlines while it waits for credentials', async () => {
  const silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', `http://127.0.0.1:${port}/credentials`);
  const connections = new BedrockClients(emulator.settings);
  const runtime = new BedrockRuntimeService(connections);
  await expect(runtime.probe(MODEL, { deadlineMs: 80 })).rejects.toMatchObject({ kind: 'not_ready' });
  const messages = [{ role: 'user' as const, text: 'Hi' }];
  const question = { modelId: MODEL, messages, maxTokens: 9 };
  const stream = runtime.converseStream(question, { deadlineMs: 80 }, () => undefined);
  await expect(stream).rejects.toMatchObject({ kind: 'not_ready' });
  expect(emulator.calls().total).toBe(0);
  connections.onApplicationShutdown();
  silent.closeAllConnections();
  silent.close();
});

it('is one pool for a whole program, closed with it', async () => {
  const before = emulator.calls().connections;
  const app = await NestFactory.createApplicationContext(BedrockModule.forRoot(emulator.settings), {
    logger: false,
  });
  for (let call = 0; call < 5; call += 1) {
    await app.get(BedrockRuntimeService).probe(MODEL, soon);
    await app.get(BedrockCatalogueService).getProfile(MODEL, soon);
  }
  // A connection is free a little later than its response ends.
  expect(emulator.calls().connections.opened - before.opened).toBeLessThanOrEqual(2);
  await app.close();
  await vi.waitFor(() => expect(emulator.calls().connections.open).toBe(0), { interval: 5 });
});
