import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { withoutAwsAccount } from '../../../test/support/bedrock-emulator.js';
import { BedrockClients } from './bedrock-clients.js';
import { converseBody } from './converse-request.js';

const QUESTION = {
  modelId: 'arn:aws:bedrock:eu-central-1:1:inference-profile/eu.amazon.nova-lite-v1:0',
  messages: [{ role: 'user' as const, text: 'Is tea good for a cold?' }],
  system: 'Be brief.',
  maxTokens: 9,
  temperature: 0.5,
};
const HOUR_MS = 3_600_000;

/** Requests that arrived, and the response to each. */
const seen: { url: string; headers: IncomingMessage['headers']; body: string }[] = [];
let answer: { status: number; headers?: Record<string, string> };
let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    seen.push({ url: request.url!, headers: request.headers, body });
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  withoutAwsAccount();
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  seen.length = 0;
  answer = { status: 200 };
});
afterAll(() => server.close());

const connect = (endpoint?: string) =>
  new BedrockClients({ AWS_REGION: 'eu-central-1', AWS_ENDPOINT_URL_BEDROCK_RUNTIME: endpoint });
const send = ({ models }: BedrockClients) =>
  models.send(
    { operation: 'converse', modelId: QUESTION.modelId, body: converseBody(QUESTION) },
    new AbortController().signal,
  );

it('asks as the SDK asks', async () => {
  vi.useFakeTimers({ now: new Date('2026-11-26T12:00:00Z'), toFake: ['Date'] });
  const connections = connect(`${url}/behind/a/path`);
  await send(connections);
  const { modelId, messages, system, maxTokens, temperature } = QUESTION;
  await new BedrockRuntimeClient({
    region: 'eu-central-1',
    endpoint: `${url}/behind/a/path`,
    requestHandler: connections.runtime.config.requestHandler,
  }).send(
    new ConverseCommand({
      modelId,
      messages: messages.map(({ role, text }) => ({ role, content: [{ text }] })),
      system: [{ text: system }],
      inferenceConfig: { maxTokens, temperature },
    }),
  );
  vi.useRealTimers();
  const [ours, theirs] = seen;
  expect(ours!.url).toBe(theirs!.url);
  expect(JSON.parse(ours!.body)).toEqual(JSON.parse(theirs!.body));
  const { authorization, 'content-length': length, 'x-amz-content-sha256': sum, ...rest } = ours!.headers;
  expect(theirs!.headers).toMatchObject({ ...rest, 'content-length': length });
  expect(Object.keys(theirs!.headers).filter((name) => !(name in ours!.headers))).toEqual([
    'amz-sdk-invocation-id',
    'amz-sdk-request',
  ]);
  expect([authorization, sum]).toEqual([
    expect.stringContaining('AKIDEXAMPLE/20261126/eu-central-1/bedrock/'),
    expect.any(String),
  ]);
});

it('finds Bedrock where the environment says that AWS is', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL', url);
  await send(connect());
  expect(seen).toHaveLength(1);
});

it('signs with the clock of AWS once that has refused another', async () => {
  const connections = connect(url);
  const ahead = new Date(Date.now() + HOUR_MS);
  answer = {
    status: 403,
    headers: { date: ahead.toUTCString(), 'x-amzn-errortype': 'InvalidSignatureException' },
  };
  await expect(send(connections)).rejects.toThrow();
  answer = { status: 200 };
  await send(connections);
  const [first, second] = seen.map(({ headers }) => timeOf(String(headers['x-amz-date'])));
  expect(Math.abs(first! - Date.now())).toBeLessThan(60_000);
  expect(Math.abs(second! - ahead.getTime())).toBeLessThan(60_000);
});

it('looks for credentials again where there were none', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL', url);
  vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
  const connections = connect();
  await expect(send(connections)).rejects.toMatchObject({ name: 'CredentialsProviderError' });
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  await send(connections);
  expect(seen).toHaveLength(1);
});

const timeOf = (amzDate: string): number =>
  Date.parse(amzDate.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
