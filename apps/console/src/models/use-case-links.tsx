import { Anchor, Group, Text } from '@mantine/core';
import { Link } from 'react-router';

const SHOWN = 4;

/** Links to use cases; of many only the first, with the number of the others. */
export function UseCaseLinks({ names, limit = SHOWN }: { names: string[]; limit?: number }) {
  return (
    <Group gap={8}>
      {names.slice(0, limit).map((name) => (
        <Anchor key={name} component={Link} to={`/use-cases/${encodeURIComponent(name)}`} size="sm">
          {name}
        </Anchor>
      ))}
      {names.length > limit && (
        <Text size="xs" c="dimmed">
          and {names.length - limit} more
        </Text>
      )}
    </Group>
  );
}
