import { Alert, Button, Group, Table, Text, TextInput } from '@mantine/core';
import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, queries } from '../../api.js';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { Copyable } from '../../components/copyable.js';
import { useDialog } from '../../components/dialog.js';
import { formatCount } from '../../components/format.js';
import { QueryState } from '../../components/query-state.js';
import { Section } from '../../components/section.js';
import { Time } from '../../components/time.js';
import { NOW_AND_THEN_MS } from '../../models/use-models.js';
import { useMay } from '../../session/use-session.js';

type Erasure = Schemas['Erasure'];
const ERASURES = ['erasures'];
const PAGE = 50;

/** Export and erasure of the data of one person. */
export function PeopleSection() {
  const [userId, setUserId] = useState('');
  const [erased, setErased] = useState<Erasure>();
  const erasing = useDialog<string>();
  const mayExport = useMay('audit');
  const mayErase = useMay('admin');
  const id = userId.trim();
  return (
    <>
      <Section title="Data of a user">
        <Group align="flex-end">
          <TextInput
            label="User"
            description="Id of the user in the application"
            value={userId}
            onChange={(event) => setUserId(event.currentTarget.value)}
            autoComplete="off"
          />
          <ExportButton userId={mayExport ? id : ''} />
          <Button color="red.9" disabled={!mayErase || id === ''} onClick={() => erasing.open(id)}>
            Erase
          </Button>
        </Group>
        <Text size="sm" c="dimmed">
          An export has one JSON object a line and ends with {'{"complete": true}'}. It needs the scope audit,
          an erasure the scope admin.
        </Text>
        {erased && (
          <Alert color="green" role="status" title="The user is erased">
            {erased.pseudonym} takes the place of the user. The worker completes the erasure within minutes.
          </Alert>
        )}
      </Section>
      <Section title="Erasures">
        <Erasures />
      </Section>
      <ConfirmDialog
        title={`Erase ${erasing.item}`}
        action="Erase for ever"
        typed={{ label: 'Type the id of the user', text: erasing.item ?? '' }}
        isDangerous
        opened={erasing.opened}
        onClose={erasing.close}
        onConfirm={async () => setErased(await eraseUser(erasing.item!))}
      >
        A pseudonym replaces the user everywhere, and reasons and messages of the user are deleted. It cannot
        be undone. Figures and the chain of the audit stay.
      </ConfirmDialog>
    </>
  );
}

async function eraseUser(id: string): Promise<Erasure> {
  const erasure = await dataOf(api.POST('/v1/users/{id}/erase', { params: { path: { id } } }));
  await queries.invalidateQueries({ queryKey: ERASURES });
  return erasure;
}

/** A link: the browser saves a large export without holding it. */
function ExportButton({ userId }: { userId: string }) {
  if (userId === '')
    return (
      <Button variant="default" disabled>
        Export
      </Button>
    );
  return (
    <Button
      component="a"
      variant="default"
      href={`/v1/users/${encodeURIComponent(userId)}/export`}
      download={`user-${userId}.ndjson`}
    >
      Export
    </Button>
  );
}

function Erasures() {
  const erasures = useInfiniteQuery({
    queryKey: ERASURES,
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET('/v1/erasures', {
          params: { query: { limit: PAGE, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: NOW_AND_THEN_MS,
  });
  return (
    <QueryState query={erasures}>
      {({ pages }) => (
        <>
          <ErasureTable erasures={pages.flatMap(({ items }) => items)} />
          {erasures.hasNextPage && (
            <Button
              variant="default"
              loading={erasures.isFetchingNextPage}
              onClick={() => void erasures.fetchNextPage()}
            >
              Show older ones
            </Button>
          )}
        </>
      )}
    </QueryState>
  );
}

function ErasureTable({ erasures }: { erasures: Erasure[] }) {
  if (erasures.length === 0)
    return (
      <Text c="dimmed" size="sm">
        Nobody was erased yet. Enter the id of a user above to erase their data.
      </Text>
    );
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table aria-label="Erasures">
        <Table.Thead>
          <Table.Tr>
            {['Pseudonym', 'Requested by', 'Requested', 'Completed', 'Erased rows'].map((name) => (
              <Table.Th key={name}>{name}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {erasures.map(({ id, pseudonym, requestedBy, requestedAt, completedAt, erasedRows }) => (
            <Table.Tr key={id}>
              <Table.Td>
                <Copyable value={pseudonym} />
              </Table.Td>
              <Table.Td>{requestedBy}</Table.Td>
              <Table.Td>
                <Time at={requestedAt} />
              </Table.Td>
              <Table.Td>{completedAt ? <Time at={completedAt} /> : 'In progress'}</Table.Td>
              <Table.Td title={inWords(erasedRows)}>
                {formatCount(Object.values(erasedRows).reduce((sum, rows) => sum + rows, 0))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

const inWords = (rows: Record<string, number>): string =>
  Object.entries(rows)
    .map(([table, count]) => `${table}: ${formatCount(count)}`)
    .join(', ');
