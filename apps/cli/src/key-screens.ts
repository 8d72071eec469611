import type { Change, CreatedKey, KeyView, RotatedKey } from './answers.js';
import { shownDefaults, shownLimits } from './key-settings.js';
import { plain } from './output.js';
import { type Column, facts, type Page, shownTime, table } from './page.js';
import { changesScreen } from './record-screens.js';

export function createdKeyScreen(created: CreatedKey, page: Page): string {
  return [`✅ Key "${plain(created.name)}" created.`, ...shownOnce(created, page)].join('\n');
}

export function rotatedKeyScreen(created: RotatedKey, page: Page): string {
  const { id, expiresAt } = created.replaced;
  const until = expiresAt ? shownTime(expiresAt) : 'it is revoked';
  return [
    `✅ Key "${plain(created.name)}" has a successor.`,
    ...shownOnce(created, page),
    ...facts([['The old one', `${id} stays valid until ${until}`]]),
  ].join('\n');
}

function shownOnce(created: CreatedKey, page: Page): string[] {
  return [
    '',
    `   ${plain(created.key)}`,
    '',
    '   Copy it now: it is shown this once and nobody can read it again.',
    '',
    ...facts([
      ['Id', created.id],
      ['Scopes', created.scopes.join(', ')],
      ['Expires', created.expiresAt ? shownTime(created.expiresAt) : 'never'],
      ...shownDefaults(created),
      ...shownLimits(created),
      ['Revoke', `${page.program} keys revoke ${created.id}`],
    ]),
  ];
}

export const noKeysYet = ({ program }: Page) =>
  `No keys yet. Create one: ${program} keys create <name> --scope read`;

export function keysScreen(keys: readonly KeyView[], page: Page): string {
  const columns: readonly Column<KeyView>[] = [
    { head: 'ID', cell: (key) => key.id },
    { head: 'NAME', cell: (key) => key.name },
    { head: 'SCOPES', cell: (key) => key.scopes.join(', ') },
    { head: 'STATUS', cell: (key) => keyStatus(key, page.now) },
    { head: 'EXPIRES', cell: (key) => timeOr(key.expiresAt, 'never'), dropOrder: 1 },
    { head: 'LAST USED', cell: (key) => timeOr(key.lastUsedAt, 'never'), dropOrder: 2 },
    { head: 'CREATED', cell: (key) => timeOr(key.createdAt, '-'), dropOrder: 3 },
    { head: 'LIMITS', cell: limitsCell, dropOrder: 4 },
  ];
  return table(page, columns, keys);
}

export function keyScreen(key: KeyView, page: Page): string {
  const lines = facts([
    ['Id', key.id],
    ['Scopes', key.scopes.join(', ')],
    ['Status', keyStatus(key, page.now)],
    ['Expires', timeOr(key.expiresAt, 'never')],
    ['Last used', timeOr(key.lastUsedAt, 'never')],
    ...shownDefaults(key),
    ...shownLimits(key),
  ]);
  return [`Key "${plain(key.name)}"`, ...lines].join('\n');
}

export function editedKeyScreen(key: KeyView, page: Page): string {
  return `✅ Edited; it holds everywhere within a second.\n\n${keyScreen(key, page)}`;
}

export function revokedKeyScreen(key: KeyView): string {
  const since = key.revokedAt ? ` (${shownTime(key.revokedAt)})` : '';
  return `✅ Key "${plain(key.name)}" (${plain(key.id)}) is revoked${since}. Requests with it get 401 from now on.`;
}

/** Names what was changed: a deleted webhook is in no list. */
export function accessChangesScreen(changes: readonly Change[]): string {
  return changesScreen(
    changes.map((change) => {
      const { name, owner } = { ...change.before, ...change.after };
      return { ...change, entityId: `${change.entityId} (${name ?? `of ${owner}`})` };
    }),
  );
}

function limitsCell(key: KeyView): string {
  const limits = shownLimits(key).flatMap(([label, value]) =>
    value ? [`${label.replace('Allowed ', '')}: ${value}`] : [],
  );
  return limits.join('; ') || '-';
}

function keyStatus(key: KeyView, now: Date): string {
  if (key.revokedAt) return 'revoked';
  if (key.expiresAt && Date.parse(key.expiresAt) <= now.getTime()) return 'expired';
  return key.replacedBy ? 'replaced' : 'active';
}

function timeOr(iso: string | null | undefined, otherwise: string): string {
  return iso ? shownTime(iso) : otherwise;
}
