import { keepPreviousData } from '@tanstack/react-query';

/**
 * For figures over many rows: read when one comes and now and then, and not with each switch, of which there can be
 * several a second. What was shown stays until what was asked for instead is there.
 */
export const SLOW_POLLING = {
  staleTime: 'static',
  gcTime: 0,
  refetchInterval: 30_000,
  placeholderData: keepPreviousData,
} as const;
