import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';
import { plain } from './output.js';

/** Place that a screen is shown on. */
export interface Page {
  readonly program: string;
  /** Arguments of the program. */
  readonly args: readonly string[];
  readonly columns: number | undefined;
  readonly colour: boolean;
  readonly now: Date;
}

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => string;
  /** On a narrow terminal the column with the highest number goes first; without one it stays. */
  readonly dropOrder?: number;
}

const EDGES = ['top', 'mid', 'bottom'].flatMap((edge) =>
  ['', '-mid', '-left', '-right'].map((end) => edge + end),
);
const NO_LINES = Object.fromEntries(
  [...EDGES, 'left', 'left-mid', 'mid-mid', 'right', 'right-mid'].map((c) => [c, '']),
);

export function table<Row>(page: Page, columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const drawn = draw(page, columns, rows);
  const droppable = columns.filter((column) => column.dropOrder !== undefined);
  if (page.columns === undefined || drawn.width <= page.columns || droppable.length === 0) return drawn.text;
  const last = Math.max(...droppable.map((column) => column.dropOrder!));
  const rest = columns.filter((column) => column.dropOrder !== last);
  return table(page, rest, rows);
}

function draw<Row>(page: Page, columns: readonly Column<Row>[], rows: readonly Row[]) {
  const grid = new Table({
    head: columns.map(({ head }) => (page.colour ? `\u001b[1m${head}\u001b[22m` : head)),
    chars: { ...NO_LINES, middle: '  ' },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
  });
  grid.push(...rows.map((row) => columns.map((column) => plain(column.cell(row)))));
  const text = grid.toString().replace(/ +$/gm, '');
  const lines = stripVTControlCharacters(text).split('\n');
  return { text, width: Math.max(...lines.map((line) => line.length)) };
}

/** Lines of `label: value`; a value that is not known has no line. */
export function facts(pairs: readonly (readonly [string, string | null | undefined])[]): string[] {
  const known = pairs.filter((pair): pair is readonly [string, string] => Boolean(pair[1]));
  const width = Math.max(0, ...known.map(([label]) => label.length + 1));
  return known.map(([label, value]) => `   ${`${label}:`.padEnd(width)} ${plain(value)}`);
}

/** Exact, without the zeros at its end. */
export function shownDecimal(amount: string | number): string {
  return String(amount)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}

export function shownTime(iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
