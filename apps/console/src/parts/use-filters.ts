import { useSearchParams } from 'react-router';

/** What a page shows is in its address, so that it can be kept and sent to others. */
export function useFilters() {
  const [search, setSearch] = useSearchParams();
  return {
    /** '' where it is not in the address. */
    of: (name: string): string => search.get(name) ?? '',
    /** What is empty leaves the address. */
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
