import { Anchor, Group } from '@mantine/core';
import { Link } from 'react-router';

export function UseCaseLinks({ names }: { names: string[] }) {
  return (
    <Group gap={8}>
      {names.map((name) => (
        <Anchor key={name} component={Link} to={`/use-cases/${encodeURIComponent(name)}`} size="sm">
          {name}
        </Anchor>
      ))}
    </Group>
  );
}
