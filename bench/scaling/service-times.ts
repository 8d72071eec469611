import { loadEnv } from '#libs/platform/config/env.js';
import type { Figure } from '../measure.js';
import type { Report } from '../report.js';
import type { ScalingReport } from './scaling-report.js';
import type { ServiceTimes } from './simulation.js';

/** Events of the stream that `npm run bench` measures. */
const EVENTS_OF_BENCH = 50;

/** The settings that bound an instance, as they are where nothing is set. */
export const DEFAULTS = loadEnv({
  DATABASE_URL: 'postgres://127.0.0.1/none',
  REDIS_URL: 'redis://127.0.0.1',
  SUPABASE_SERVICE_KEY: 'x'.repeat(32),
});

/** @throws Error where a run has no such figure */
export function figureOf({ measures }: Report, measure: string, what: string): Figure {
  const figures = measures.find(({ name }) => name === measure)?.figures ?? [];
  const found = figures.find((figure) => figure.what === what);
  if (!found) throw new Error(`the measure ${measure} has no figure "${what}"`);
  return found;
}

export const ours = (bench: Report, measure: string, what: string): number =>
  figureOf(bench, measure, what).from!.ours!;

/**
 * CPU of the api and of the worker for a switch are those of the bench, where each had a core for itself for minutes; what
 * else they take, and everything of PostgreSQL and Redis, is of `bench:scaling`.
 */
export function serviceTimes(bench: Report, { demands }: ScalingReport): ServiceTimes {
  const whole = ours(bench, 'chat', 'whole: CPU per call, theirs / ours');
  const paced = ours(bench, 'chat', 'stream: CPU per call with 10 ms between events, theirs / ours');
  const row = figureOf(bench, 'chat', 'the row of one call, from its statement to its commit').value;
  const withoutDisk = figureOf(bench, 'chat', 'the same, if it did not wait for the disk').value;
  const sustained = figureOf(bench, 'audit', 'switches per second that api and worker sustain').from!;
  return {
    demands: {
      ...demands,
      read: {
        ...demands.read,
        api: ours(bench, 'reads', 'conversations/{id}/model: CPU per request, theirs / ours'),
      },
      call: { ...demands.call, api: whole },
      switch: { ...demands.switch, api: sustained.apiMicros!, worker: sustained.workerMicros! },
    },
    eventMicros: (paced - whole) / EVENTS_OF_BENCH,
    flushMs: (row - withoutDisk) / 1_000,
    modelCalls: DEFAULTS.MAX_MODEL_CALLS,
    poolSize: DEFAULTS.DATABASE_POOL_SIZE,
  };
}
