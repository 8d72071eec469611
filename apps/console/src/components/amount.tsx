import { Text } from '@mantine/core';
import { formatCount, formatUsd } from './format.js';

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
          without {formatCount(unknown)} {what} of which it is unknown
        </Text>
      )}
    </>
  );
}
