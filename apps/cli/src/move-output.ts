import type { Schemas } from '#libs/client/client.js';
import { stripControlChars } from './output.js';
import {
  type Column,
  counted,
  facts,
  type Page,
  shownDecimal,
  shownTime,
  table,
  timeColumn,
} from './render.js';

type Move = Schemas['Move'];
type MovedUseCase = Schemas['MovedUseCase'];

const targetOf = ({ to }: Pick<Move, 'to'>): string => ('modelId' in to ? to.modelId : 'follow');

export const MOVE_COLUMNS: readonly Column<Move>[] = [
  { head: 'ID', cell: ({ id }) => id },
  { head: 'FROM → TO', cell: (move) => `${move.fromModelId} → ${targetOf(move)}` },
  { head: 'STATE', cell: ({ state }) => state },
  { head: 'MOVED', cell: ({ progress: { moved, total } }) => `${moved} of ${total}` },
  { head: 'BY', cell: ({ actor }) => actor, dropOrder: 2 },
  timeColumn('STARTED', ({ createdAt }) => createdAt, { dropOrder: 1 }),
];

const USE_CASES: readonly Column<MovedUseCase>[] = [
  { head: 'USE CASE', cell: ({ name }) => name },
  { head: 'TO', cell: ({ to }) => to },
  { head: 'SWITCHED', cell: ({ switched }) => (switched ? 'yes' : 'only pins') },
  { head: 'FOLLOWING', cell: ({ followers }) => String(followers) },
  { head: 'PINNED', cell: ({ pinnedManual }) => String(pinnedManual), dropOrder: 2 },
  { head: 'BY FALLBACK', cell: ({ pinnedFallback }) => String(pinnedFallback), dropOrder: 2 },
  { head: 'WAY BACK', cell: ({ waysBack }) => String(waysBack), dropOrder: 3 },
  { head: 'SAVES USD', cell: ({ savedUsd }) => shownSaving(savedUsd), dropOrder: 1 },
];

const shownSaving = (savedUsd: string | null): string =>
  savedUsd === null ? 'unknown' : shownDecimal(savedUsd);

export function previewText(preview: Schemas['MovePreview'], page: Page): string {
  const { useCases, following, pinned, waysBack, users, usersCapped, savedUsd } = preview.totals;
  const whose = `${counted(users, 'user')}${usersCapped ? ' at least' : ''}`;
  return [
    ...(preview.useCases.length > 0 ? [table(page, USE_CASES, preview.useCases), ''] : []),
    `${counted(useCases, 'use case')} with ${counted(following, 'follower')} and ${counted(pinned, 'pinned conversation')} move, of ${whose}. Saves ${shownSaving(savedUsd)} USD.`,
    ...(waysBack > 0
      ? [`${counted(waysBack, 'conversation')} on a fallback will go back to the target.`]
      : []),
    ...stayingLines(preview.staying),
  ].join('\n');
}

export function undoText({ useCases, totals }: Schemas['MoveUndoPreview']): string[] {
  const kept = totals.kept > 0 ? ` ${totals.kept} switched since, or without a way back, stay.` : '';
  const reasons = useCases.filter(({ reason }) => reason !== null);
  return [
    `${counted(totals.useCases, 'use case')} and ${counted(totals.restored, 'conversation')} go back.${kept}`,
    ...reasons.map(({ name, reason }) => `⚠️  ${stripControlChars(`${name} stays: ${reason}`)}`),
  ];
}

const stayingLines = (staying: Move['staying']): string[] =>
  staying.map(
    ({ useCase, reason, conversations }) =>
      `⚠️  ${stripControlChars(useCase)} stays (${counted(conversations, 'conversation')}): ${stripControlChars(reason)}`,
  );

/** One line while the move runs. */
export function moveProgress({ state, progress, undo }: Move): string {
  if (undo) return `${state}: ${undo.restored + undo.kept} of ${undo.total}`;
  return `${state}: ${progress.moved} of ${counted(progress.total, 'conversation')} moved`;
}

/** @param isShown true: without the command that shows the move */
export function moveText(move: Move, page: Page, isShown: boolean): string {
  const { id, state, progress, undo, useCases, staying, lastError, endedAt } = move;
  const switched = useCases.filter((useCase) => useCase.switched).map(({ name }) => name);
  const mark = state === 'failed' || staying.length > 0 ? '⚠️ ' : '✅';
  return [
    `${mark} Move off ${stripControlChars(move.fromModelId)}: ${state}`,
    ...facts([
      ['Id', id],
      ['To', targetOf(move)],
      ['Reason', move.reason],
      ['By', move.actor],
      ['Started', shownTime(move.createdAt, page)],
      ['Ended', endedAt ? shownTime(endedAt, page) : undefined],
      ['Use cases', switched.join(', ')],
      ['Conversations', `${progress.moved} of ${progress.total} moved${othersOf(progress)}`],
      ['Undone', undo ? `${undo.restored} of ${undo.total}, ${undo.kept} kept` : undefined],
      ['Last error', lastError],
      ['Undo it', canUndo(move) ? `${page.program} moves undo ${id}` : undefined],
      ['See it', isShown || endedAt ? undefined : `${page.program} moves show ${id}`],
    ]),
    ...stayingLines(staying),
  ].join('\n');
}

function othersOf({ skipped, failed }: Move['progress']): string {
  const parts = [
    ...(skipped > 0 ? [`${skipped} left meanwhile`] : []),
    ...(failed > 0 ? [`${failed} stay`] : []),
  ];
  return parts.map((part) => `, ${part}`).join('');
}

const canUndo = ({ state }: Move): boolean => state === 'done' || state === 'aborted' || state === 'failed';
