import { stringify as toCsv } from 'csv-stringify/sync';
import { stringify as toYaml } from 'yaml';
import type { Format } from './render.js';

/** Spreadsheets run a cell that begins so. */
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^-?\d+(\.\d+)?$/;

/** Writes data for another program: YAML, or else JSON. */
export function writeData(data: unknown, format: Format): string {
  // Long lines stay whole: a reader cuts them, and a program need not join them.
  return format === 'yaml' ? toYaml(data, { lineWidth: 0 }).trimEnd() : JSON.stringify(data);
}

export function writeCsv(rows: readonly (readonly string[])[]): string {
  return toCsv(rows.map((row) => row.map(withoutFormula))).trimEnd();
}

const withoutFormula = (cell: string): string =>
  FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
