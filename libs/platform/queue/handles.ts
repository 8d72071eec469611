import { Processor } from '@nestjs/bullmq';
import type { Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { WorkerOptions } from 'bullmq';
import type { JobDefinition } from './define-job.js';
import { JobProcessor, WORKER_OPTIONS } from './job-processor.js';
import { JobQueue } from './job-queue.js';

type Instances<Services extends Type[]> = { [Place in keyof Services]: InstanceType<Services[Place]> };

/**
 * Returns the processor of a job, a provider of the worker.
 * @param services classes whose instances `run` receives
 * @param run receives the parsed payload and the id of the run, which a run repeated after a crash has again
 */
export function handles<Payload, Services extends Type[]>(
  job: JobDefinition<Payload>,
  services: [...Services],
  run: (services: Instances<Services>, payload: Payload, runId: string) => Promise<unknown>,
  options: Pick<WorkerOptions, 'concurrency'> = {},
): Type<JobProcessor<Payload>> {
  @Processor(job.name, { ...WORKER_OPTIONS, ...options })
  class Handler extends JobProcessor<Payload> {
    readonly definition = job;

    constructor(
      queue: JobQueue,
      private readonly modules: ModuleRef,
    ) {
      super(queue);
    }

    protected async handle(payload: Payload, runId: string): Promise<void> {
      const instances = services.map((service) => this.modules.get(service, { strict: false }));
      await run(instances as Instances<Services>, payload, runId);
    }
  }
  return Handler;
}
