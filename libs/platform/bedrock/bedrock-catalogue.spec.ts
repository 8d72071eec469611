import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type TestEmulator, testEmulator } from '../../../test/support/bedrock-emulator.js';
import { BedrockCatalogueService } from './bedrock-catalogue.service.js';
import { BedrockClients } from './bedrock-clients.js';

const soon = { deadlineMs: 60_000 };
const NOVA_LITE = 'amazon.nova-lite-v1:0';
const SONNET_45 = 'anthropic.claude-sonnet-4-5-20250929-v1:0';

let now = new Date('2026-11-22T12:00:00Z');
let emulator: TestEmulator;
let clients: BedrockClients;
let catalogue: BedrockCatalogueService;

beforeAll(async () => {
  emulator = await testEmulator({ now: () => now });
  clients = new BedrockClients(emulator.settings);
  catalogue = new BedrockCatalogueService(clients);
});
afterEach(() => {
  emulator.reset();
  now = new Date('2026-11-22T12:00:00Z');
});
afterAll(async () => {
  clients.onApplicationShutdown();
  await emulator.close();
});

it('reads models with their lifecycle', async () => {
  const models = await catalogue.listModels(soon);
  expect(models.length).toBeGreaterThan(20);
  expect(models.find(({ id }) => id === SONNET_45)).toEqual({
    id: SONNET_45,
    name: 'Claude Sonnet 4.5',
    provider: 'Anthropic',
    inputModalities: ['TEXT', 'IMAGE'],
    outputModalities: ['TEXT'],
    streaming: true,
    inferenceTypes: ['INFERENCE_PROFILE'],
    lifecycle: {
      status: 'LEGACY',
      startsAt: null,
      legacyAt: new Date('2026-10-08'),
      extendedAccessAt: new Date('2027-01-08'),
      endOfLifeAt: new Date('2027-04-08'),
    },
  });
  expect(await catalogue.getModel(NOVA_LITE, soon)).toEqual(models.find(({ id }) => id === NOVA_LITE));
});

it('sees a model become legacy and end, as time passes', async () => {
  now = new Date('2026-10-07T12:00:00Z');
  expect((await catalogue.getModel(SONNET_45, soon)).lifecycle.status).toBe('ACTIVE');
  now = new Date('2027-04-08T00:00:00Z');
  await expect(catalogue.getModel(SONNET_45, soon)).rejects.toMatchObject({
    kind: 'model_gone',
    status: 404,
  });
  expect((await catalogue.listModels(soon)).map(({ id }) => id)).not.toContain(SONNET_45);
  expect((await catalogue.listProfiles(soon)).map(({ id }) => id)).not.toContain(`eu.${SONNET_45}`);
});

it('reads the profiles of our account, by the ARN that one invokes them with', async () => {
  emulator.putModel(NOVA_LITE, { applicationProfiles: ['a1b2c3d4e5f6'] });
  const profiles = await catalogue.listProfiles(soon);
  expect(profiles.find(({ id }) => id.endsWith('/a1b2c3d4e5f6'))).toMatchObject({
    id: 'arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/a1b2c3d4e5f6',
    destinations: ['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-3'],
    foundationModelIds: [NOVA_LITE],
  });
});

it('reads the destinations of profiles; a global one may go anywhere', async () => {
  expect(await catalogue.getProfile(`eu.${NOVA_LITE}`, soon)).toEqual({
    id: `eu.${NOVA_LITE}`,
    name: 'EU Nova Lite',
    status: 'ACTIVE',
    destinations: ['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-3'],
    foundationModelIds: [NOVA_LITE],
  });
  const profiles = await catalogue.listProfiles(soon);
  expect(profiles.find(({ id }) => id === `global.${SONNET_45}`)?.destinations).toContain('unspecified');
});

it('turns all pages', async () => {
  for (let n = 0; n < 250; n += 1) emulator.putModel(`test.model-${n}`, { destinations: ['eu-central-1'] });
  const ids = (await catalogue.listProfiles(soon)).map(({ id }) => id);
  expect(ids.filter((id) => id.startsWith('eu.test.model-')).length).toBe(250);
  expect(new Set(ids).size).toBe(ids.length);
  const pages = emulator.calls().calls.filter(({ operation }) => operation === 'ListInferenceProfiles');
  expect(pages.length).toBe(3 + 1);
});

it('gives no half list: neither when a page fails nor when pages never end', async () => {
  for (let n = 0; n < 250; n += 1) emulator.putModel(`test.model-${n}`, { destinations: ['eu-central-1'] });
  emulator.setFaults([
    { kind: 'error', name: 'ThrottlingException', operation: 'ListInferenceProfiles', everyNth: 2 },
  ]);
  await expect(catalogue.listProfiles(soon)).rejects.toMatchObject({ kind: 'throttled', modelId: null });

  const endless = await serverThatNeverEnds();
  const url = `http://127.0.0.1:${(endless.address() as AddressInfo).port}`;
  const lost = new BedrockClients({ ...emulator.settings, AWS_ENDPOINT_URL_BEDROCK: url });
  const reading = new BedrockCatalogueService(lost).listProfiles(soon);
  await expect(reading).rejects.toMatchObject({ awsName: 'TooManyPages' });
  lost.onApplicationShutdown();
  endless.close();
});

it('has one deadline for all pages', async () => {
  emulator.setFaults([{ kind: 'latency', ms: 60, plane: 'control' }]);
  for (let n = 0; n < 250; n += 1) emulator.putModel(`test.model-${n}`, { destinations: ['eu-central-1'] });
  await expect(catalogue.listProfiles({ deadlineMs: 100 })).rejects.toMatchObject({ kind: 'not_ready' });
});

async function serverThatNeverEnds(): Promise<Server> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ inferenceProfileSummaries: [], nextToken: 'again' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
