import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../../scripts/embedded/checkout.js';
import type { Report } from '../report.js';
import type { Demand, KINDS } from './simulation.js';

/** Resources of one request, with all that the worker does for it later. CPU in µs. */
export interface MeasuredDemand extends Demand {
  /** Requests that it was measured with. */
  requests: number;
  commits: number;
  walBytes: number;
  redisCommands: number;
}

/** A switch of a use case that so many conversations follow. */
export interface FollowersCost {
  followers: number;
  p50Ms: number;
  p99Ms: number;
  walBytes: number;
  /** Of a dry run, which counts the followers up to a million. */
  dryRunMs: number;
}

/** Bytes of a table, partitions included, and of its indexes. */
export interface TableSize {
  table: string;
  rows: number;
  tableBytes: number;
  indexBytes: number;
}

export interface RedisMemory {
  /** After the load. */
  usedBytes: number;
  peakBytes: number;
  keys: { kind: string; keys: number; bytes: number }[];
  openBreakerBytes: number;
}

/** The stored result of `npm run bench:scaling`. */
export interface ScalingReport {
  date: string;
  quick: boolean;
  machine: Report['machine'];
  /** CPU of a second without requests, which is not counted for any. */
  idle: Demand;
  demands: Record<(typeof KINDS)[number], MeasuredDemand>;
  followers: FollowersCost[];
  /** Number of switches, notifications and calls that the tables were filled with. */
  filled: number;
  tables: TableSize[];
  /** Days by table, the defaults. */
  retention: Record<'model_invocations' | 'notifications', number>;
  redis: RedisMemory;
}

const RESULTS = join(checkout, 'bench', 'results');
const SCALING = join(RESULTS, 'scaling.json');

export const readScalingReport = (): ScalingReport => JSON.parse(readFileSync(SCALING, 'utf8'));

export function keepScalingReport(report: ScalingReport): void {
  writeFileSync(SCALING, `${JSON.stringify(report, null, 2)}\n`);
}

/** The newest whole run of `npm run bench`, and its name. */
export function readBenchReport(): { file: string; report: Report } {
  const file = readdirSync(RESULTS)
    .filter((name) => /^\d{4}-\d\d-\d\d\.json$/.test(name))
    .sort()
    .at(-1)!;
  return { file, report: JSON.parse(readFileSync(join(RESULTS, file), 'utf8')) };
}
