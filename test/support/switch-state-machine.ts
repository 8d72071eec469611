import fc from 'fast-check';
import { expect } from 'vitest';
import type { ApiInstance } from './api-instance.js';
import { eventually } from './eventually.js';
import type { Acknowledged } from './invariants.js';
import type { Answer } from './test-system.js';

const MODELS = [
  'eu.amazon.nova-micro-v1:0',
  'eu.amazon.nova-lite-v1:0',
  'eu.amazon.nova-pro-v1:0',
  'eu.anthropic.claude-haiku-4-5-20251001-v1:0',
];
const CONVERSATIONS = ['one', 'two'];
const KEYS = ['k1', 'k2', 'k3'];

/** The expected state of the service, in a few lines: the real one is compared with it. */
export interface Expected {
  model: Record<string, string>;
  /** By key: what was asked with it, and the bytes of its answer. */
  answers: Record<string, { body: string; text: string }>;
}

/** The real service: two instances on one database, each of which may die. */
export interface Actual {
  run: number;
  instances: ApiInstance[];
  restart(instance: number): Promise<void>;
  told: Acknowledged[];
}

interface SwitchCall {
  conversation: string;
  modelId: string;
  instance: number;
  key?: string | undefined;
  /** The If-Match header: of now, of the past, or not sent. */
  freshness: 'fresh' | 'stale' | 'none';
}

const idOf = (conversation: string, { run }: Actual) => `${conversation}-${run}`;
const keyOf = (key: string | undefined, { run }: Actual) => key && `${key}-${run}`;

function note(answer: Answer, key: string | undefined, { told }: Actual): void {
  const { data } = answer.body;
  if (!data.switched || told.some(({ switchId }) => switchId === data.switchId)) return;
  told.push({ ...data, conversationId: data.conversationId ?? null, idempotencyKey: key ?? null });
}

/** Waits until all instances show it: each is notified of a change shortly after it, long before it would look. */
async function everybodyShows(modelId: string | undefined, conversationId: string, { instances }: Actual) {
  const shown = async () => {
    const answers = instances.map((each) => each.get(`/v1/conversations/${conversationId}/model`));
    return (await Promise.all(answers)).map(({ body }) => body.model.id);
  };
  await eventually(async () => expect(await shown()).toEqual([modelId, modelId]));
}

/** A switch by hand, with any mixture of conditions. */
class Switch implements fc.AsyncCommand<Expected, Actual> {
  constructor(private readonly asked: SwitchCall) {}

  check = () => true;

  async run(expected: Expected, actual: Actual): Promise<void> {
    const { conversation, modelId, freshness } = this.asked;
    const conversationId = idOf(conversation, actual);
    const key = keyOf(this.asked.key, actual);
    const instance = actual.instances[this.asked.instance]!;
    const body = { action: 'switch', modelId, conversationId };
    const known = key === undefined ? undefined : expected.answers[key];
    const { headers } = await instance.get(`/v1/conversations/${conversationId}/model`);
    const tag = freshness === 'fresh' ? String(headers.etag) : '"999-1-gone"';
    const answer = await instance.act(body, undefined, {
      ...(key !== undefined && { 'idempotency-key': key }),
      ...(freshness !== 'none' && { 'if-match': tag }),
    });
    if (known) return expectReplay(answer, known, JSON.stringify(body));
    if (freshness === 'stale')
      return void expect([answer.status, answer.body.code]).toEqual([412, 'stale_version']);
    this.expectSwitched(answer, conversationId, expected);
    note(answer, key, actual);
    if (key) expected.answers[key] = { body: JSON.stringify(body), text: answer.text };
    await everybodyShows(modelId, conversationId, actual);
  }

  private expectSwitched(answer: Answer, conversationId: string, expected: Expected): void {
    const before = expected.model[conversationId] ?? MODELS[0]!;
    const { modelId } = this.asked;
    expect(answer.status).toBe(200);
    expect(answer.body.data).toMatchObject({ switched: modelId !== before, fromId: before, toId: modelId });
    expected.model[conversationId] = modelId;
  }

  toString = () => `switch ${JSON.stringify(this.asked)}`;
}

function expectReplay(answer: Answer, known: { body: string; text: string }, body: string): void {
  if (known.body === body) expect([answer.status, answer.text]).toEqual([200, known.text]);
  else expect([answer.status, answer.body.code]).toEqual([422, 'idempotency_key_reused']);
}

/** Concurrent switches over both instances: serialised in some order, each from the model of the one before. */
class Burst implements fc.AsyncCommand<Expected, Actual> {
  constructor(
    private readonly conversation: string,
    private readonly modelIds: string[],
  ) {}

  check = () => true;

  async run(expected: Expected, actual: Actual): Promise<void> {
    const conversationId = idOf(this.conversation, actual);
    const answers = await Promise.all(
      this.modelIds.map((modelId, index) =>
        actual.instances[index % 2]!.act({ action: 'switch', modelId, conversationId }),
      ),
    );
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      note(answer, undefined, actual);
    }
    // Each switch takes one edge of a path that visits them all: what is left is where it ends.
    const before = expected.model[conversationId] ?? MODELS[0]!;
    const edges = answers.map(({ body }) => body.data).filter(({ switched }) => switched);
    const count = (id: string) =>
      edges.filter(({ toId }) => toId === id).length - edges.filter(({ fromId }) => fromId === id).length;
    const last = MODELS.find((id) => count(id) + Number(id === before) === 1);
    await everybodyShows(last, conversationId, actual);
    expected.model[conversationId] = last!;
  }

  toString = () => `concurrently in ${this.conversation}: ${this.modelIds}`;
}

/** An instance dies and another takes its place: nothing of what was acknowledged depends on it. */
class Restart implements fc.AsyncCommand<Expected, Actual> {
  constructor(private readonly instance: number) {}
  check = () => true;
  async run(_: Expected, actual: Actual): Promise<void> {
    await actual.restart(this.instance);
  }
  toString = () => `restart ${this.instance}`;
}

const conversation = fc.constantFrom(...CONVERSATIONS);
const modelId = fc.constantFrom(...MODELS);
const instance = fc.constantFrom(0, 1);
const key = fc.option(fc.constantFrom(...KEYS), { nil: undefined });
const freshness = fc.constantFrom<SwitchCall['freshness']>('fresh', 'none', 'none', 'stale');

const switches = fc
  .record({ conversation, modelId, instance, key, freshness })
  .map((asked) => new Switch(asked));
const bursts = fc
  .tuple(conversation, fc.array(modelId, { minLength: 2, maxLength: 6 }))
  .map(([id, ids]) => new Burst(id, ids));
const restarts = instance.map((which) => new Restart(which));

/** Restarts are the rarer for being named less often. */
export const commands = (most: number) =>
  fc.commands([switches, switches, switches, bursts, bursts, restarts], { maxCommands: most });
