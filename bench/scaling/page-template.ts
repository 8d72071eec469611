/** A table of a page. */
export interface Table {
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

export const markdownOf = ({ columns, rows }: Table): string =>
  [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** Two digits, from 100 on three, with separators: more would be noise. */
export const number = (value: number): string =>
  Number(value.toPrecision(value >= 100 ? 3 : 2)).toLocaleString('en', { maximumFractionDigits: 3 });

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** In powers of 1,000. */
export function bytes(value: number): string {
  const power = value < 1 ? 0 : Math.floor(Math.log10(value) / 3);
  const unit = Math.min(power, UNITS.length - 1);
  return `${number(value / 1_000 ** unit)} ${UNITS[unit]}`;
}

export const milliseconds = (value: number): string => `${number(value)} ms`;

/** Fills `{{name}}` in a template. @throws Error where it needs other figures than there are */
export function filled(template: string, figures: Record<string, string>): string {
  const needed = new Set([...template.matchAll(PLACE)].map(([, name]) => name!));
  const missing = [...needed].filter((name) => !(name in figures));
  const unused = Object.keys(figures).filter((name) => !needed.has(name));
  if (missing.length > 0 || unused.length > 0)
    throw new Error(
      `the template misses figures: ${missing.join(', ')}; and does not use: ${unused.join(', ')}`,
    );
  return template.replaceAll(PLACE, (_, name: string) => figures[name]!);
}

const PLACE = /\{\{(\w+)\}\}/g;
