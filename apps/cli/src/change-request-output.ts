import type { Schemas } from '#libs/client/client.js';
import { EXIT } from './cli-failure.js';
import { previewText, undoText } from './move-output.js';
import { stripControlChars } from './output.js';
import { type Column, counted, facts, type Page, shownDecimal, shownTime, timeColumn } from './render.js';

export type ChangeRequest = Schemas['ChangeRequest'];
type Summary = Schemas['ChangeRequestSummary'];
type Preview = NonNullable<ChangeRequest['preview']>[number];
type Operation = ChangeRequest['operations'][number];

export const CHANGE_COLUMNS: readonly Column<Summary>[] = [
  { head: 'ID', cell: ({ id }) => id, isKey: true },
  { head: 'STATE', cell: ({ state, ...change }) => (needsReview(change) ? `${state}, to review` : state) },
  { head: 'USE CASES', cell: ({ useCases }) => useCases.join(', ') || '-', dropOrder: 2 },
  { head: 'REASON', cell: ({ reason }) => reason, dropOrder: 3 },
  { head: 'BY', cell: ({ proposer }) => proposer, dropOrder: 1 },
  timeColumn('PROPOSED', ({ createdAt }) => createdAt, { dropOrder: 4 }),
];

const needsReview = ({ reviewDueAt, reviewedAt }: Pick<Summary, 'reviewDueAt' | 'reviewedAt'>): boolean =>
  reviewDueAt !== null && reviewedAt === null;

const WAITING = new Set<Summary['state']>(['proposed', 'approved', 'scheduled', 'applying']);

/** 0: applied; 3: it waits for others; 1: it ended without effect. */
export function exitCodeOf({ state }: Pick<Summary, 'state'>): number {
  if (state === 'applied') return EXIT.ok;
  return WAITING.has(state) ? EXIT.waiting : EXIT.refused;
}

const MARKS: Partial<Record<Summary['state'], string>> = { applied: '✅', failed: '❌', conflicted: '❌' };

/** A change with its operations, its decisions and, where it was computed, its preview. */
export function changeText(change: ChangeRequest, page: Page): string {
  const { operations, preview = [], decisions } = change;
  return [
    `${MARKS[change.state] ?? (WAITING.has(change.state) ? '⏳' : '⚠️ ')} Change request ${change.id}: ${change.state}`,
    ...facts([
      ['Reason', change.reason],
      ['By', change.editor === change.proposer ? change.proposer : `${change.proposer}, ${change.editor}`],
      ['Use cases', change.useCases.join(', ')],
      ['Revision', String(change.revision)],
      ['Hash', change.hash],
      ['Time', change.applyAt ? shownTime(change.applyAt, page) : 'as soon as it is approved'],
      [WAITING.has(change.state) ? 'Expires' : 'Ended', shownTime(change.endedAt ?? change.expiresAt, page)],
      ['Undoes', change.undoes],
      ['Review until', needsReview(change) ? shownTime(change.reviewDueAt!, page) : undefined],
      ['Failure', change.failure?.detail],
    ]),
    ...operations.flatMap((operation, index) => [
      '',
      ...operationLines(operation, index, preview[index], page),
    ]),
    ...(decisions.length > 0 ? [''] : []),
    ...decisions.map(
      ({ kind, actor, comment, decidedAt }) =>
        `   ${shownTime(decidedAt, page)}  ${stripControlChars(`${kind.replaceAll('_', ' ')} by ${actor}${comment ? `: ${comment}` : ''}`)}`,
    ),
  ].join('\n');
}

function operationLines(
  { operation, scope, before, after }: Operation,
  index: number,
  preview: Preview | undefined,
  page: Page,
): string[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return [
    stripControlChars(`${index + 1}. ${operation.kind} ${scope}`),
    ...fields.map((field) =>
      stripControlChars(`   ${field}: ${shownValue(before[field])} → ${shownValue(after[field])}`),
    ),
    ...(preview ? effectLines(preview, page) : []),
  ];
}

const shownValue = (value: unknown): string => {
  if (value === null || value === undefined) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

function effectLines({ switched, move, moveUndo, undo, error }: Preview, page: Page): string[] {
  if (error) return [`   ❌ It could not be applied now: ${stripControlChars(error.detail)}`];
  return [
    ...(switched?.switched ? [`   ${switchEffect(switched)}`] : []),
    ...(switched?.notification
      ? [stripControlChars(`   Users are notified: ${switched.notification.message}`)]
      : []),
    ...(move ? [previewText(move, page)] : []),
    ...(moveUndo ? undoText(moveUndo).map((line) => `   ${line}`) : []),
    ...(undo.isPossible
      ? []
      : [
          stripControlChars(
            `   ⚠️  It could not be undone: ${undo.reasons.map(({ detail }) => detail).join('; ')}`,
          ),
        ]),
  ];
}

function switchEffect({ followers = 0, pinned, costImpact }: NonNullable<Preview['switched']>): string {
  const saved = costImpact?.savedUsd ? `saves ${shownDecimal(costImpact.savedUsd)} USD` : 'saving unknown';
  return `${counted(followers, 'conversation')} would follow, ${pinned} pinned stay, ${saved}.`;
}
