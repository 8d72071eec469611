import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import { formatCount } from '../components/format.js';
import { useMovePreview } from '../moves/use-moves.js';

interface Props {
  useCase: string;
  fromId: string;
  fromName: string;
}

/** Pinned conversations, which a switch of their use case leaves on the model, and the way to move them too. */
export function Staying({ useCase, fromId, fromName }: Props) {
  const { data } = useMovePreview({ fromModelId: fromId, to: { follow: true }, useCases: [useCase] });
  if (!data) return null;
  const staying = data.staying.reduce((sum, { conversations }) => sum + conversations, 0);
  const pinned = data.totals.pinned + staying;
  if (pinned === 0) return null;
  const query = new URLSearchParams({ move: '1', useCase });
  return (
    <Text size="sm">
      {formatCount(pinned)} pinned {pinned === 1 ? 'conversation stays' : 'conversations stay'} on {fromName}.{' '}
      <Anchor
        component={Link}
        to={`/models/${encodeURIComponent(fromId)}?${query}`}
        underline="always"
        inherit
      >
        Move them too
      </Anchor>
    </Text>
  );
}
