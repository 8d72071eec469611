import { setTimeout as delay } from 'node:timers/promises';
import type { BenchEnvironment } from './bench-environment.js';
import type { ChatScenario } from './chat-scenario.js';
import { cpuTimeOf } from './cpu-pinning.js';
import { type Request, throughput } from './load/closed-loop.js';
import { latenciesAt } from './load/fixed-rate.js';
import {
  type Figure,
  interleave,
  inverse,
  median,
  quantile,
  ratioOf,
  type Threshold,
  type Turn,
} from './measure.js';

const CLIENTS = [1, 16, 64];
/** Of what the slower of both can do: busy, and far from what it cannot. */
const BUSY = 0.5;
/** Requests per second at which nobody waits for another. */
const LIGHT = 40;
/** Between two events of a fast model, and such that 64 such streams keep nobody busy. */
const PACE_MS = 10;
/** Until a model begins to answer, as a real one does, and calls per second that never meet then. */
const MODEL_MS = 200;
const ONE_BY_ONE = 4;
const WARM_UP = { clients: 32, seconds: 3, sleeps: true };

/** Calls of our api that are compared, and their bars against Portkey. */
export interface ComparedKind {
  name: string;
  stream: boolean;
  ours: Request;
  bars: {
    /** By the number of clients. */
    perSecond: Record<number, Threshold>;
    /** Theirs / ours. */
    cpu?: Threshold;
    added?: Threshold;
    addedLight?: Threshold;
    /** Milliseconds that one client waits longer for a model that takes its time. */
    addedByOne?: Threshold;
  };
  /** True: the SDK by itself is measured, too. */
  withSdk?: boolean;
}

export interface ComparisonSetup {
  stage: ChatScenario;
  ground: BenchEnvironment;
  tally: { answered: number };
}

interface Busy {
  perSecond: number;
  /** Microseconds of the gateway, of the upstream and so on, a call. */
  cpu: number;
  upstreamCpu: number;
}
interface Late {
  p50: number;
  p99: number;
}

/** Compares one kind of calls of our api with Portkey, alternately. */
export class GatewayComparison {
  private readonly stream: boolean;
  private readonly seconds: number;
  private readonly stage: ChatScenario;

  constructor(
    private readonly kind: ComparedKind,
    private readonly on: ComparisonSetup,
  ) {
    this.stage = on.stage;
    this.stream = kind.stream;
    // There are many turns: in a quick run each is short.
    this.seconds = on.ground.quick ? 1 : on.ground.seconds;
  }

  /** Brings both programs to their full speed. */
  async warmUp(): Promise<void> {
    const perSecond = await throughput(this.kind.ours, WARM_UP);
    this.on.tally.answered += Math.floor(perSecond * WARM_UP.seconds);
    await throughput(this.stage.theirs(this.stream), WARM_UP);
  }

  async *run(): AsyncIterable<Figure> {
    let slowest = 0;
    for (const clients of CLIENTS) {
      const turns = await this.busyTurns(clients);
      const perSecond = ratioOf(turns.map(of('perSecond')));
      const what = `${this.kind.name}: requests per second, ${clients} ${clients === 1 ? 'client' : 'clients'}`;
      yield { what, ...perSecond, ...this.kind.bars.perSecond[clients] };
      slowest = Math.min(perSecond.from.ours!, perSecond.from.theirs!);
      if (clients === 16) yield* this.costs(turns);
      if (clients < 64 && this.kind.withSdk) yield await this.sdkAlone(clients);
    }
    yield* this.added(Math.floor(slowest * BUSY), this.kind.bars.added);
    yield* this.quiet();
  }

  /** Compares calls of which none meets another. */
  private async *quiet(): AsyncIterable<Figure> {
    if (this.kind.bars.addedByOne) yield await this.addedByOne(this.kind.bars.addedByOne);
    if (this.on.ground.quick) return;
    yield* this.added(LIGHT, this.kind.bars.addedLight);
    if (this.stream) yield await this.oneByOne();
  }

  /** Costs of a stream whose events come at the pace of a fast model: then there is nothing to batch. */
  private async oneByOne(): Promise<Figure> {
    this.stage.pace(PACE_MS);
    const cpu = inverse(ratioOf((await this.busyTurns(64)).map(of('cpu'))));
    this.stage.pace(0);
    return {
      what: `${this.kind.name}: CPU per call with ${PACE_MS} ms between events, theirs / ours`,
      ...cpu,
    };
  }

  private busyTurns(clients: number): Promise<Turn<Busy>[]> {
    const { stage } = this;
    return interleave(
      this.on.ground.turns,
      () => this.busy(this.kind.ours, { pid: stage.api.pid, clients, counts: true }),
      () => this.busy(stage.theirs(this.stream), { pid: stage.portkeyPid, clients }),
    );
  }

