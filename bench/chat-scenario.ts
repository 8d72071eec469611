import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { BuiltApi } from '../test/support/processes.js';
import type { Outcome, SdkTask } from './baselines/aws-sdk.js';
import { type Portkey, portkeyHeaders, startPortkey } from './baselines/portkey.js';
import type { BenchEnvironment, Deployment } from './bench-environment.js';
import { type Forked, forked } from './child-process.js';
import type { Request } from './load/closed-loop.js';
import type { Figure } from './measure.js';

const MODEL = 'eu.amazon.nova-lite-v1:0';
/** One for each client at most; a service speaks for the users. */
const CONVERSATIONS = 64;
const USER = 'bench-user';
const MAX_TOKENS = 500;
const SYSTEM =
  'You are the assistant of a practice. Answer briefly and in plain words. Say when a question needs a physician. ';
const QUESTION =
  'Since yesterday I have had a cold with a sore throat and a slight temperature. What can I do about it, how long will it last, and from when on should I come to the practice?';

interface Upstream {
  url: string;
  /** The text of each answer, whole or in pieces. */
  text: string;
}

/** The systems whose chats are compared: our api, Portkey and the SDK by itself, each over the same upstream. */
export class ChatScenario {
  private closed = false;

  private constructor(
    private readonly stage: Deployment,
    readonly upstream: Forked<Upstream>,
    readonly api: BuiltApi,
    private readonly others: { portkey: Portkey; sdk: ChildProcess; key: string },
  ) {}

  /** @param name of its database, once in a run */
  static async open(
    ground: BenchEnvironment,
    variables: Record<string, string> = {},
    name = 'chat',
  ): Promise<ChatScenario> {
    const stage = await ground.stage(name);
    const upstream = await forked<Upstream>('fake-upstream', { role: 'everythingElse' });
    const api = await stage.startApi({ ...variables, AWS_ENDPOINT_URL_BEDROCK_RUNTIME: upstream.url });
    const sdk = await forked('baselines/aws-sdk', { role: 'measured', args: [upstream.url] });
    const portkey = await startPortkey();
    const key = await stage.key(api, 'switch', 'act-as');
    const opened = new ChatScenario(stage, upstream, api, { portkey, sdk, key });
    ground.later(() => opened.close());
    for (const id of conversations)
      await api.act({ action: 'switch', conversationId: id, userId: USER, modelId: MODEL }, { token: key });
    await opened.assertSameAnswers();
    return opened;
  }

  get portkeyPid(): number {
    return this.others.portkey.pid;
  }

  get sdkPid(): number {
    return this.others.sdk.pid!;
  }

  /** A chat with our api, in one conversation after the other. */
  ours(stream: boolean): Request {
    const question = { system: SYSTEM, messages: [{ role: 'user', content: QUESTION }] };
    return {
      url: `${this.api.url}/v1/chat`,
      headers: { authorization: `Bearer ${this.others.key}` },
      body: conversations.map((conversationId) => ({
        ...{ conversationId, userId: USER, maxTokens: MAX_TOKENS, stream },
        ...question,
      })),
    };
  }

  /** The same question over Bedrock's wire, without a conversation. */
  wire(stream: boolean): Request {
    return {
      url: `${this.api.url}/bedrock/model/auto/${stream ? 'converse-stream' : 'converse'}`,
      headers: { authorization: `Bearer ${this.others.key}` },
      body: {
        messages: [{ role: 'user', content: [{ text: QUESTION }] }],
        system: [{ text: SYSTEM }],
        inferenceConfig: { maxTokens: MAX_TOKENS },
      },
    };
  }

  theirs(stream: boolean): Request {
    const { portkey } = this.others;
    const roles = { system: SYSTEM, user: QUESTION };
    const messages = Object.entries(roles).map(([role, content]) => ({ role, content }));
    return {
      url: `${portkey.url}/v1/chat/completions`,
      headers: portkeyHeaders(this.upstream.url),
      body: { model: MODEL, max_tokens: MAX_TOKENS, stream, messages },
    };
  }

  /** Has the SDK called by a program that does nothing else. */
  async sdk<Result extends Outcome>(task: Omit<SdkTask, 'question'>): Promise<Result> {
    const question = { modelId: MODEL, system: SYSTEM, text: QUESTION, maxTokens: MAX_TOKENS };
    const { sdk } = this.others;
    const answer = once(sdk, 'message');
    sdk.send({ ...task, question } satisfies SdkTask);
    return (await answer)[0];
  }

  /** Of the calls that clients were answered, those that PostgreSQL does not know as such. */
  async unrecorded(answered: number): Promise<Figure> {
    const [row] = await this.stage.sql<{ answered: number; other: number }>(
      `SELECT count(DISTINCT request_id) FILTER (WHERE outcome = 'answered')::int AS answered,
         count(*) FILTER (WHERE outcome NOT IN ('answered', 'cancelled'))::int AS other FROM model_invocations`,
    );
    const missing = Math.max(0, answered - row!.answered) + row!.other;
    return {
      what: 'answered calls without a row in model_invocations',
      value: missing,
      unit: 'calls',
      from: { answered, rows: row!.answered },
      atMost: 0,
    };
  }

  /** Time until PostgreSQL has stored the row of a call, where it is the only one; and without the disk. */
  async *recorded(): AsyncIterable<Figure> {
    const url = this.stage.databaseUrl('orchestrator_app');
    const what = 'the row of one call, from its statement to its commit';
    yield { what, value: await rowOfOneCall(url), unit: 'µs' };
    yield {
      what: 'the same, if it did not wait for the disk',
      value: await rowOfOneCall(url, 'careless'),
      unit: 'µs',
    };
  }

  /** How fast Bedrock speaks from now on; 0: as fast as it can. */
  pace(paceMs: number): void {
    this.upstream.send({ paceMs });
  }

  /** Time that Bedrock takes before each answer from now on; 0: none. */
  delayAnswers(delayMs: number): void {
    this.upstream.send({ delayMs });
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.upstream.disconnect();
    this.others.sdk.disconnect();
    this.others.portkey.stop();
    await this.stage.close();
  }

  /** @throws Error where one of them does not pass on what the upstream says */
  private async assertSameAnswers(): Promise<void> {
    const { text } = this.upstream;
    for (const side of ['ours', 'theirs'] as const) {
      const whole = JSON.parse(await answerTo(this[side](false)));
      const said = side === 'ours' ? whole.message.content : whole.choices[0].message.content;
      const streamed = textOf(await answerTo(this[side](true)));
      if (said !== text || streamed !== text) throw new Error(`${side} does not say what Bedrock does`);
    }
  }
}

async function rowOfOneCall(databaseUrl: string, ...manner: 'careless'[]): Promise<number> {
  const program = await forked<{ micros: number }>('baselines/recorded-calls', {
    role: 'measured',
    args: [databaseUrl, ...manner],
  });
  program.disconnect();
  return program.micros;
}

const conversations = Array.from({ length: CONVERSATIONS }, (_, index) => `bench-${index}`);

async function answerTo({ url, headers, body }: Request): Promise<string> {
  const text = JSON.stringify([body].flat()[0]);
  const json = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers: { ...headers, ...json }, body: text });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.text();
}

/** Joins the deltas of a stream, in our form or in OpenAI's. */
function textOf(stream: string): string {
  const data = [...stream.matchAll(/^data: (\{.*)$/gm)].map(([, json]) => JSON.parse(json!));
  return data.map(({ text, choices }) => text ?? choices?.[0]?.delta?.content ?? '').join('');
}
