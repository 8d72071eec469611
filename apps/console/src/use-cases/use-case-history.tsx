import { Text } from '@mantine/core';
import { Section } from '../components/section.js';
import { SwitchPages } from '../switching/switch-pages.js';
import { useMaySeeSwitches, useSwitchPages } from '../switching/use-switches.js';

/** Switches of the use case and of its conversations, newest first. */
export function UseCaseHistory({ useCase }: { useCase: string }) {
  const maySee = useMaySeeSwitches();
  const switches = useSwitchPages({ useCase });
  return (
    <Section title="Switches">
      {maySee ? (
        <SwitchPages query={switches} none="Nothing was switched here yet." />
      ) : (
        <Text c="dimmed">Switches need a service key with the scope audit.</Text>
      )}
    </Section>
  );
}
