import { useSearchParams } from 'react-router';

/** Keeps the filters of a page in its address, so that it can be stored and shared. */
export function useFilters() {
  const [search, setSearch] = useSearchParams();
  return {
    /** '' where it is not in the address. */
    of: (name: string): string => search.get(name) ?? '',
    /** Removes an empty filter from the address. */
    set: (changes: Record<string, string>): void => {
      // Of the address, not of the last render: the router renders later, and a change before that would undo this one.
      const next = new URLSearchParams(window.location.search);
      for (const [name, value] of Object.entries(changes)) {
        if (value === '') next.delete(name);
        else next.set(name, value);
      }
      setSearch(next, { replace: true });
    },
  };
}
