import type { Schemas } from '#libs/client/client.js';
import { shownDefaults, shownLimits } from './key-settings.js';
import { stripControlChars } from './output.js';
import { type Column, facts, type Page, shownTime, timeOr } from './render.js';

type Key = Schemas['Key'];

export const KEY_COLUMNS: readonly Column<Key>[] = [
  { head: 'ID', cell: (key) => key.id },
  { head: 'NAME', cell: (key) => key.name },
  { head: 'SCOPES', cell: (key) => key.scopes.join(', ') },
  { head: 'STATUS', cell: (key, page) => keyStatus(key, page.now) },
  {
    head: 'EXPIRES',
    cell: (key, page) => timeOr(key.expiresAt, 'never', page),
    value: (key) => key.expiresAt ?? '',
    dropOrder: 1,
  },
  {
    head: 'LAST USED',
    cell: (key, page) => timeOr(key.lastUsedAt, 'never', page),
    value: (key) => key.lastUsedAt ?? '',
    dropOrder: 2,
  },
  {
    head: 'CREATED',
    cell: (key, page) => timeOr(key.createdAt, '-', page),
    value: (key) => key.createdAt,
    dropOrder: 3,
  },
  { head: 'LIMITS', cell: limitsCell, dropOrder: 4 },
];

export function createdKeyText(created: Schemas['CreatedKey'], page: Page): string {
  return [`✅ Key "${stripControlChars(created.name)}" created.`, ...shownOnce(created, page)].join('\n');
}

export function rotatedKeyText(created: Schemas['RotatedKey'], page: Page): string {
  const { id, expiresAt } = created.replaced;
  const until = timeOr(expiresAt, 'it is revoked', page);
  return [
    `✅ Key "${stripControlChars(created.name)}" has a successor.`,
    ...shownOnce(created, page),
    ...facts([['The old one', `${id} stays valid until ${until}`]]),
  ].join('\n');
}

function shownOnce(created: Schemas['CreatedKey'], page: Page): string[] {
  return [
    '',
    `   ${stripControlChars(created.key)}`,
    '',
    '   Copy it now: it is shown this once and nobody can read it again.',
    '',
    ...facts([
      ['Id', created.id],
      ['Scopes', created.scopes.join(', ')],
      ['Expires', timeOr(created.expiresAt, 'never', page)],
      ...shownDefaults(created),
      ...shownLimits(created),
      ['Revoke', `${page.program} keys revoke ${created.id}`],
    ]),
  ];
}

export function keyText(key: Key, page: Page): string {
  const lines = facts([
    ['Id', key.id],
    ['Scopes', key.scopes.join(', ')],
    ['Status', keyStatus(key, page.now)],
    ['Expires', timeOr(key.expiresAt, 'never', page)],
    ['Last used', timeOr(key.lastUsedAt, 'never', page)],
    ...shownDefaults(key),
    ...shownLimits(key),
  ]);
  return [`Key "${stripControlChars(key.name)}"`, ...lines].join('\n');
}

export function editedKeyText(key: Key, page: Page): string {
  return `✅ Edited; it holds everywhere within a second.\n\n${keyText(key, page)}`;
}

export function revokedKeyText(key: Key, page: Page): string {
  const since = key.revokedAt ? ` (${shownTime(key.revokedAt, page)})` : '';
  return `✅ Key "${stripControlChars(key.name)}" (${stripControlChars(key.id)}) is revoked${since}. Requests with it get 401 from now on.`;
}

function limitsCell(key: Key): string {
  const limits = shownLimits(key).flatMap(([label, value]) =>
    value ? [`${label.replace('Allowed ', '')}: ${value}`] : [],
  );
  return limits.join('; ') || '-';
}

function keyStatus(key: Key, now: Date): string {
  if (key.revokedAt) return 'revoked';
  if (key.expiresAt && Date.parse(key.expiresAt) <= now.getTime()) return 'expired';
  return key.replacedBy ? 'replaced' : 'active';
}
