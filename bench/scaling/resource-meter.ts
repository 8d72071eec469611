import { setTimeout as delay } from 'node:timers/promises';
import type { BuiltProcess } from '../../test/support/processes.js';
import { descendantsOf } from '../../test/support/processes.js';
import { redisCommand } from '../../test/support/redis-under-test.js';
import type { BenchEnvironment, Deployment } from '../bench-environment.js';
import { cpuTimeOf } from '../cpu-pinning.js';
import type { MeasuredDemand } from './scaling-report.js';
import { byPart, type Demand, type Part } from './simulation.js';

const LOOK_MS = 100;
const IDLE_SECONDS = 10;
/** Everything that the worker still has to do. */
const WORK_WAITS = `SELECT EXISTS (SELECT FROM outbox) OR EXISTS (SELECT FROM invocations_to_roll_up)
  OR EXISTS (SELECT FROM audit_unsealed) OR EXISTS (SELECT FROM notifications WHERE seq IS NULL) AS waits`;

/** CPU in µs, and counters, since the processes started. */
interface Reading {
  at: number;
  cpu: Demand;
  postgresByPid: Map<number, number>;
  commits: number;
  walBytes: number;
  redisCommands: number;
}

/** Measures what requests take of api, worker, PostgreSQL and Redis, until the worker has nothing more to do. */
export class ResourceMeter {
  private idle: Demand = { api: 0, worker: 0, postgres: 0, redis: 0 };

  private constructor(
    private readonly stage: Deployment,
    private readonly processes: { api: BuiltProcess; worker: BuiltProcess; postmaster: number },
  ) {}

  static async of(
    stage: Deployment,
    ground: BenchEnvironment,
    processes: { api: BuiltProcess; worker: BuiltProcess },
  ): Promise<ResourceMeter> {
    const file = await ground.postgres.asAdmin((admin) =>
      admin.query(`SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int AS pid`),
    );
    return new ResourceMeter(stage, { ...processes, postmaster: file.rows[0].pid });
  }

  /** @returns µs of CPU of a second without requests, which no request is charged with from now on */
  async measureIdle(): Promise<Demand> {
    await this.settled();
    const before = await this.read();
    await delay(IDLE_SECONDS * 1_000);
    const after = await this.read();
    this.idle = byPart((part) => cpuBetween(before, after, part) / IDLE_SECONDS);
    return this.idle;
  }

  /** @param send resolves with the number of requests that were answered */
  async measure(send: () => Promise<number>): Promise<MeasuredDemand> {
    await this.settled();
    const before = await this.read();
    const requests = await send();
    await this.settled();
    const after = await this.read();
    const seconds = (after.at - before.at) / 1_000;
    const cpu = byPart((part) => cpuBetween(before, after, part) - this.idle[part] * seconds);
    const each = (total: number) => Math.max(0, total) / requests;
    return {
      ...byPart((part) => each(cpu[part])),
      requests,
      commits: each(after.commits - before.commits),
      walBytes: each(after.walBytes - before.walBytes),
      redisCommands: each(after.redisCommands - before.redisCommands),
    };
  }

  async settled(): Promise<void> {
    while ((await this.stage.sql<{ waits: boolean }>(WORK_WAITS))[0]!.waits) await delay(LOOK_MS);
  }

  private async read(): Promise<Reading> {
    const [row] = await this.stage.sql<{ commits: number; wal: number }>(
      `SELECT xact_commit::float8 AS commits, (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::float8 AS wal
       FROM pg_stat_database WHERE datname = current_database()`,
    );
    const { api, worker, postmaster } = this.processes;
    const postgresByPid = new Map(
      [postmaster, ...descendantsOf(postmaster)].map((pid) => [pid, cpuMicrosOf(pid)]),
    );
    const redis = await redisInfo(this.stage.redis.url);
    return {
      at: performance.now(),
      cpu: {
        api: cpuMicrosOf(api.pid),
        worker: cpuMicrosOf(worker.pid),
        postgres: 0,
        redis: (redis('used_cpu_user') + redis('used_cpu_sys')) * 1e6,
      },
      postgresByPid,
      commits: row!.commits,
      walBytes: row!.wal,
      redisCommands: redis('total_commands_processed'),
    };
  }
}

/** Numbers of INFO by their names. */
export async function redisInfo(url: string): Promise<(name: string) => number> {
  const info = String(await redisCommand(url, 'info'));
  return (name) => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)![1]);
}

/** Backends that have ended meanwhile are missing: those of the pools stay. */
function cpuBetween(before: Reading, after: Reading, part: Part): number {
  if (part !== 'postgres') return after.cpu[part] - before.cpu[part];
  const since = ([pid, micros]: [number, number]) => micros - (before.postgresByPid.get(pid) ?? 0);
  return [...after.postgresByPid].map(since).reduce((sum, micros) => sum + micros, 0);
}

/** 0 of a process that ended meanwhile. */
function cpuMicrosOf(pid: number): number {
  try {
    return cpuTimeOf(pid) * 1_000;
  } catch {
    return 0;
  }
}
