import type { Schemas } from '#libs/client/client.js';
import { stripControlChars } from './output.js';
import { counted, type Page, shownTime } from './render.js';

export type AppliedConfiguration = Schemas['AppliedConfiguration'];
type Difference = Schemas['ConfigurationDifference'];
type AttributedDifference = Schemas['AttributedDifference'];

const MAX_VALUE_LENGTH = 80;

export function differencesText({ differences, warnings }: Schemas['ConfigurationDiff'], page: Page): string {
  const { program } = page;
  if (differences.length === 0) return '✅ The installation has the settings of the file.';
  return [
    `❌ ${counted(differences.length, 'difference')} between the file and the installation.`,
    ...differences.map((difference) => `${lineOf(difference)}${authorOf(difference, page)}`),
    ...warningLines(warnings),
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
      return `   ↪ use case ${stripControlChars(useCase)}: ${stripControlChars(fromId)} → ${stripControlChars(toId)}${whom}`;
    }),
    ...warningLines(warnings),
    ...(kept.length > 0 ? [`Not in this apply: ${counted(kept.length, 'difference')}.`] : []),
    ...kept.map((difference) => `${lineOf(difference)}${reasonToKeep(difference)}`),
    ...webhooks
      .filter(({ secret }) => secret !== null)
      .map(
        ({ owner, url, secret }) =>
          `   🔑 secret of the webhook of ${stripControlChars(owner)} to ${stripControlChars(url)}, shown only now: ${secret}`,
      ),
    ...(result.dryRun || none ? [] : [`See who changed what: ${program} changes`]),
  ].join('\n');
}

/** A service of a release before sends none. */
const warningLines = (warnings: readonly { readonly text: string }[] | undefined): string[] =>
  (warnings ?? []).map(({ text }) => `Warning: ${stripControlChars(text)}`);

/** `~ useCases health objective: cost → quality`: from the installation to the file. */
function lineOf({ section, id, kind, field, file, installed, line }: Difference): string {
  const place = line ? ` (line ${line})` : '';
  const name = `${stripControlChars(section)} ${stripControlChars(id)}`;
  if (kind === 'missing') return `   + ${name}${place}`;
  if (kind === 'extra') return `   - ${name}: not in the file`;
  return `   ~ ${name} ${stripControlChars(field ?? '')}: ${shown(installed)} → ${shown(file)}${place}`;
}

function authorOf({ kind, changedBy, changedAt }: AttributedDifference, page: Page): string {
  if (kind === 'missing') return '';
  return changedBy && changedAt
    ? `\n       changed by ${stripControlChars(changedBy)} at ${shownTime(changedAt, page)}`
    : '\n       no change is recorded';
}

function reasonToKeep({ kind, field }: Difference): string {
  if (kind === 'extra') return '; an apply deletes nothing';
  return field === 'activeModelId' ? '; add --switch-models to switch' : '; another price must take effect';
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  const line = stripControlChars(text);
  return line.length > MAX_VALUE_LENGTH ? `${line.slice(0, MAX_VALUE_LENGTH)}…` : line;
}
