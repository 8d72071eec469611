import { Logger } from '@nestjs/common';
import { afterEach, expect, it, vi } from 'vitest';
import type { Problem } from './problem-details.js';
import { reportProblem } from './problem-report.js';

const warned = vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
const failed = vi.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
const clock = vi.spyOn(performance, 'now');
afterEach(() => vi.clearAllMocks());

const problem = (code: string, status = 503) => ({ code, status, requestId: 'r' }) as Problem;

it('logs refusals under load together, once a second', () => {
  clock.mockReturnValue(10_000);
  for (let times = 0; times < 5; times += 1) reportProblem(problem('overloaded'), new Error('busy'));
  expect(warned.mock.calls).toEqual([[{ code: 'overloaded', refused: 1 }]]);
  clock.mockReturnValue(11_000);
  reportProblem(problem('overloaded'), new Error('busy'));
  expect(warned).toHaveBeenLastCalledWith({ code: 'overloaded', refused: 5 });
  expect(failed).not.toHaveBeenCalled();
});

it('logs every other failure with its place and without its message', () => {
  reportProblem(problem('database_away'), new Error('a secret'));
  reportProblem(problem('not_found', 404), new Error('not ours'));
  expect(failed).toHaveBeenCalledOnce();
  expect(JSON.stringify(failed.mock.calls)).not.toContain('secret');
});
