import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from 'react-router';
import { Dialog } from '../components/dialog.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { CandidateOrder } from './candidate-order.js';
import { useSaveUseCase } from './policy.js';

/** Creates a use case with a name and candidates; its page has the rest of its policy. */
export function CreateUseCase({ existing }: { existing: string[] }) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button onClick={open}>Create a use case</Button>
      <Dialog opened={opened} onClose={close} title="Create a use case">
        <CreateForm existing={existing} onClose={close} />
      </Dialog>
    </>
  );
}

function CreateForm({ existing, onClose }: { existing: string[]; onClose: () => void }) {
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { name: '', candidates: [] as string[] },
    validate: {
      name: (name) =>
        name.trim() === ''
          ? 'Enter a name.'
          : existing.includes(name.trim())
            ? 'This use case exists.'
            : null,
      candidates: (ids) =>
        ids.length === 0 ? 'Add at least one candidate: the first becomes active.' : null,
    },
  });
  const name = form.values.name.trim();
  const save = useSaveUseCase(name);
  const create = form.onSubmit(({ candidates }) =>
    save.mutate(
      { edit: { candidates } },
      { onSuccess: () => navigate(`/use-cases/${encodeURIComponent(name)}?tab=policy`) },
    ),
  );
  return (
    <form onSubmit={create}>
      <Stack>
        <TextInput label="Name" required maxLength={128} data-autofocus {...form.getInputProps('name')} />
        <CandidateOrder
          value={form.values.candidates}
          onChange={(ids) => form.setFieldValue('candidates', ids)}
          error={form.errors.candidates}
        />
        {save.error && <ProblemAlert error={save.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Create
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
