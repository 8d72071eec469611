import type { BenchEnvironment } from './bench-environment.js';

export type Unit = 'ratio' | 'ms' | 'MB' | 'per second' | 'µs' | 'µs of CPU' | 'calls' | 'elements' | 'kB';

/** Bounds of a figure. Without either it is for information only. */
export interface Threshold {
  atLeast?: number;
  atMost?: number;
}

/** One line of the result. */
export interface Figure extends Threshold {
  what: string;
  value: number;
  unit: Unit;
  /** The values that it was computed from, for information: ours, theirs, spread. */
  from?: Record<string, number>;
}

/** One thing that is measured. */
export interface Measure {
  /** For `--only`. */
  name: string;
  title: string;
  /** The baseline, in words. */
  against: string;
  /** Yields each figure as soon as it is known. */
  run(ground: BenchEnvironment): AsyncIterable<Figure>;
}

export const meetsThreshold = ({ value, atLeast, atMost }: Figure): boolean =>
  !Number.isNaN(value) &&
  (atLeast === undefined || value >= atLeast) &&
  (atMost === undefined || value <= atMost);

/** @returns NaN of nothing */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The two values of a comparison, measured alternately, so that a machine that becomes slower does so for both. */
export interface Turn<T> {
  ours: T;
  theirs: T;
}

/** The first turn warms up and does not count. */
export async function interleave<T>(
  turns: number,
  ours: () => Promise<T>,
  theirs: () => Promise<T>,
): Promise<Turn<T>[]> {
  const results: Turn<T>[] = [];
  for (let turn = 0; turn <= turns; turn += 1) {
    const result = turn % 2 === 0 ? { ours: await ours(), theirs: await theirs() } : undefined;
    results.push(result ?? (await inverted(ours, theirs)));
  }
  return results.slice(1);
}

async function inverted<T>(ours: () => Promise<T>, theirs: () => Promise<T>): Promise<Turn<T>> {
  const first = await theirs();
  return { theirs: first, ours: await ours() };
}

interface Ratio {
  value: number;
  unit: 'ratio';
  from: Record<string, number>;
}

/** The median of the ratios of each turn, with what they were made from. */
export function ratioOf(turns: Turn<number>[]): Ratio {
  const ratios = turns.map(({ ours, theirs }) => ours / theirs);
  return {
    value: median(ratios),
    unit: 'ratio',
    from: {
      ours: median(turns.map(({ ours }) => ours)),
      theirs: median(turns.map(({ theirs }) => theirs)),
      least: Math.min(...ratios),
      most: Math.max(...ratios),
      turns: turns.length,
    },
  };
}

/** Theirs / ours. */
export const inverse = ({ value, unit, from }: Ratio): Ratio => ({
  value: 1 / value,
  unit,
  from: { ...from, least: 1 / from.most!, most: 1 / from.least! },
});
