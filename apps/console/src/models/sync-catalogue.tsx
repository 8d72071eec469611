import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { dataOf, ProblemError, type Schemas } from '@orchestrator/client/client.js';
import { useMutation } from '@tanstack/react-query';
import { api, queries } from '../api.js';
import { Dialog } from '../components/dialog.js';
import { ProblemAlert } from '../components/problem-alert.js';

const IMPLAUSIBLE = 'sync_implausible';

/** Synchronises the catalogue with Bedrock; of an implausible one, asks first. */
export function SyncCatalogue() {
  const [opened, { open, close }] = useDisclosure();
  const sync = useMutation({
    mutationFn: (force: boolean) => dataOf(api.POST('/v1/catalogue/sync', { body: force ? { force } : {} })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['models'] }),
  });
  const start = () => {
    open();
    sync.mutate(false);
  };
  const isImplausible = sync.error instanceof ProblemError && sync.error.problem.code === IMPLAUSIBLE;
  return (
    <>
      <Button variant="default" onClick={start}>
        Sync with Bedrock
      </Button>
      <Dialog opened={opened} onClose={close} title="Sync with Bedrock">
        <Stack>
          {sync.isPending && (
            <Text size="sm" role="status">
              Reading the models of Bedrock. This takes up to 20 seconds.
            </Text>
          )}
          {sync.data && <Synced result={sync.data} />}
          {sync.error && <ProblemAlert error={sync.error} />}
          <Group justify="flex-end">
            {isImplausible && (
              <Button color="red" onClick={() => sync.mutate(true)}>
                Sync all the same
              </Button>
            )}
            <Button variant="default" onClick={close}>
              Close
            </Button>
          </Group>
        </Stack>
      </Dialog>
    </>
  );
}

function Synced({ result: { added, changed, gone } }: { result: Schemas['CatalogueSync'] }) {
  const parts = { Added: added, Changed: changed, 'No longer in Bedrock': gone };
  const found = Object.entries(parts).filter(([, ids]) => ids.length > 0);
  return (
    <Alert color="green" role="status" title="Synchronised">
      {found.length === 0
        ? 'Nothing changed.'
        : found.map(([name, ids]) => (
            <Text size="sm" key={name}>
              {name}: {ids.join(', ')}
            </Text>
          ))}
    </Alert>
  );
}
