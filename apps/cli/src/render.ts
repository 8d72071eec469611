import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';
import { stripControlChars } from './output.js';

export const FORMATS = ['table', 'wide', 'json', 'yaml', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

/** Place that a screen is shown on, and how. */
export interface Page {
  readonly program: string;
  /** Arguments of the program. */
  readonly args: readonly string[];
  readonly columns: number | undefined;
  readonly colour: boolean;
  readonly now: Date;
  readonly format: Format;
  /** Tables have a line of heads, and text around them. */
  readonly headers: boolean;
  /** IANA name of the zone that times are shown in. */
  readonly timeZone: string;
}

export interface Column<Row> {
  readonly head: string | ((page: Page) => string);
  readonly cell: (row: Row, page: Page) => string;
  /** For programs, where a cell is for people; `cell` by default. */
  readonly value?: (row: Row) => string;
  /** On a narrow terminal the column with the highest number is hidden first; without one it stays. */
  readonly dropOrder?: number;
  /** The column that `--quiet` shows; the first by default. */
  readonly isKey?: true;
}

/** Rows of any kind with their columns. */
export interface Grid {
  readonly text: (page: Page) => string;
  /** A line of heads, if the page wants it, and all columns of each row. */
  readonly values: (page: Page) => string[][];
  /** The key of each row. */
  readonly keys: (page: Page) => string[];
}

export function grid<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Grid {
  const key = columns.find(({ isKey }) => isKey) ?? columns[0];
  return {
    text: (page) => table(page, columns, rows),
    keys: (page) => rows.map((row) => key?.cell(row, page) ?? ''),
    values: (page) => [
      // Values have exact times of UTC, whatever cells show.
      ...(page.headers ? [columns.map((column) => headOf(column, { ...page, timeZone: 'UTC' }))] : []),
      ...rows.map((row) => columns.map(({ cell, value }) => (value ? value(row) : cell(row, page)))),
    ],
  };
}

const EDGES = ['top', 'mid', 'bottom'].flatMap((edge) =>
  ['', '-mid', '-left', '-right'].map((end) => edge + end),
);
const NO_LINES = Object.fromEntries(
  [...EDGES, 'left', 'left-mid', 'mid-mid', 'right', 'right-mid'].map((c) => [c, '']),
);

/** Draws all columns that fit, and names those that do not. */
export function table<Row>(page: Page, columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const hidden = new Set<Column<Row>>();
  for (;;) {
    const shown = columns.filter((column) => !hidden.has(column));
    const drawn = draw(page, shown, rows);
    const last = shown.reduce((max, { dropOrder = 0 }) => Math.max(max, dropOrder), 0);
    if (last === 0 || page.format === 'wide' || drawn.width <= (page.columns ?? Number.POSITIVE_INFINITY))
      return [
        drawn.text,
        ...hiddenColumns(
          page,
          [...columns].filter((column) => hidden.has(column)),
        ),
      ].join('\n\n');
    for (const column of shown) if (column.dropOrder === last) hidden.add(column);
  }
}

function hiddenColumns<Row>(page: Page, hidden: readonly Column<Row>[]): string[] {
  if (hidden.length === 0) return [];
  const heads = hidden.map((column) => headOf(column, page)).join(', ');
  const line = `${counted(hidden.length, 'column')} hidden: ${heads} (-o wide)`;
  return [line.replace(new RegExp(`(.{1,${page.columns}})(?: |$)`, 'g'), '$1\n').trimEnd()];
}

const headOf = <Row>({ head }: Column<Row>, page: Page) => (typeof head === 'string' ? head : head(page));

function draw<Row>(page: Page, columns: readonly Column<Row>[], rows: readonly Row[]) {
  const heads = columns.map((column) => headOf(column, page));
  const grid = new Table({
    head: page.headers ? heads.map((head) => (page.colour ? `\u001b[1m${head}\u001b[22m` : head)) : [],
    chars: { ...NO_LINES, middle: '  ' },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
  });
  grid.push(...rows.map((row) => columns.map((column) => stripControlChars(column.cell(row, page)))));
  const text = grid.toString().replace(/ +$/gm, '');
  const lines = stripVTControlCharacters(text).split('\n');
  return { text, width: Math.max(...lines.map((line) => line.length)) };
}

/** A column of times, whose head names the zone. */
export function timeColumn<Row>(
  name: string,
  timeOf: (row: Row) => string | null | undefined,
  { none = '-', dropOrder }: { none?: string; dropOrder?: number } = {},
): Column<Row> {
  return {
    head: ({ timeZone }) => `${name} (${timeZone === 'UTC' ? 'UTC' : 'local'})`,
    cell: (row, page) => {
      const iso = timeOf(row);
      return iso ? clockTime(iso, page.timeZone) : none;
    },
    value: (row) => timeOf(row) ?? '',
    dropOrder,
  };
}

/** Lines of `label: value`; a value that is not known has no line. */
export function facts(pairs: readonly (readonly [string, string | null | undefined])[]): string[] {
  const known = pairs.filter((pair): pair is readonly [string, string] => Boolean(pair[1]));
  const width = Math.max(0, ...known.map(([label]) => label.length + 1));
  return known.map(([label, value]) => `   ${`${label}:`.padEnd(width)} ${stripControlChars(value)}`);
}

/** Exact, without the zeros at its end. */
export function shownDecimal(amount: string | number): string {
  return String(amount)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}

export const counted = (count: number, noun: string, plural = `${noun}s`) =>
  `${count} ${count === 1 ? noun : plural}`;

/** `2026-01-15 09:30 UTC`, or `2026-01-15 10:30 +01:00` in another zone. */
export function shownTime(iso: string, { timeZone }: Pick<Page, 'timeZone'>): string {
  const time = clockTime(iso, timeZone);
  if (time === iso) return iso;
  return `${time} ${timeZone === 'UTC' ? 'UTC' : offsetOf(iso, timeZone)}`;
}

export const timeOr = (iso: string | null | undefined, otherwise: string, page: Page): string =>
  iso ? shownTime(iso, page) : otherwise;

function clockTime(iso: string, timeZone: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  // Sweden writes dates and times as ISO 8601 does.
  const form = { dateStyle: 'short', timeStyle: 'short', timeZone } as const;
  return new Intl.DateTimeFormat('sv-SE', form).format(time);
}

function offsetOf(iso: string, timeZone: string): string {
  const form = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const name = form.formatToParts(new Date(iso)).find(({ type }) => type === 'timeZoneName')?.value;
  return name?.replace('GMT', '') || '+00:00';
}
