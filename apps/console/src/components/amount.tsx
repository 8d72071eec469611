import { Text } from '@mantine/core';
import { formatCount, formatUsd } from './format.js';

const SINGULAR = { calls: 'call', switches: 'switch', checks: 'check' } as const;

interface Props {
  usd: string | null | undefined;
  /** How many it leaves out because theirs is not known. */
  unknown: number;
  /** Of what these are. */
  what: 'calls' | 'switches' | 'checks';
}

/** An amount, and what is not in it. What is not known is never 0. */
export function Amount({ usd, unknown, what }: Props) {
  return (
    <>
      {formatUsd(usd)}
      {usd !== null && unknown > 0 && (
        <Text size="xs" c="dimmed" component="span" display="block">
          without {formatCount(unknown)} {unknown === 1 ? SINGULAR[what] : what} of unknown cost
        </Text>
      )}
    </>
  );
}
