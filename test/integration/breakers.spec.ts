import { afterAll, beforeAll, expect, it } from 'vitest';
import { BreakersService } from '#libs/breakers/breakers.service.js';
import { createWorker } from '../../apps/worker/src/create-worker.js';
import { TestSystem } from '../support/test-system.js';

const SONNET = 'eu.anthropic.claude-sonnet-4-6';

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start();
});
afterAll(() => system.close());

it('are known to a process before its first job, however late it starts', async () => {
  system.api.get(BreakersService).failed(SONNET, 'model_gone');
  for (let start = 0; start < 3; start += 1) {
    const worker = await createWorker(system.environment.env);
    const isOpen = worker.get(BreakersService).isOpen(SONNET);
    await worker.close();
    expect(isOpen).toBe(true);
  }
});
