import { ActionIcon, Menu, Text } from '@mantine/core';
import { Icon } from '../components/icon.js';
import { RIGHTS, useAllowed } from '../session/rights.js';

const QUESTION =
  'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.7.3-1 .9-1 1.700M12 17h.01';

/** Leads to what is beside the console. */
export function HelpMenu() {
  const maySeeQueues = useAllowed(RIGHTS.operate);
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label="Help">
          <Icon path={QUESTION} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href="/docs" target="_blank">
          Reference of the API
        </Menu.Item>
        <Menu.Item component="a" href="/queues" target="_blank" disabled={!maySeeQueues}>
          Queues
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>
          <Text size="xs">Runbook: docs/runbook.md</Text>
          <Text size="xs">This console: docs/console.md</Text>
        </Menu.Label>
      </Menu.Dropdown>
    </Menu>
  );
}
