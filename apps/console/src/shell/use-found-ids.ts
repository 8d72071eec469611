import { useDebouncedValue } from '@mantine/hooks';
import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { isAllowed, RIGHTS } from '../session/rights.js';
import type { Session } from '../session/use-session.js';

export type FoundIds = Schemas['FoundIds'];

/** While somebody types, there is one request in this time at most. */
const TYPED_MS = 200;
const MIN_LENGTH = 2;
const MAX_LENGTH = 128;

/** State of a search for ids; `off`: the session may not search, or the text is too short. */
export type IdSearch =
  | { state: 'off' | 'searching' | 'failed' }
  /** `isCurrent` is false while the ids are those of a shorter text. */
  | { state: 'found'; ids: FoundIds; isCurrent: boolean };

/** Finds conversations, users and requests whose ids begin with the text. */
export function useFoundIds(session: Session, text: string): IdSearch {
  const [prefix] = useDebouncedValue(text, TYPED_MS);
  const isSearched = isAllowed(session, RIGHTS.search) && isPrefix(text);
  const { data, isError } = useQuery({
    queryKey: ['found-ids', prefix],
    queryFn: async ({ signal }) => ({
      prefix,
      ids: await dataOf(api.GET('/v1/search', { params: { query: { prefix } }, signal })),
    }),
    enabled: isSearched && prefix === text,
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (!isSearched) return { state: 'off' };
  if (isError) return { state: 'failed' };
  if (!data || !text.startsWith(data.prefix)) return { state: 'searching' };
  return { state: 'found', ids: data.ids, isCurrent: text === data.prefix };
}

const isPrefix = (text: string): boolean => text.length >= MIN_LENGTH && text.length <= MAX_LENGTH;
