import type { TestProject } from 'vitest/node';

/** Global setup of a batch: the services were started for all batches. */
export default function setup(project: TestProject): void {
  project.provide('services', JSON.parse(process.env.MUTATION_SERVICES!));
}
