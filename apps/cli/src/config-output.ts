import { z } from 'zod';
import { plain } from './output.js';
import { type Page, shownTime } from './page.js';

const difference = z.object({
  section: z.string(),
  id: z.string(),
  kind: z.string(),
  field: z.string().nullish(),
  file: z.unknown(),
  installed: z.unknown(),
  line: z.number().nullish(),
  changedBy: z.string().nullish(),
  changedAt: z.string().nullish(),
});
type Difference = z.infer<typeof difference>;
/** Absent: a service of a release before sends none. */
const warnings = z.array(z.object({ text: z.string() })).default([]);
export const diffAnswer = z.object({ differences: z.array(difference), warnings });
type Diff = z.infer<typeof diffAnswer>;
export const appliedAnswer = z.object({
  dryRun: z.boolean(),
  applied: z.array(difference),
  kept: z.array(difference),
  switches: z.array(
    z.object({ useCase: z.string(), fromId: z.string(), toId: z.string(), followers: z.number().nullish() }),
  ),
  webhooks: z.array(z.object({ owner: z.string(), url: z.string(), secret: z.string().nullable() })),
  warnings,
});
export type AppliedConfiguration = z.infer<typeof appliedAnswer>;

const MAX_VALUE_LENGTH = 80;

export function differencesText({ differences, warnings }: Diff, { program }: Page): string {
  if (differences.length === 0) return '✅ The installation has the settings of the file.';
  return [
    `❌ ${counted(differences.length, 'difference')} between the file and the installation.`,
    ...differences.map((difference) => `${lineOf(difference)}${authorOf(difference)}`),
    ...warnings.map(warningLine),
    '',
    `Change the installation to the file: ${program} config apply <file>`,
    `Change the file to the installation: ${program} config export --output <file>`,
  ].join('\n');
}

export function appliedText(result: AppliedConfiguration, { program }: Page): string {
  const { applied, kept, switches, webhooks, warnings } = result;
  const none = applied.length === 0;
  const done = none
    ? '✅ Nothing to change.'
    : `✅ ${counted(applied.length, 'setting')} changed, in one transaction.`;
  const planned = none
    ? '✅ Nothing to change.'
    : `Nothing was changed yet. The file would change ${counted(applied.length, 'setting')}:`;
  return [
    result.dryRun ? planned : done,
    ...applied.map(lineOf),
    ...switches.map(({ useCase, fromId, toId, followers }) => {
      const whom = followers ? `, ${counted(followers, 'conversation')} with it` : '';
      return `   ↪ use case ${plain(useCase)}: ${plain(fromId)} → ${plain(toId)}${whom}`;
    }),
    ...warnings.map(warningLine),
    ...(kept.length > 0 ? [`Not in this apply: ${counted(kept.length, 'difference')}.`] : []),
    ...kept.map((difference) => `${lineOf(difference)}${reasonToKeep(difference)}`),
    ...webhooks
      .filter(({ secret }) => secret !== null)
      .map(
        ({ owner, url, secret }) =>
          `   🔑 secret of the webhook of ${plain(owner)} to ${plain(url)}, shown only now: ${secret}`,
      ),
    ...(result.dryRun || none ? [] : [`See who changed what: ${program} changes`]),
  ].join('\n');
}

const warningLine = ({ text }: { text: string }): string => `Warning: ${plain(text)}`;

/** `~ useCases health objective: cost → quality`: from the installation to the file. */
function lineOf({ section, id, kind, field, file, installed, line }: Difference): string {
  const place = line ? ` (line ${line})` : '';
  const name = `${plain(section)} ${plain(id)}`;
  if (kind === 'missing') return `   + ${name}${place}`;
  if (kind === 'extra') return `   - ${name}: not in the file`;
  return `   ~ ${name} ${plain(field ?? '')}: ${shown(installed)} → ${shown(file)}${place}`;
}

function authorOf({ kind, changedBy, changedAt }: Difference): string {
  if (kind === 'missing') return '';
  return changedBy && changedAt
    ? `\n       changed by ${plain(changedBy)} at ${shownTime(changedAt)}`
    : '\n       no change is recorded';
}

function reasonToKeep({ kind, field }: Difference): string {
  if (kind === 'extra') return '; an apply deletes nothing';
  return field === 'activeModelId' ? '; add --switch-models to switch' : '; another price must take effect';
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  const line = plain(text);
  return line.length > MAX_VALUE_LENGTH ? `${line.slice(0, MAX_VALUE_LENGTH)}…` : line;
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
