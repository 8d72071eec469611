import { Button, Group, NumberInput, Paper, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import type { ChangePolicy } from '../changes/use-changes.js';

type Window = ChangePolicy['windows'][number];

interface Props {
  value: Window[];
  onChange: (windows: Window[]) => void;
}

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
/** Weekdays at ten. */
const FIRST = '0 10 * * 1-5';
const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Times at which changes may be applied; without one, always. */
export function ChangeWindows({ value, onChange }: Props) {
  const set = (index: number, change: Partial<Window>) =>
    onChange(value.map((window, at) => (at === index ? { ...window, ...change } : window)));
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <div>
          <Text size="sm" fw={500}>
            Windows
          </Text>
          <Text size="xs" c="dimmed">
            {value.length === 0
              ? 'None: changes are applied at any time'
              : 'Changes are applied in these times only'}
          </Text>
        </div>
        <Button
          size="xs"
          variant="default"
          onClick={() => onChange([...value, { cron: FIRST, durationMinutes: 60, timezone: ownZone() }])}
        >
          Add a window
        </Button>
      </Group>
      {value.map((window, index) => (
        <Paper key={index} withBorder p="sm" role="group" aria-label={`Window ${index + 1}`}>
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <TextInput
              label="Opens (cron)"
              description="Minute, hour, day, month, weekday"
              value={window.cron}
              maxLength={100}
              onChange={(event) => set(index, { cron: event.currentTarget.value })}
            />
            <NumberInput
              label="Stays open"
              description="Minutes"
              min={1}
              value={window.durationMinutes}
              onChange={(minutes) => set(index, { durationMinutes: Number(minutes) || 1 })}
            />
            <Select
              label="Time zone"
              description="Of its times"
              data={ZONES}
              searchable
              limit={50}
              allowDeselect={false}
              comboboxProps={{ keepMounted: false }}
              value={window.timezone}
              onChange={(timezone) => timezone && set(index, { timezone })}
            />
          </SimpleGrid>
          <Group justify="flex-end" mt="xs">
            <Button
              size="compact-xs"
              variant="light"
              color="red"
              aria-label={`Remove window ${index + 1}`}
              onClick={() => onChange(value.filter((_, at) => at !== index))}
            >
              Remove
            </Button>
          </Group>
        </Paper>
      ))}
    </Stack>
  );
}
