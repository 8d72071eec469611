import { SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './description-list.module.css';

/** Names and what they are, two or three beside each other where there is room. */
export function DescriptionList({ facts }: { facts: Record<string, ReactNode> }) {
  return (
    <SimpleGrid component="dl" cols={{ base: 1, xs: 2, md: 3 }} spacing="md" my={0}>
      {Object.entries(facts).map(([name, fact]) => (
        <div key={name}>
          <Text component="dt" size="xs" c="dimmed">
            {name}
          </Text>
          <Text component="dd" size="sm" className={classes.fact}>
            {fact ?? '–'}
          </Text>
        </div>
      ))}
    </SimpleGrid>
  );
}
