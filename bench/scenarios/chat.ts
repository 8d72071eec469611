import { setTimeout as delay } from 'node:timers/promises';
import { PORTKEY } from '../baselines/portkey.js';
import type { BenchEnvironment } from '../bench-environment.js';
import { ChatScenario } from '../chat-scenario.js';
import { cpuTimeOf } from '../cpu-pinning.js';
import { type Request, throughput } from '../load/closed-loop.js';
import { latenciesAt } from '../load/fixed-rate.js';
import {
  type Figure,
  interleave,
  inverse,
  type Measure,
  quantile,
  ratioOf,
  type Threshold,
  type Turn,
} from '../measure.js';

const CLIENTS = [1, 16, 64];
/** Of what the slower of both can do: busy, and far from what it cannot. */
const BUSY = 0.5;
/** Requests per second at which nobody waits for another. */
const LIGHT = 40;
/** Between two events of a fast model, and such that 64 such streams keep nobody busy. */
const PACE_MS = 10;
const WARM_UP = { clients: 32, seconds: 3, sleeps: true };
const MODES = { whole: { atLeast: 1.5 }, stream: { atLeast: 1.3 } };

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

export const CHAT: Measure = {
  name: 'chat',
  title: 'POST /v1/chat, whole and as a stream of 50 deltas',
  against: `Portkey ${PORTKEY} with provider bedrock, and the AWS SDK by itself, over the same upstream`,
  async *run(ground) {
    const stage = await ChatScenario.open(ground);
    const tally = { answered: 0 };
    for (const stream of [false, true]) {
      const perSecond = await throughput(stage.ours(stream), WARM_UP);
      tally.answered += Math.floor(perSecond * WARM_UP.seconds);
      await throughput(stage.theirs(stream), WARM_UP);
    }
    for (const mode of ['whole', 'stream'] as const)
      yield* new Comparison(mode, { stage, ground, tally }).run();
    yield await stage.unrecorded(tally.answered);
    yield* stage.recorded();
    await stage.close();
  },
};

class Comparison {
  private readonly stream: boolean;
  private readonly seconds: number;
  private readonly stage: ChatScenario;

  constructor(
    private readonly mode: keyof typeof MODES,
    private readonly on: { stage: ChatScenario; ground: BenchEnvironment; tally: { answered: number } },
  ) {
    this.stage = on.stage;
    this.stream = mode === 'stream';
    // There are many turns: in a quick run each is short.
    this.seconds = on.ground.quick ? 1 : on.ground.seconds;
  }

  async *run(): AsyncIterable<Figure> {
    let slowest = 0;
    for (const clients of CLIENTS) {
      const turns = await this.busyTurns(clients);
      const perSecond = ratioOf(turns.map(of('perSecond')));
      const what = `${this.mode}: requests per second, ${clients} ${clients === 1 ? 'client' : 'clients'}`;
      yield { what, ...perSecond, ...MODES[this.mode] };
      slowest = Math.min(perSecond.from.ours!, perSecond.from.theirs!);
      if (clients === 16) yield* this.costs(turns);
      if (clients < 64) yield await this.sdkAlone(clients);
    }
    yield* this.added(Math.floor(slowest * BUSY), { atMost: 1 });
    if (this.on.ground.quick) return;
    yield* this.added(LIGHT);
    if (this.stream) yield await this.oneByOne();
  }

  /** Costs of a stream whose events come at the pace of a fast model: then there is nothing to batch. */
  private async oneByOne(): Promise<Figure> {
    this.stage.pace(PACE_MS);
    const cpu = inverse(ratioOf((await this.busyTurns(64)).map(of('cpu'))));
    this.stage.pace(0);
    return { what: `${this.mode}: CPU per call with ${PACE_MS} ms between events, theirs / ours`, ...cpu };
  }

  private busyTurns(clients: number): Promise<Turn<Busy>[]> {
    const { stage } = this;
    return interleave(
      this.on.ground.turns,
      () => this.busy(stage.ours(this.stream), { pid: stage.api.pid, clients, counts: true }),
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
    yield { what: `${this.mode}: CPU per call, theirs / ours`, ...cpu };
    const upstream = quantile(
      turns.map(({ ours }) => ours.upstreamCpu),
      0.5,
    );
    yield { what: `${this.mode}: of the upstream`, value: upstream, unit: 'µs of CPU' };
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
      what: `${this.mode}: calls of the SDK by itself, ${clients} concurrent`,
      value,
      unit: 'per second',
      from,
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
      const late = await paced(stage.ours(stream));
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
        what: `${this.mode}: added ${name} at ${perSecond} requests per second`,
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
