import { AppShell, Box, Burger, Button, Group, Image, Text } from '@mantine/core';
import { useDisclosure, useReducedMotion } from '@mantine/hooks';
import { type ReactNode, useEffect } from 'react';
import { useLocation } from 'react-router';
import { ReviewBanner } from '../changes/review-banner.js';
import { useEventStream } from '../live/use-event-stream.js';
import mark from '../mark.svg';
import type { Session } from '../session/use-session.js';
import { Account } from './account.js';
import { Bell } from './bell.js';
import { Connection, Outdated } from './connection.js';
import { EnvironmentBadge, environmentLine } from './environment.js';
import { HelpMenu } from './help-menu.js';
import { Navigation } from './navigation.js';
import { PaletteButton } from './palette-button.js';
import { SchemeToggle } from './scheme-toggle.js';
import { TimeZoneToggle } from './time-zone-toggle.js';

/** Frame of every page. */
export function Shell({ session, children }: { session: Session; children: ReactNode }) {
  const [opened, { toggle, close }] = useDisclosure();
  const { pathname } = useLocation();
  useEventStream(session);
  const isCalm = useReducedMotion();
  // Closes the menu after a navigation.
  useEffect(close, [pathname]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'md', sm: 'xl' }}
      transitionDuration={isCalm ? 0 : 150}
    >
      <AppShell.Header style={{ borderTop: environmentLine(session.environment) }}>
        <Button component="a" href="#main" size="xs" className="skip-link">
          Skip to the page
        </Button>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label="Menu"
              aria-expanded={opened}
            />
            <Image src={mark} w={28} h={28} alt="" visibleFrom="xs" />
            <Text fw={650} visibleFrom="lg">
              Model Orchestrator
            </Text>
            <Box visibleFrom="sm">
              <EnvironmentBadge environment={session.environment} />
            </Box>
            <PaletteButton session={session} />
          </Group>
          <Group gap="xs" wrap="nowrap" miw={0}>
            <Connection />
            <Bell />
            <Group gap="xs" wrap="nowrap" visibleFrom="sm">
              <TimeZoneToggle />
              <HelpMenu />
              <SchemeToggle />
            </Group>
            <Account session={session} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" component="nav" aria-label="Pages">
        <Navigation session={session} />
        <Group gap="xs" mt="md" hiddenFrom="sm">
          <TimeZoneToggle />
          <HelpMenu />
          <SchemeToggle />
        </Group>
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1}>
        <Outdated />
        <ReviewBanner />
        {children}
      </AppShell.Main>
    </AppShell>
  );
}
