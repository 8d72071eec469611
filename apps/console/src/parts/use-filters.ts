import { useSearchParams } from 'react-router';

/** Keeps the filters of a page in its address, so that it can be stored and shared. */
export function useFilters() {
  const [search, setSearch] = useSearchParams();
  return {
    /** '' where it is not in the address. */
    of: (name: string): string => search.get(name) ?? '',
    /** Removes an empty filter from the address. */
    set: (changes: Record<string, string>): void =>
      setSearch(
        (before) => {
          for (const [name, value] of Object.entries(changes)) {
            if (value === '') before.delete(name);
            else before.set(name, value);
          }
          return before;
        },
        { replace: true },
      ),
  };
}
