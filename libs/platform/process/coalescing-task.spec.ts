import { expect, it } from 'vitest';
import { CoalescingTask } from './coalescing-task.js';

it('runs once at a time, and once more for all who asked meanwhile', async () => {
  let runs = 0;
  let running = 0;
  let most = 0;
  const work = new CoalescingTask(
    async () => {
      runs += 1;
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running -= 1;
    },
    () => expect.fail('nothing fails here'),
  );
  for (let n = 0; n < 5; n += 1) work.trigger();
  await work.idle();
  expect([runs, most]).toEqual([2, 1]);
  work.trigger();
  await work.idle();
  expect(runs).toBe(3);
});

it('continues after a run that failed', async () => {
  const failures: string[] = [];
  let runs = 0;
  const work = new CoalescingTask(
    async () => {
      runs += 1;
      if (runs === 1) throw new Error('away');
    },
    ({ message }) => failures.push(message),
  );
  work.trigger();
  work.trigger();
  await work.idle();
  expect({ runs, failures }).toEqual({ runs: 2, failures: ['away'] });
});
