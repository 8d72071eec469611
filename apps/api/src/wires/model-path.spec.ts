import { expect, it } from 'vitest';
import { readModelPath } from './model-path.js';

const PROFILE = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const ARN = `arn:aws:bedrock:eu-central-1:111122223333:inference-profile/${PROFILE}`;

it.each([
  ['a use case', 'clinical', 'clinical'],
  ['a colon as it is', PROFILE, PROFILE],
  ['a colon that is encoded', encodeURIComponent(PROFILE), PROFILE],
  ['an ARN with a slash', ARN, ARN],
  ['an ARN that is encoded', encodeURIComponent(ARN), ARN],
  ['an assistant', 'assistant:triage-1', 'assistant:triage-1'],
  ['an id with the name of an operation', 'model/converse', 'model/converse'],
  ['a profile elsewhere', 'global.amazon.nova-lite-v1:0', 'global.amazon.nova-lite-v1:0'],
])('reads %s', (_, given, modelId) => {
  for (const operation of ['converse', 'converse-stream', 'invoke', 'count-tokens'] as const)
    expect(readModelPath(`/bedrock/model/${given}/${operation}?a=/b`)).toEqual({ modelId, operation });
});

it.each([
  ['a parent', '..%2Fx'],
  ['a raw parent', 'a/../b'],
  ['an encoded parent', '%2e%2e'],
  ['a second encoding', 'a%253Ab'],
  ['a backslash', 'a%5Cb'],
  ['a control character', 'a%00b'],
  ['a line feed', 'a%0Ab'],
  ['an encoding that is broken', 'a%E0%A4%A'],
  ['too many characters', 'a'.repeat(2_049)],
])('refuses %s', (_, given) => {
  expect(() => readModelPath(`/bedrock/model/${given}/converse`)).toThrow(/modelId/);
});

it.each(['x/apply', 'x/', 'converse', '/converse', 'x/Converse', ''])('knows no operation in %s', (given) => {
  const reading = () => readModelPath(`/bedrock/model/${given}`);
  expect(reading).toThrow(expect.objectContaining({ code: 'route_not_found' }));
});
