/** null: not known; the cell stays empty. */
export type Cell = string | number | null;

/** Also behind blanks, and in full width, as spreadsheets read it. */
const LOOKS_LIKE_FORMULA = /^(\s*[=+\-@＝＋－＠]|[\t\r\n])/;
const NUMBER = /^-?\d+(\.\d+)?$/;

/** RFC 4180. A cell that a spreadsheet would run as a formula is disarmed, as in the exports of the api. */
export const csvOf = (head: string[], rows: Cell[][]): string =>
  [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');

function cell(value: Cell): string {
  const text = String(value ?? '');
  const safe = LOOKS_LIKE_FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Downloads a file in the browser. */
export function saveFile(name: string, ...parts: BlobPart[]): void {
  const url = URL.createObjectURL(new Blob(parts, { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
