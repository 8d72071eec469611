import { Button, Group, Popover, ScrollArea, Stack, Text } from '@mantine/core';
import { operatorText } from '../activity/operator-text.js';
import { Icon } from '../components/icon.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { Time } from '../components/time.js';
import { MAX_SHOWN, type Notification, useAcknowledge, useUnread } from './use-unread.js';

const BELL = 'M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 20a2 2 0 0 0 4 0';

/** Shows how many notifications nobody with this name has acknowledged, and acknowledges them. */
export function Bell() {
  const unread = useUnread();
  const items = unread.data ?? [];
  const count = items.length > MAX_SHOWN ? `${MAX_SHOWN}+` : String(items.length);
  if (!unread.data) return null;
  return (
    <Popover position="bottom-end" width={380} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" px="xs" aria-label={`Notifications: ${count} unread`}>
          <Icon path={BELL} />
          {items.length > 0 && (
            <Text span size="sm" fw={700} ml={4}>
              {count}
            </Text>
          )}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="sm" maw="95vw">
        <Unread items={items.slice(0, MAX_SHOWN)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Unread({ items }: { items: Notification[] }) {
  const acknowledge = useAcknowledge();
  if (items.length === 0)
    return (
      <Text size="sm" c="dimmed">
        Nothing is unread. New notifications appear here.
      </Text>
    );
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text fw={600} size="sm">
          Unread
        </Text>
        <Button
          size="compact-xs"
          variant="default"
          loading={acknowledge.isPending}
          onClick={() => acknowledge.mutate(items.map(({ id }) => id))}
        >
          Acknowledge these {items.length}
        </Button>
      </Group>
      {acknowledge.error && <ProblemAlert error={acknowledge.error} />}
      <ScrollArea.Autosize mah={360} type="auto" viewportProps={{ tabIndex: 0, 'aria-label': 'Unread' }}>
        <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
          {items.map((item) => (
            <Group key={item.id} component="li" justify="space-between" wrap="nowrap" align="flex-start">
              <div>
                <Text size="sm">{operatorText(item)}</Text>
                <Text size="xs" c="dimmed">
                  {item.title} · <Time at={item.createdAt} />
                </Text>
              </div>
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={`Acknowledge: ${operatorText(item)}`}
                onClick={() => acknowledge.mutate([item.id])}
              >
                Acknowledge
              </Button>
            </Group>
          ))}
        </Stack>
      </ScrollArea.Autosize>
    </Stack>
  );
}
