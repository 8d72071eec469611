import { Text } from '@mantine/core';
import { type Change, type Difference, differencesOf } from './merge-changes.js';

const SHOWN = 4;

/** Changed fields with their values before and after; of many the first, and the others on demand. */
export function ChangeDiff({ change }: { change: Change }) {
  const all = differencesOf(change);
  const kind = change.before === null ? 'Added' : change.after === null ? 'Removed' : null;
  return (
    <>
      {kind && (
        <Text size="sm" fw={600}>
          {kind}
        </Text>
      )}
      {all.slice(0, SHOWN).map((one) => (
        <Line key={one.field} change={change} difference={one} />
      ))}
      {all.length > SHOWN && (
        <details>
          <summary>{all.length - SHOWN} more fields</summary>
          {all.slice(SHOWN).map((one) => (
            <Line key={one.field} change={change} difference={one} />
          ))}
        </details>
      )}
    </>
  );
}

function Line({ change, difference }: { change: Change; difference: Difference }) {
  const { field, before, after } = difference;
  return (
    <Text size="sm">
      {field.replaceAll('_', ' ')}: {change.before !== null && <del>{textOf(before)}</del>}
      {change.before !== null && change.after !== null && ' → '}
      {change.after !== null && <ins>{textOf(after)}</ins>}
    </Text>
  );
}

const MAX_LENGTH = 200;

function textOf(value: unknown): string {
  if (value === null) return 'none';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}
