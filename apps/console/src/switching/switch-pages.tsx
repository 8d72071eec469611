import { Button, Text } from '@mantine/core';
import type { Schemas } from '@orchestrator/client/client.js';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { QueryState } from '../components/query-state.js';
import { SwitchList } from './switch-list.js';

interface Props {
  query: UseInfiniteQueryResult<InfiniteData<Schemas['SwitchPage']>>;
  /** The text where there are none. */
  none: string;
}

/** A list of switches that is read a page at a time. */
export function SwitchPages({ query, none }: Props) {
  return (
    <QueryState query={query}>
      {({ pages }) => {
        const switches = pages.flatMap(({ items }) => items);
        if (switches.length === 0) return <Text c="dimmed">{none}</Text>;
        return (
          <>
            <SwitchList switches={switches} />
            {query.hasNextPage && (
              <Button
                variant="default"
                loading={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage()}
              >
                Show older ones
              </Button>
            )}
          </>
        );
      }}
    </QueryState>
  );
}
