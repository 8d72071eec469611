import { Badge } from '@mantine/core';
import type { Session } from '../session/use-session.js';

type Environment = Session['environment'];

/** Distinguishes installations that look alike, such as staging and production. */
export const EnvironmentBadge = ({ environment: { name, colour } }: { environment: Environment }) => (
  <Badge
    color={colour}
    variant="filled"
    autoContrast
    size="lg"
    radius="sm"
    maw={130}
    title={`Environment ${name}`}
  >
    {name}
  </Badge>
);

export const environmentLine = ({ colour }: Environment): string =>
  `4px solid var(--mantine-color-${colour}-filled)`;
