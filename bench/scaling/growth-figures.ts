import type { Report } from '../report.js';
import { memoryWith } from './capacity-figures.js';
import { bytesOf } from './footprint.js';
import type { Sources } from './mix.js';
import { bytes, milliseconds, number } from './page-template.js';
import { DEFAULTS } from './service-times.js';

const KEYS_OF_SWITCHES = ':switching.record-switch:';

export function growthFigures(sources: Sources): Record<string, string> {
  const { bench, scaling, times } = sources;
  const { followers, redis, retention } = scaling;
  const { call, switch: ofSwitch, useCaseSwitch } = scaling.demands;
  const [few, many] = [followers[0]!, followers.at(-1)!];
  const jobs = redis.keys.filter(({ kind }) => kind.includes(KEYS_OF_SWITCHES));
  const page = slowestPage(bench);
  return {
    callBytes: bytes(bytesOf(scaling, 'call')),
    switchBytes: bytes(bytesOf(scaling, 'switch')),
    conversationBytes: bytes(bytesOf(scaling, 'conversation')),
    callDays: String(retention.model_invocations),
    notificationDays: String(retention.notifications),
    walOfCall: bytes(call.walBytes),
    walOfSwitch: bytes(ofSwitch.walBytes),
    walOfUseCaseSwitch: bytes(useCaseSwitch.walBytes),
    commitsOfCall: number(call.commits),
    commitsOfSwitch: number(ofSwitch.commits),
    postgresOfCall: number(call.postgres),
    postgresOfSwitch: number(ofSwitch.postgres),
    eventMicros: number(times.eventMicros),
    fewFollowers: few.followers.toLocaleString('en'),
    manyFollowers: many.followers.toLocaleString('en'),
    useCaseSwitchOfFew: milliseconds(few.p50Ms),
    useCaseSwitchOfMany: milliseconds(many.p50Ms),
    dryRunOfMany: milliseconds(many.dryRunMs),
    memoryOfApi: number(memoryWith(0, sources)),
    memoryOfStream: bytes((memoryWith(1, sources) - memoryWith(0, sources)) * 2 ** 20),
    redisBytes: bytes(redis.usedBytes),
    redisPeakBytes: bytes(redis.peakBytes),
    jobKeys: number(jobs.reduce((sum, { keys }) => sum + keys, 0)),
    jobBytes: bytes(jobs.reduce((sum, each) => sum + each.bytes, 0)),
    breakerBytes: bytes(redis.openBreakerBytes),
    redisOfCall: number(call.redisCommands),
    redisOfSwitch: number(ofSwitch.redisCommands),
    poolSize: String(DEFAULTS.DATABASE_POOL_SIZE),
    pageMs: milliseconds(page.ms),
    pageRows: number(page.rows),
    filled: number(scaling.filled),
  };
}

function slowestPage({ measures }: Report): { ms: number; rows: number } {
  const pages = measures.find(({ name }) => name === 'pages')!.figures.filter(({ unit }) => unit === 'ms');
  const slowest = pages.reduce((one, other) => (one.value >= other.value ? one : other));
  return { ms: slowest.value, rows: slowest.from!.rows! };
}
