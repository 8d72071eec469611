import { keepPreviousData } from '@tanstack/react-query';

/** Read when it is opened, and shown until other rows are there; a switch does not read it again. */
export const READ_ONCE = {
  staleTime: 'static',
  gcTime: 0,
  placeholderData: keepPreviousData,
} as const;

/** For figures over many rows: read now and then, and not with every switch, of which there can be several a second. */
export const SLOW_POLLING = { ...READ_ONCE, refetchInterval: 30_000 } as const;
