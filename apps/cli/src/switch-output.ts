import { stripControlChars } from './output.js';
import { type Column, facts, type Page, shownDecimal, table } from './render.js';
import type { Explanation, SwitchAnswer } from './response-schemas.js';

type Switch = SwitchAnswer['data'];

type Explained = Explanation['candidates'][number];

const EXPLAINED: readonly Column<Explained>[] = [
  { head: '#', cell: ({ rank }) => String(rank ?? '-') },
  { head: 'MODEL ID', cell: ({ modelId }) => modelId },
  { head: '$/EXCHANGE', cell: ({ expectedCostPerExchange: usd }) => (usd ? shownDecimal(usd) : '-') },
  { head: 'FIRST TEXT', cell: ({ timeToFirstTokenMs: ms }) => (ms ? `${ms} ms` : '-'), dropOrder: 1 },
  {
    head: 'SELECTABLE',
    cell: ({ selectable, reasons }) =>
      selectable ? 'yes' : `no: ${(reasons ?? []).map(({ code }) => code).join(', ')}`,
  },
];

export function switchText(answer: SwitchAnswer, usualTitle: string, page: Page): string {
  const { explanation } = answer.data;
  const outcome = outcomeText(answer, usualTitle, page);
  if (!explanation) return outcome;
  const { objective, candidates } = explanation;
  const order = `Candidates, ordered by ${stripControlChars(objective ?? 'the operator')}:`;
  return [outcome, '', order, '', table(page, EXPLAINED, candidates)].join('\n');
}

function outcomeText({ data, notification }: SwitchAnswer, usualTitle: string, page: Page): string {
  const scope = scopeText(data);
  if (data.change) return proposedText(data.change, scope, page);
  if (!data.switched) {
    const why = `${stripControlChars(data.to)} is already the effective model of ${scope}.`;
    return data.dryRun ? `Dry run: nothing would change. ${why}` : `Nothing changed: ${why}`;
  }
  const head = data.dryRun
    ? ['Dry run: nothing was changed. This would happen:']
    : [
        `✅ ${stripControlChars(notification?.title ?? usualTitle)}`,
        `   Using: ${stripControlChars(data.to)}`,
        '',
      ];
  return [
    ...head,
    ...facts([
      ['From', named(data.from, data.fromId)],
      ['To', named(data.to, data.toId)],
      ['Scope', scope],
      ['Followers', followersText(data.followers)],
      ['Cost', costText(data)],
      ['Switch id', data.switchId],
    ]),
  ].join('\n');
}

const proposedText = ({ id, state }: NonNullable<Switch['change']>, scope: string, page: Page): string =>
  [
    `⏳ Nothing is switched yet: the change of ${scope} waits for others.`,
    ...facts([
      ['Change request', id],
      ['State', state],
      ['See it', `${page.program} change-requests show ${id}`],
    ]),
  ].join('\n');

/** Says what a dry run warns of, one line each; undefined: nothing. */
export function switchWarning(answer: Pick<SwitchAnswer, 'data'>): string | undefined {
  const lines = [
    createdWarning(answer),
    ...(answer.data.warnings ?? []).map(({ text }) => `Warning: ${stripControlChars(text)}`),
  ].filter((line) => line !== undefined);
  return lines.length === 0 ? undefined : lines.join('\n');
}

/** A mistyped id creates a conversation that nobody can delete. */
function createdWarning({ data }: Pick<SwitchAnswer, 'data'>): string | undefined {
  if (!data.created) return undefined;
  const id = stripControlChars(data.conversationId ?? '');
  return data.dryRun
    ? `Warning: conversation ${id} does not exist, and the switch would create it. --must-exist refuses that.`
    : createdText(id);
}

export const createdText = (id: string): string =>
  `Warning: conversation ${id} did not exist and was created. Is the id right? --must-exist refuses that.`;

function scopeText({ conversationId, useCase, scope }: Switch): string {
  if (conversationId) return `conversation ${stripControlChars(conversationId)}`;
  if (useCase) return `use case ${stripControlChars(useCase)}`;
  return stripControlChars(scope ?? 'this scope');
}

function named(name: string, id: string | null | undefined): string {
  return id ? `${name} (${id})` : name;
}

function followersText(followers: number | null | undefined): string | undefined {
  if (followers === null || followers === undefined) return undefined;
  return followers === 1 ? '1 conversation follows' : `${followers} conversations follow`;
}

/** The service states savings: positive is cheaper, null is not known. */
function costText({ costImpact }: Switch): string | undefined {
  if (!costImpact) return undefined;
  const { savedUsd, horizon } = costImpact;
  if (horizon === 'first assignment') return 'none: no model had answered in this conversation';
  if (savedUsd === null || savedUsd === undefined) return 'unknown';
  const amount = shownDecimal(savedUsd);
  const over = horizon ? ` (${horizon})` : '';
  if (Number(amount) === 0) return `no difference${over}`;
  return amount.startsWith('-') ? `${amount.slice(1)} USD more${over}` : `saves ${amount} USD${over}`;
}
