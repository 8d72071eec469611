import { spawnSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { canPin } from './cores.js';
import { type Bar, type Figure, holds, type Measure, type Unit } from './measure.js';

/** What is kept of a run. */
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
};

const formatted = ({ value, unit }: Pick<Figure, 'value' | 'unit'>): string => {
  const number = value.toFixed(DIGITS[unit]);
  if (unit === 'ratio') return `${number} ×`;
  return `${number} ${unit}`;
};

const barOf = ({ atLeast, atMost }: Bar, unit: Unit): string => {
  if (atLeast !== undefined) return `≥ ${formatted({ value: atLeast, unit })}`;
  return atMost === undefined ? '–' : `≤ ${formatted({ value: atMost, unit })}`;
};

export function lineOf(figure: Figure): string {
  const from = Object.entries(figure.from ?? {}).map(
    ([name, value]) => `${name} ${Number(value.toPrecision(4))}`,
  );
  const verdict =
    figure.atLeast === undefined && figure.atMost === undefined ? ' ' : holds(figure) ? '✓' : '✗';
  return `  ${verdict} ${figure.what}: ${formatted(figure)} (bar ${barOf(figure, figure.unit)})${from.length > 0 ? `  [${from.join(', ')}]` : ''}`;
}

/** For docs/performance.md. */
export function tableOf({ measures }: Report): string {
  const rows = measures.flatMap(({ title, against, figures }) =>
    figures.map((figure, index) => {
      const cells = [
        index === 0 ? `${title}; against ${against}` : '',
        figure.what,
        formatted(figure),
        barOf(figure, figure.unit),
      ];
      return `| ${cells.join(' | ')} | ${holds(figure) ? 'yes' : 'NO'} |`;
    }),
  );
  return ['| measure | figure | measured | bar | holds |', '| --- | --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}

export const start = ({ title, against }: Measure): string => `\n${title}\n  against ${against}`;
