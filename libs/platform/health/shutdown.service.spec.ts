import { once } from 'node:events';
import { expect, it } from 'vitest';
import { Shutdown } from './shutdown.service.js';

it('notifies every call in progress, and takes many of them for no leak', async () => {
  const shutdown = new Shutdown();
  const warnings: Error[] = [];
  const onWarning = (warning: Error) => warnings.push(warning);
  process.on('warning', onWarning);
  let cut = 0;
  for (let calls = 0; calls < 400; calls += 1)
    shutdown.cut.addEventListener('abort', () => {
      cut += 1;
    });
  // Warnings are emitted in their order.
  const last = once(process, 'warning');
  process.emitWarning('the last one');
  await last;
  process.off('warning', onWarning);
  expect(warnings.map(({ message }) => message)).toEqual(['the last one']);
  shutdown.cutOff();
  expect(cut).toBe(400);
});
