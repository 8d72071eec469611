import { quantile } from '../measure.js';
import { GroupCommit, Places, Station } from './stations.js';
import { Timeline } from './timeline.js';

/** Parts of an installation that are multiplied; each has one core. */
export const PARTS = ['api', 'worker', 'postgres', 'redis'] as const;
export type Part = (typeof PARTS)[number];
export type Parts = Record<Part, number>;

/** Time of a request on a core of each part, in µs. */
export type Demand = Record<Part, number>;

export const KINDS = ['read', 'call', 'switch', 'useCaseSwitch'] as const;
type Kind = (typeof KINDS)[number];

/** The measured figures that the simulation runs on. */
export interface ServiceTimes {
  demands: Record<Kind, Demand>;
  /** Of the api for each event of a stream, in µs. */
  eventMicros: number;
  /** Of the disk, for all commits that wait for it. */
  flushMs: number;
  /** Calls of models that an instance has under way at most. */
  modelCalls: number;
  /** Connections of an instance. */
  poolSize: number;
}

/** Requests of a second, and what a call is like. */
export interface Workload {
  calls: number;
  switches: number;
  useCaseSwitches: number;
  reads: number;
  /** From the first event of a stream to its last. */
  streamSeconds: number;
  eventsPerStream: number;
}

export interface Simulated {
  /** Work that arrived at each part / work that it can do. */
  utilisation: Parts;
  /** Share of the calls that found no place. */
  refused: number;
  /** Time that requests waited for others, beside their own work, their flush and the model. */
  waitedMs: { p50: number; p99: number };
  commitsPerFlush: number;
}

/** Time that is counted, after the time that streams need until as many end as begin. */
const COUNTED_SECONDS = 5;
const SETTLING_SECONDS = 1;
/** Events of a stream are processed in so many pieces: one by one would take longer and change little. */
const PIECES_OF_STREAM = 5;

type Step = (next: () => void) => void;

/** Simulates an installation. The same input has the same result, on every machine. */
export const simulate = (workload: Workload, parts: Parts, times: ServiceTimes): Simulated =>
  new Simulation(workload, parts, times).run();

class Simulation {
  private readonly timeline = new Timeline();
  private readonly apis: { core: Station; pool: Places; modelCalls: Places }[];
  private readonly others: Record<Exclude<Part, 'api'>, Station>;
  private readonly disk: GroupCommit;
  private readonly dice = seededRandom();
  private readonly waited: number[] = [];
  private readonly calls = { arrived: 0, refused: 0 };
  private requests = 0;
  private readonly settledMs: number;

  constructor(
    private readonly workload: Workload,
    private readonly parts: Parts,
    private readonly times: ServiceTimes,
  ) {
    const station = (servers: number) => new Station(this.timeline, servers);
    this.apis = Array.from({ length: parts.api }, () => ({
      core: station(1),
      pool: new Places(times.poolSize),
      modelCalls: new Places(times.modelCalls),
    }));
    const { worker, postgres, redis } = parts;
    this.others = { worker: station(worker), postgres: station(postgres), redis: station(redis) };
    this.disk = new GroupCommit(this.timeline, times.flushMs);
    this.settledMs = (workload.streamSeconds + SETTLING_SECONDS) * 1_000;
  }

  run(): Simulated {
    const { calls, switches, useCaseSwitches, reads } = this.workload;
    this.arrive(calls, () => this.call());
    this.arrive(switches, () => this.change('switch'));
    this.arrive(useCaseSwitches, () => this.change('useCaseSwitch'));
    this.arrive(reads, () => this.read());
    this.timeline.runUntil(this.settledMs);
    const before = this.offered();
    this.timeline.runUntil(this.settledMs + COUNTED_SECONDS * 1_000);
    const after = this.offered();
    const share = (part: Part) => (after[part] - before[part]) / (COUNTED_SECONDS * 1_000 * this.parts[part]);
    const { flushes, commits } = this.disk.counts;
    return {
      utilisation: byPart(share),
      refused: this.calls.refused / Math.max(1, this.calls.arrived),
      waitedMs: { p50: quantile(this.waited, 0.5) || 0, p99: quantile(this.waited, 0.99) || 0 },
      commitsPerFlush: commits / Math.max(1, flushes),
    };
  }