  private async busy(
    request: Request,
    { pid, clients, counts }: { pid: number; clients: number; counts?: boolean },
  ): Promise<Busy> {
    const { stage, seconds } = this;
    const before = [pid, stage.upstream.pid!].map(cpuTimeOf);
    const perSecond = await throughput(request, { clients, seconds, sleeps: true });
    const calls = perSecond * seconds;
    if (counts) this.on.tally.answered += Math.floor(calls);
    const [cpu, upstreamCpu] = [pid, stage.upstream.pid!].map(
      (one, index) => ((cpuTimeOf(one) - before[index]!) * 1000) / calls,
    );
    return { perSecond, cpu: cpu!, upstreamCpu: upstreamCpu! };
  }

  /** CPU time of a call. */
  private *costs(turns: Turn<Busy>[]): Iterable<Figure> {
    const cpu = inverse(ratioOf(turns.map(of('cpu'))));
    yield { what: `${this.kind.name}: CPU per call, theirs / ours`, ...cpu, ...this.kind.bars.cpu };
    const upstream = quantile(
      turns.map(({ ours }) => ours.upstreamCpu),
      0.5,
    );
    yield { what: `${this.kind.name}: of the upstream`, value: upstream, unit: 'µs of CPU' };
  }

  private async sdkAlone(clients: number): Promise<Figure> {
    const { stage, stream, seconds } = this;
    const { turns } = this.on.ground;
    const alone: number[] = [];
    const before = cpuTimeOf(stage.sdkPid);
    for (let turn = 0; turn < turns; turn += 1)
      alone.push((await stage.sdk<{ perSecond: number }>({ stream, seconds, load: { clients } })).perSecond);
    const total = alone.reduce((sum, perSecond) => sum + perSecond * seconds, 0);
    const value = quantile(alone, 0.5);
    const from = { cpuMicros: ((cpuTimeOf(stage.sdkPid) - before) * 1000) / total };
    return {
      what: `${this.kind.name}: calls of the SDK by itself, ${clients} concurrent`,
      value,
      unit: 'per second',
      from,
    };
  }

  /** How much later the answers to one client come than where it asks the SDK itself, over a model that takes its time. */
  private async addedByOne(bar: Threshold): Promise<Figure> {
    const { stage, stream } = this;
    // There are few calls a second: a turn is long enough for a median.
    const { seconds, turns } = this.on.ground;
    const load = { perSecond: ONE_BY_ONE, seconds, clients: 1, sleeps: true };
    stage.delayAnswers(MODEL_MS);
    const ours = async () => {
      const late = await latenciesAt(this.kind.ours, load);
      this.on.tally.answered += load.perSecond * load.seconds + load.clients;
      return late.p50;
    };
    const direct = async () =>
      (await stage.sdk<Late>({ stream, seconds, load: { perSecond: ONE_BY_ONE } })).p50;
    const compared = await interleave(turns, ours, direct);
    stage.delayAnswers(0);
    const added = compared.map(({ ours, theirs }) => ours - theirs);
    return {
      what: `${this.kind.name}: added p50 by one client, over a model that takes ${MODEL_MS} ms`,
      value: median(added),
      unit: 'ms',
      from: { least: Math.min(...added), most: Math.max(...added), turns },
      ...bar,
    };
  }

  /** How much later an answer comes than where a program asks the SDK itself. */
  private async *added(perSecond: number, bar: Threshold = {}): AsyncIterable<Figure> {
    const { stage, stream, seconds } = this;
    const load = { perSecond, seconds, clients: 64, sleeps: true };
    const direct: Late[] = [];
    const paced = async (request: Request): Promise<Late> => {
      await delay(200);
      return latenciesAt(request, load);
    };
    const ours = async () => {
      direct.push(await stage.sdk<Late>({ stream, seconds, load: { perSecond } }));
      const late = await paced(this.kind.ours);
      this.on.tally.answered += load.perSecond * load.seconds + load.clients;
      return late;
    };
    const turns = await interleave(this.on.ground.turns, ours, () => paced(stage.theirs(stream)));
    for (const name of ['p50', 'p99'] as const) {
      const base = quantile(
        direct.map((late) => late[name]),
        0.5,
      );
      const less = ({ ours, theirs }: Turn<number>) => ({ ours: ours - base, theirs: theirs - base });
      const ratio = ratioOf(turns.map(of(name)).map(less));
      yield {
        what: `${this.kind.name}: added ${name} at ${perSecond} requests per second`,
        ...ratio,
        from: { ...ratio.from, direct: base },
        ...bar,
      };
    }
  }
}

const of =
  <Name extends string>(name: Name) =>
  ({ ours, theirs }: Turn<Record<Name, number>>): Turn<number> => ({
    ours: ours[name],
    theirs: theirs[name],
  });
