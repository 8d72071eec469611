import { readFileSync, writeFileSync } from 'node:fs';
import { ConverseRequest$ } from '@aws-sdk/client-bedrock-runtime';
import { expect, it } from 'vitest';
import type { Capability } from '#libs/catalogue/capabilities.js';
import type { Model } from '#libs/catalogue/catalogue.js';
import { formsOf } from '#libs/wires/demands.js';
import { encodingOf } from '#libs/wires/encoding.js';
import { WireForm } from '#libs/wires/wire-form.js';
import { aModel, HAIKU, SONNET } from '../support/catalogue-fixture.js';
import { ANSWER_FEATURES, CONVERSE_FEATURES, type ConverseFeature } from '../support/converse-features.js';
import { bytesOf, type RecordedAnswer } from '../support/replaying-upstream.js';
import { membersIn, membersOf } from '../support/service-model.js';

const DOCUMENT = 'docs/wire.md';
const messages = [{ role: 'user', content: [{ text: 'Hi' }] }];
const LARGE = { maxTokens: 100_000 };
/** A model that takes these forms, and of which nothing else is known. */
const taking = (...forms: Capability[]): Pick<Model, 'capabilities'> => ({
  capabilities: Object.fromEntries(
    forms.map((form) => [form, { supported: true, source: 's', readOn: '2026-11-30' }]),
  ),
});

function requestWith(members: object) {
  const body = Buffer.from(JSON.stringify({ messages, ...members }));
  return encodingOf({ operation: 'converse', body });
}

/** Returns how a model gets a request for which Sonnet is asked first. */
function outcomeFor(members: object, model: Model, isNamed = false): string {
  const encoding = requestWith(members);
  const form = new WireForm(
    {
      encoding,
      isNamed,
      first: { id: SONNET, provider: 'anthropic' },
      factsFor: ({ id }) => ({ model: id, useCase: 'clinical', invocationId: 'i', attempts: 1 }),
      settings: { WIRE_FORWARD_METADATA: 'on', WIRE_DEFAULT_MAX_TOKENS: 'off' },
    },
    { whole: () => Promise.reject(), stream: () => Promise.reject() },
  );
  const lack = form.lackOf(model);
  if (lack) return `refused: \`${lack.reason}\``;
  const callee = { model, guardrail: null };
  const { leftOut, adapted } = form.changesFor(callee);
  const isSame = form.bodyFor(callee) === encoding.body;
  // An answer that says that nothing was changed has the bytes of the client.
  expect(isSame).toBe(leftOut.length + adapted.length === 0);
  const changes = [
    ...(leftOut.length > 0 ? [`without ${leftOut.join(', ')}`] : []),
    ...adapted.map((part) => `${part} adapted`),
  ];
  return isSame ? 'kept' : changes.join(', ');
}

function rowOf([feature, members, refusing]: ConverseFeature): string {
  const forms = formsOf(requestWith(members).demands);
  const anthropic = { ...LARGE, provider: 'anthropic' };
  // It also thinks without a budget.
  const refuses = { ...taking('adaptiveThinking'), ...(refusing ?? { refusedForms: forms }) };
  const amazon = { ...LARGE, provider: 'amazon' };
  const cells = [
    outcomeFor(members, aModel(SONNET, { ...anthropic, ...refuses }), true),
    outcomeFor(members, aModel(SONNET, { ...anthropic, ...refuses })),
    outcomeFor(members, aModel(HAIKU, { ...anthropic, ...taking(...forms) })),
    outcomeFor(members, aModel('nova', { ...amazon, ...taking(...forms) })),
    outcomeFor(members, aModel(HAIKU, { ...anthropic, ...taking() })),
  ];
  return `| ${[feature, ...cells].join(' | ')} |`;
}

/** Holds the part of a document between two marks; with UPDATE_DOCS it is written. */
function expectDocumented(mark: string, rows: string[]): void {
  const present = readFileSync(DOCUMENT, 'utf8');
  const part = new RegExp(`(?<=<!-- ${mark} -->\\n)[\\s\\S]*(?=<!-- /${mark} -->)`);
  expect(present).toMatch(part);
  const wanted = present.replace(part, `\n${rows.join('\n')}\n\n`);
  if (process.env.UPDATE_DOCS) writeFileSync(DOCUMENT, wanted);
  expect(wanted, 'run this spec with UPDATE_DOCS=1').toBe(readFileSync(DOCUMENT, 'utf8'));
}

it('docs/wire.md says for every feature of Converse who gets it, and who not', () => {
  expectDocumented('features', [
    '| in the request | model that the client names | model of the use case, known to refuse it | fallback, known to take it | the same, of another provider | fallback of which nothing is known |',
    '| --- | --- | --- | --- | --- | --- |',
    ...CONVERSE_FEATURES.map(rowOf),
  ]);
});

/** Answers that `wire-corpus.spec.ts` sends through the service and compares to the byte. */
function answersOf(...files: string[]): string[] {
  const corpora = files.map((file) =>
    JSON.parse(readFileSync(`test/support/wire-corpus/${file}.json`, 'utf8')),
  );
  return corpora.flatMap(({ cases }: { cases: { answer: RecordedAnswer }[] }) =>
    cases.map(({ answer }) => bytesOf(answer).toString('utf8')),
  );
}

it('docs/wire.md says for every feature of an answer that its client gets the same bytes', () => {
  const whole = answersOf('converse');
  const streams = answersOf('converse-stream');
  const cellOf = (answers: string[], text: string, isThere = true) => {
    if (!isThere) return 'has none';
    expect(
      answers.some((answer) => answer.includes(text)),
      text,
    ).toBe(true);
    return 'the same bytes';
  };
  expectDocumented('answers', [
    '| in the answer | Converse | ConverseStream |',
    '| --- | --- | --- |',
    ...ANSWER_FEATURES.map(
      ([feature, inWhole, inStream = inWhole]) =>
        `| ${feature} | ${cellOf(whole, inWhole, inWhole !== '')} | ${cellOf(streams, inStream)} |`,
    ),
  ]);
});

/** Members that a request of Converse does not have in its body, or that only answers have. */
const NOT_SENT = ['ConverseRequest.modelId', 'ImageBlock.error', 'AudioBlock.error', 'ErrorBlock.message'];

it('every member of a request in the model of the service is in a row', () => {
  const covered = new Set(
    CONVERSE_FEATURES.flatMap(([, members]) => membersIn({ messages, ...members }, ConverseRequest$)),
  );
  const missing = [...membersOf(ConverseRequest$)].filter((member) => !covered.has(member));
  expect(missing.filter((member) => !NOT_SENT.includes(member))).toEqual([]);
});
