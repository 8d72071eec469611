import { spawnSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { canPin } from './cpu-pinning.js';
import { type Figure, type Measure, meetsThreshold, type Threshold, type Unit } from './measure.js';

/** The stored result of a run. */
export interface Report {
  date: string;
  quick: boolean;
  machine: Record<string, string | number | boolean>;
  measures: { name: string; title: string; against: string; figures: Figure[] }[];
}

export const machine = (): Report['machine'] => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  pinned: canPin,
  node: process.version,
  redis: versionOf('redis-server', '--version'),
});

const versionOf = (command: string, argument: string): string =>
  /\d+\.\d+[.\d]*/.exec(spawnSync(command, [argument], { encoding: 'utf8' }).stdout ?? '')?.[0] ??
  'not installed';

const DIGITS: Record<Unit, number> = {
  ratio: 2,
  ms: 1,
  MB: 0,
  'per second': 0,
  µs: 0,
  'µs of CPU': 0,
  calls: 0,
  elements: 0,
  kB: 0,
};

const formatted = ({ value, unit }: Pick<Figure, 'value' | 'unit'>): string => {
  const number = value.toFixed(DIGITS[unit]);
  if (unit === 'ratio') return `${number} ×`;
  return `${number} ${unit}`;
};

const barOf = ({ atLeast, atMost }: Threshold, unit: Unit): string => {
  if (atLeast !== undefined) return `≥ ${formatted({ value: atLeast, unit })}`;
  return atMost === undefined ? '–' : `≤ ${formatted({ value: atMost, unit })}`;
};

export function lineOf(figure: Figure): string {
  const from = Object.entries(figure.from ?? {}).map(
    ([name, value]) => `${name} ${Number(value.toPrecision(4))}`,
  );
  return `  ${verdictOf(figure, ['✓', '✗', ' '])} ${figure.what}: ${formatted(figure)} (bar ${barOf(figure, figure.unit)})${from.length > 0 ? `  [${from.join(', ')}]` : ''}`;
}

/** For docs/performance.md. */
export const tableOf = ({ measures }: Report): string =>
  measures
    .map(({ title, against, figures }) =>
      [
        `### ${title}\n\nBeside ${against}.\n`,
        '| figure | measured | from turn to turn | bar | holds |',
        '| --- | --- | --- | --- | --- |',
        ...figures.map(rowOf),
      ].join('\n'),
    )
    .join('\n\n');

function rowOf(figure: Figure): string {
  const { least, most } = figure.from ?? {};
  const spread = least === undefined ? '' : `${least.toFixed(2)} to ${most!.toFixed(2)}`;
  const cells = [
    figure.what,
    formatted(figure),
    spread,
    barOf(figure, figure.unit),
    verdictOf(figure, ['yes', '**no**', '']),
  ];
  return `| ${cells.join(' | ')} |`;
}

function verdictOf(figure: Figure, [yes, no, noBar]: [yes: string, no: string, noBar: string]): string {
  if (figure.atLeast === undefined && figure.atMost === undefined) return noBar;
  return meetsThreshold(figure) ? yes : no;
}

export const start = ({ title, against }: Measure): string => `\n${title}\n  against ${against}`;
