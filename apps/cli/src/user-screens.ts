import type { ErasureView } from './answers.js';
import { type Column, facts, type Page, shownTime, table } from './page.js';

const rowsOf = ({ erasedRows }: ErasureView): number =>
  Object.values(erasedRows ?? {}).reduce((sum, rows) => sum + rows, 0);
const ended = ({ completedAt }: ErasureView): string => (completedAt ? shownTime(completedAt) : 'under way');

const ERASURES: readonly Column<ErasureView>[] = [
  { head: 'PSEUDONYM', cell: ({ pseudonym }) => pseudonym },
  { head: 'REQUESTED', cell: ({ requestedAt }) => shownTime(requestedAt), dropOrder: 1 },
  { head: 'COMPLETED', cell: ended },
  { head: 'ROWS', cell: (erasure) => String(rowsOf(erasure)) },
  { head: 'BY', cell: ({ requestedBy }) => requestedBy ?? '-', dropOrder: 2 },
];

export function erasuresScreen(erasures: readonly ErasureView[], page: Page): string {
  return table(page, ERASURES, erasures);
}

export function erasedScreen(erasure: ErasureView): string {
  const tables = Object.entries(erasure.erasedRows ?? {}).map(
    ([name, rows]) => [name, String(rows)] as const,
  );
  return [
    `✅ The user is forgotten: ${rowsOf(erasure)} rows.`,
    ...facts([
      ['Pseudonym', erasure.pseudonym],
      [
        'Completed',
        erasure.completedAt ? ended(erasure) : 'in a minute, when the worker has looked once more',
      ],
      ...tables,
    ]),
  ].join('\n');
}
