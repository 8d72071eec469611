import { Logger } from '@nestjs/common';
import { afterEach, expect, it, vi } from 'vitest';
import { UnansweredError } from '#libs/inference/inference.errors.js';
import { BedrockError } from '#libs/platform/bedrock/bedrock-error.js';
import { UnauthenticatedError } from '#libs/platform/errors/errors.js';
import { OverloadedError } from './http.errors.js';
import { problemOf } from './problem-response.js';

const warned = vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
const failed = vi.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
const clock = vi.spyOn(performance, 'now');
afterEach(() => vi.clearAllMocks());

it('logs refusals under load together, once a second', () => {
  clock.mockReturnValue(10_000);
  for (let times = 0; times < 5; times += 1) problemOf(new OverloadedError(), 'r');
  expect(warned.mock.calls).toEqual([[{ code: 'overloaded', refused: 1 }]]);
  clock.mockReturnValue(11_000);
  problemOf(new OverloadedError(), 'r');
  expect(warned).toHaveBeenLastCalledWith({ code: 'overloaded', refused: 5 });
  expect(failed).not.toHaveBeenCalled();
});

it('logs every other failure with its place and without its message', () => {
  problemOf(new Error('a secret'), 'r');
  problemOf(new UnauthenticatedError('not ours'), 'r');
  expect(failed).toHaveBeenCalledOnce();
  expect(JSON.stringify(failed.mock.calls)).not.toContain('secret');
});

it('logs no failure where the client has left', () => {
  const unanswered = (kind: 'cancelled' | 'throttled') =>
    new UnansweredError(new BedrockError('x', { kind, awsName: 'X', modelId: 'm', textShown: false }), []);
  problemOf(unanswered('cancelled'), 'r');
  expect(failed).not.toHaveBeenCalled();
  problemOf(unanswered('throttled'), 'r');
  expect(failed).toHaveBeenCalledOnce();
});