  /** Requests come independently of each other, so many a second. */
  private arrive(perSecond: number, begin: () => void): void {
    if (perSecond <= 0) return;
    this.timeline.after(this.random(1_000 / perSecond), () => {
      begin();
      this.arrive(perSecond, begin);
    });
  }

  private read(): void {
    const { api, redis } = this.times.demands.read;
    this.request([...this.cpu(this.instance().core, api), ...this.cpu(this.others.redis, redis)], []);
  }

  /** A call of a model: before it and after it the api works, and its row is committed before it is answered. */
  private call(): void {
    const instance = this.instance();
    if (this.isCounted()) this.calls.arrived += 1;
    if (!instance.modelCalls.takeNow()) {
      if (this.isCounted()) this.calls.refused += 1;
      return;
    }
    const demand = this.times.demands.call;
    const { eventsPerStream, streamSeconds } = this.workload;
    const piece = [
      this.pause((streamSeconds * 1_000) / PIECES_OF_STREAM),
      ...this.cpu(instance.core, (eventsPerStream * this.times.eventMicros) / PIECES_OF_STREAM),
    ];
    const stream = Array.from({ length: PIECES_OF_STREAM }, () => piece).flat();
    const ends: Step = (next) => {
      instance.modelCalls.giveBack();
      next();
    };
    const steps = [...this.cpu(instance.core, demand.api), ...stream, ...this.row(demand), ends];
    const ownMs =
      (demand.api + demand.postgres + eventsPerStream * this.times.eventMicros) / 1_000 +
      streamSeconds * 1_000;
    this.request(steps, this.afterwards(demand), ownMs + this.times.flushMs);
  }

  /** A switch keeps a connection of its instance until it is committed. */
  private change(kind: 'switch' | 'useCaseSwitch'): void {
    const { core, pool } = this.instance();
    const demand = this.times.demands[kind];
    const ends: Step = (next) => {
      pool.giveBack();
      next();
    };
    const steps = [
      ...this.cpu(core, demand.api),
      (next: () => void) => pool.take(next),
      ...this.row(demand),
      ends,
    ];
    this.request(steps, this.afterwards(demand), (demand.api + demand.postgres) / 1_000 + this.times.flushMs);
  }

  private row({ postgres }: Demand): Step[] {
    return [...this.cpu(this.others.postgres, postgres), (next) => this.disk.commit(next)];
  }

  /** Nobody waits for the worker, nor for the signals over Redis. */
  private afterwards({ worker, redis }: Demand): Step[] {
    return [...this.cpu(this.others.redis, redis), ...this.cpu(this.others.worker, worker)];
  }

  private request(steps: Step[], afterwards: Step[], ownMs = 0): void {
    const began = this.timeline.now;
    inOrder(steps, () => {
      if (this.isCounted()) this.waited.push(Math.max(0, this.timeline.now - began - ownMs));
      inOrder(afterwards, () => undefined);
    });
  }

  private readonly pause =
    (ms: number): Step =>
    (next) =>
      this.timeline.after(ms, next);

  private readonly cpu = (station: Station, micros: number): Step[] =>
    micros > 0 ? [(next) => station.serve(micros / 1_000, next)] : [];

  /** Requests are spread over the instances in order. */
  private instance() {
    return this.apis[this.requests++ % this.apis.length]!;
  }

  private isCounted(): boolean {
    return this.timeline.now >= this.settledMs;
  }

  private offered(): Parts {
    const { worker, postgres, redis } = this.others;
    const api = this.apis.reduce((sum, { core }) => sum + core.offeredMs, 0);
    return { api, worker: worker.offeredMs, postgres: postgres.offeredMs, redis: redis.offeredMs };
  }

  private random(mean: number): number {
    return -mean * Math.log(1 - this.dice());
  }
}

export const byPart = <T>(of: (part: Part) => T): Record<Part, T> =>
  Object.fromEntries(PARTS.map((part) => [part, of(part)])) as Record<Part, T>;

function inOrder(steps: readonly Step[], done: () => void, position = 0): void {
  const step = steps[position];
  if (step) step(() => inOrder(steps, done, position + 1));
  else done();
}

/** Mulberry32: numbers from 0 to 1, the same in each run. */
function seededRandom(): () => number {
  let state = 20_261_130;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
