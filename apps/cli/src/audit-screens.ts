import type { AuditVerification, CheckpointView } from './answers.js';
import { plain } from './output.js';
import { type Column, facts, type Page, shownTime, table } from './page.js';

const CHECKPOINTS: readonly Column<CheckpointView>[] = [
  { head: 'POSITION', cell: ({ position }) => String(position) },
  { head: 'SEALED', cell: ({ sealedAt }) => shownTime(sealedAt) },
  { head: 'SIGNED WITH', cell: ({ keyId }) => keyId ?? 'not signed' },
  { head: 'HASH', cell: ({ hash }) => hash, dropOrder: 1 },
];
const SHOWN = 20;

export function checkpointsScreen(checkpoints: readonly CheckpointView[], page: Page): string {
  return table(page, CHECKPOINTS, checkpoints);
}

export const noCheckpointYet = () =>
  'There is no checkpoint yet: the worker makes one a few seconds after a switch.';

export function exportedScreen({ position, keyId }: CheckpointView, file: string, page: Page): string {
  return [
    `✅ The checkpoint at ${position} is in ${file}${keyId ? '' : ', and it is not signed'}.`,
    ...facts([['Compare', `${page.program} audit verify --checkpoint ${file}`]]),
  ].join('\n');
}

export function verificationScreen(found: AuditVerification, compared: boolean, page: Page): string {
  const { intact, problems, problemCount } = found;
  const named = problems.slice(0, SHOWN).map(problemLine);
  const more =
    problemCount > named.length ? [`   … and ${problemCount - named.length} more: see --json`] : [];
  return [
    intact
      ? `✅ The audit rows are intact: ${found.checked} of ${found.checked} are as they were sealed.`
      : `❌ The audit rows are not as they were sealed: ${problemCount} ${problemCount === 1 ? 'problem' : 'problems'}.`,
    ...named,
    ...more,
    ...facts([
      ['Checked', String(found.checked)],
      ['Without a person', found.erased ? `${found.erased}, taken out on request` : undefined],
      ['Not sealed yet', found.waiting ? String(found.waiting) : undefined],
      ['Checkpoints', checkpoints(found)],
      ['Last one', found.head && `at ${found.head.position}, ${shownTime(found.head.sealedAt)}`],
      [
        'Kept one',
        compared
          ? 'compared'
          : `none given: a cut tail can go unnoticed (${page.program} audit verify --help)`,
      ],
    ]),
  ].join('\n');
}

const problemLine = ({ code, position, switchId, detail }: AuditVerification['problems'][number]): string => {
  const where = [position && `position ${position}`, switchId && `switch ${switchId}`].filter(Boolean);
  return `   - ${plain(`${code}${where.length > 0 ? ` at ${where.join(', ')}` : ''}: ${detail}`)}`;
};

function checkpoints({ checkpoints, signaturesChecked }: AuditVerification): string | undefined {
  if (!checkpoints) return undefined;
  const { total, signed, signedFrom } = checkpoints;
  const since = signedFrom ? ` from position ${signedFrom} on` : '';
  const worth =
    signed > 0 && !signaturesChecked ? '; no public key is configured, so nobody checked them' : '';
  return `${total}, ${signed} of them signed${since}${worth}`;
}
