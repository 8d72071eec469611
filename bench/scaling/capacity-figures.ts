import { bottleneck, highestRate, ONE_OF_EACH, TARGET } from './capacity.js';
import { footprint } from './footprint.js';
import { MIX, NOTHING, type Sources, workloadOf } from './mix.js';
import { bytes, milliseconds, number } from './page-template.js';
import { DEFAULTS, figureOf, ours } from './service-times.js';
import { type Part, simulate, type Workload } from './simulation.js';

const BACKLOG = 'a backlog of 100,000 drained by one worker, per second / switches of 16 clients per second';
const STREAMS_OF_BENCH = 2_000;
const LIMITS: Record<Part | 'places', string> = {
  places: '`MAX_MODEL_CALLS`',
  api: 'the core of the api',
  worker: 'the core of the worker',
  postgres: 'the core of PostgreSQL',
  redis: 'Redis',
};

export const limitName = (limit: Part | 'places' | null): string => (limit ? LIMITS[limit] : 'none');

/** Requests that a core does in the part of its time that it may be used, as text. */
const ofCore = (micros: number): string =>
  micros > 0 ? number((TARGET.utilisation * 1e6) / micros) : 'unmeasurably many';

/** Calls of the mix, with everything that comes with them, that one core of a part carries. */
export function mixOfCore(part: Exclude<Part, 'api'>, { times: { demands } }: Sources): string {
  const { reads, switches } = workloadOf(1);
  return ofCore(demands.call[part] + reads * demands.read[part] + switches * demands.switch[part]);
}

/** MB of an api with so many open streams of notifications. */
export function memoryWith(streams: number, { bench }: Sources): number {
  const { value, from } = figureOf(bench, 'memory', `RSS with ${STREAMS_OF_BENCH} open streams`);
  return from!.before! + ((value - from!.before!) / STREAMS_OF_BENCH) * streams;
}

/** Calls of the mix that one of each carries. */
export const mixOfOne = ({ times }: Sources): number => highestRate((calls) => workloadOf(calls), times);

/** Names the limit of a workload that is a little more than one of each carries. */
const limitAt = (workload: Workload, { times }: Sources): string =>
  limitName(bottleneck(simulate(workload, ONE_OF_EACH, times)));

/** @param mix what one of each carries */
export function capacityFigures(sources: Sources, mix: number): Record<string, string> {
  const { bench, scaling, times } = sources;
  const { demands } = times;
  const switchesAlone = (rate: number) => ({ ...NOTHING, switches: rate });
  const switches = highestRate(switchesAlone, times);
  const withoutPlaces = { ...times, modelCalls: Number.MAX_SAFE_INTEGER };
  const day = footprint(scaling, workloadOf(mix), MIX.callsOfConversation);
  const { MAX_MODEL_CALLS, NOTIFICATION_STREAMS } = DEFAULTS;
  const together = figureOf(bench, 'audit', 'switches per second that api and worker sustain').value;
  return {
    readsOfApi: number(ours(bench, 'reads', 'conversations/{id}/model: requests per second, 64 clients')),
    wholeOfApi: number(ours(bench, 'chat', 'whole: requests per second, 64 clients')),
    streamsOfApi: number(ours(bench, 'chat', 'stream: requests per second, 64 clients')),
    mixOfApi: number(mix),
    limitOfMix: limitAt(workloadOf(mix * 1.1), sources),
    mixWithoutPlaces: number(highestRate((calls) => workloadOf(calls), withoutPlaces)),
    modelCalls: number(MAX_MODEL_CALLS),
    memoryWith2000: number(memoryWith(STREAMS_OF_BENCH, sources)),
    notificationStreams: number(NOTIFICATION_STREAMS),
    memoryWithAll: number(memoryWith(NOTIFICATION_STREAMS, sources)),
    switchesWithoutWorker: number(ours(bench, 'switches', 'switches per second, 16 clients')),
    switchesTogether: number(together),
    switchesOfEach: number(switches),
    limitOfSwitches: limitAt(switchesAlone(switches * 1.1), sources),
    drained: number(figureOf(bench, 'audit', BACKLOG).from!.drained!),
    callsOfWorker: ofCore(demands.call.worker),
    callsOfPostgres: ofCore(demands.call.postgres),
    switchesOfPostgres: ofCore(demands.switch.postgres),
    switchesOfRedis: ofCore(demands.switch.redis),
    rowsOfDay: number(day.rowsOfDay),
    bytesOfDay: bytes(day.bytesOfDay),
    target: `${TARGET.utilisation * 100} %`,
    waitedMs: milliseconds(TARGET.waitedMs),
  };
}
