import { Alert, Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import { neededText } from './missing-approvals.js';
import type { ChangePolicy, ChangeRequest } from './use-changes.js';

/** After a proposal: nothing has changed yet, and where it can be followed. */
export const Proposed = ({ change, onClose }: { change: ChangeRequest; onClose?: () => void }) => (
  <Alert
    color="blue"
    role="status"
    title="Proposed"
    withCloseButton={onClose !== undefined}
    closeButtonLabel="Close"
    onClose={onClose}
  >
    <Text size="sm">
      Nothing has changed yet: it waits for others.{' '}
      <Anchor component={Link} to={`/changes/${change.id}`} inherit underline="always">
        Open the change request
      </Anchor>
    </Text>
  </Alert>
);

/** Before a proposal: who must approve it. */
export const MustApprove = ({ policy }: { policy: ChangePolicy }) => (
  <Alert color="blue" role="note" title={`${policy.useCase} is reviewed`}>
    {sentence(neededText(policy))} must approve. Nothing changes before.
  </Alert>
);

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
