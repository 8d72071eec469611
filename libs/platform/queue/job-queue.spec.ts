import { EventEmitter } from 'node:events';
import type { ModuleRef } from '@nestjs/core';
import type { Worker } from 'bullmq';
import { expect, it } from 'vitest';
import type { Env } from '../config/env.js';
import { Metrics } from '../telemetry/metrics.js';
import { JobQueue } from './job-queue.js';

it('listens to the errors of a queue and its worker, which BullMQ would print', () => {
  const [queue, worker] = [new EventEmitter(), new EventEmitter()];
  const modules = { get: () => queue } as unknown as ModuleRef;
  const jobs = new JobQueue(modules, {} as Env, new Metrics());
  jobs.attach({ name: 'some.job', options: {} }, worker as Worker);
  for (const each of [queue, worker]) expect(each.emit('error', new Error('ECONNREFUSED'))).toBe(true);
});
