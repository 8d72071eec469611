import { Anchor, Skeleton } from '@mantine/core';
import { Link } from 'react-router';
import { useModels } from './use-models.js';

/** A model by its name; by its id only where the catalogue does not have it. */
export function ModelLink({ id, isInText = false }: { id: string; isInText?: boolean }) {
  const { data, isLoading } = useModels();
  return (
    <Anchor
      component={Link}
      to={`/models/${encodeURIComponent(id)}`}
      inherit
      underline={isInText ? 'always' : 'hover'}
    >
      {isLoading ? (
        <Skeleton component="span" display="inline-block" w="8em" h="0.9em" />
      ) : (
        (data?.find((model) => model.id === id)?.name ?? id)
      )}
    </Anchor>
  );
}
