import { MODEL_ID, MODEL_NAME, PRICES, reasonLines } from './model-table.js';
import { stripControlChars } from './output.js';
import { type Column, counted, type Page, table } from './render.js';
import type { Candidate, Candidates } from './response-schemas.js';

export const CANDIDATES: readonly Column<Candidate>[] = [
  { head: '#', cell: (model) => String(model.rank ?? '-') },
  MODEL_ID,
  MODEL_NAME,
  { head: 'STATUS', cell: status },
  ...PRICES.map((column) => ({ ...column, dropOrder: 2 })),
];

export function candidatesText({ useCase, objective, models }: Candidates, page: Page): string {
  const name = stripControlChars(useCase ?? 'This use case');
  if (models.length === 0) return `${name} has no candidates yet.`;
  const rows = table(page, CANDIDATES, models);
  if (!page.headers) return rows;
  const order = objective ? `, ordered by ${stripControlChars(objective)}` : '';
  const refused = models.filter((model) => model.selectable === false);
  return [
    `${name}: ${counted(models.length, 'candidate')}${order}`,
    '',
    rows,
    ...refused.flatMap((model) => [
      '',
      `${stripControlChars(model.id)} is not selectable:`,
      ...reasonLines(model.reasons),
    ]),
  ].join('\n');
}

function status(model: Candidate): string {
  const selectable = model.selectable === false ? 'not selectable' : 'selectable';
  if (!model.active) return selectable;
  return model.selectable === false ? `active, ${selectable}` : 'active';
}
