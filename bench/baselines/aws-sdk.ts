import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { latenciesOf } from '../load/fixed-rate.js';

/**
 * The AWS SDK as a program uses it that needs no gateway: one client, keep-alive, whole answers or streams read to their
 * end. Usage: aws-sdk.js <url of Bedrock>; does each `Errand` it receives and answers with its outcome.
 */
export interface SdkTask {
  stream: boolean;
  seconds: number;
  /** That many calls concurrently, each as soon as the last one is answered; else so many calls per second. */
  load: { clients: number } | { perSecond: number };
  question: { modelId: string; system: string; text: string; maxTokens: number };
}
export type Outcome = { perSecond: number } | { p50: number; p99: number };

const [, , endpoint] = process.argv;
const bedrock = new BedrockRuntimeClient({
  endpoint,
  region: 'eu-central-1',
  credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  maxAttempts: 1,
  requestHandler: new NodeHttpHandler({ httpAgent: { keepAlive: true, maxSockets: 200 } }),
});

async function call({ stream, question }: SdkTask): Promise<void> {
  const { modelId, system, text, maxTokens } = question;
  const input = {
    modelId,
    system: [{ text: system }],
    messages: [{ role: 'user' as const, content: [{ text }] }],
    inferenceConfig: { maxTokens },
  };
  if (!stream) return void (await bedrock.send(new ConverseCommand(input)));
  const answer = await bedrock.send(new ConverseStreamCommand(input));
  let stopped = false;
  for await (const { messageStop } of answer.stream ?? []) stopped ||= messageStop !== undefined;
  if (!stopped) throw new Error('a stream was cut off');
}

async function perSecondOf(errand: SdkTask, clients: number): Promise<number> {
  const began = performance.now();
  const until = began + errand.seconds * 1000;
  let calls = 0;
  const client = async () => {
    for (; performance.now() < until; calls += 1) await call(errand);
  };
  await Promise.all(Array.from({ length: clients }, client));
  return (calls * 1000) / (performance.now() - began);
}

async function run(errand: SdkTask): Promise<Outcome> {
  const { load, seconds } = errand;
  if ('clients' in load) return { perSecond: await perSecondOf(errand, load.clients) };
  return latenciesOf(() => call(errand), { perSecond: load.perSecond, seconds, sleeps: true });
}

process.on('message', (errand: SdkTask) => void run(errand).then((outcome) => process.send!(outcome)));
process.on('disconnect', () => process.exit(0));
process.send!({});
