import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { useModels } from './use-models.js';

/** A model by its name, as soon as that is known. */
export function ModelLink({ id, isInText = false }: { id: string; isInText?: boolean }) {
  const { data } = useModels();
  return (
    <Anchor
      component={Link}
      to={`/models/${encodeURIComponent(id)}`}
      inherit
      underline={isInText ? 'always' : 'hover'}
    >
      {data?.find((model) => model.id === id)?.name ?? id}
    </Anchor>
  );
}
