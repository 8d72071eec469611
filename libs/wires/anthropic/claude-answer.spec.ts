import { expect, it } from 'vitest';
import { messageOf } from '#libs/platform/bedrock/event-stream-encoder.js';
import { ClaudeAnswerWriter } from './claude-answer.js';

const FACTS = { model: 'eu.anthropic.a', useCase: 'clinical', invocationId: 'call-1', attempts: 2 };
const ORCHESTRATOR = JSON.stringify(FACTS);

const chunk = (json: string) =>
  messageOf(
    { ':message-type': 'event', ':event-type': 'chunk' },
    Buffer.from(JSON.stringify({ bytes: Buffer.from(json).toString('base64'), p: 'abc' })),
  );

it('sets who answered in a whole answer, and changes nothing else', () => {
  const answer =
    '{ "id":"msg_1","model":"claude-a","content":[{"n":1.0,"text":"K\\u00e4se"}],"usage":{"x":5e1} }';
  expect(new ClaudeAnswerWriter(FACTS).whole(Buffer.from(answer)).toString()).toBe(
    `{ "id":"msg_1","content":[{"n":1.0,"text":"K\\u00e4se"}],"usage":{"x":5e1} ,"model":"eu.anthropic.a","orchestrator":${ORCHESTRATOR}}`,
  );
});

it('passes on the events of a stream, whose first says who answered and whose last has no metrics', () => {
  const writer = new ClaudeAnswerWriter(FACTS);
  const begun = writer.frames(
    Buffer.concat([
      chunk('{"type":"message_start","message":{"id":"msg_1","model":"claude-a"}}'),
      chunk('{"type":"content_block_delta","delta":{"n":1.0}}'),
      chunk('{"type":"ping"}'),
    ]),
  );
  expect(begun.toString()).toBe(
    `event: message_start\ndata: {"type":"message_start","message":{"id":"msg_1","model":"eu.anthropic.a","orchestrator":${ORCHESTRATOR}}}\n\n` +
      'event: content_block_delta\ndata: {"type":"content_block_delta","delta":{"n":1.0}}\n\n' +
      'event: ping\ndata: {"type":"ping"}\n\n',
  );
  const end = writer.end(
    chunk('{"type":"message_stop","amazon-bedrock-invocationMetrics":{"inputTokenCount":5},"other":1}'),
  );
  expect(end.toString()).toBe('event: message_stop\ndata: {"type":"message_stop","other":1}\n\n');
});

it('keeps an event on one line, however the model has written it', () => {
  const written = new ClaudeAnswerWriter(FACTS).frames(chunk('{\r\n  "type": "ping",\n "text": "a\\nb" }'));
  expect(written.toString()).toBe('event: ping\ndata: {   "type": "ping",  "text": "a\\nb" }\n\n');
});

it('leaves out what is no event of the Messages API', () => {
  expect(new ClaudeAnswerWriter(FACTS).frames(chunk('{"completion":"a"}'))).toHaveLength(0);
});
