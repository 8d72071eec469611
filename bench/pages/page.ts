import { BUSIEST, type Size } from '../dataset/distribution.js';

/** A page that somebody opens. */
export interface Page {
  what: string;
  /** @param n the how-many-eth time it is opened: another user, conversation or day each time */
  path(n: number): string;
  /** Not this page but the one that its cursor leads to. */
  next?: true;
  /** Adds up calls or switches of those whom it names: of busier people that takes longer. */
  people?: true;
  /** A file of everything: the download is aborted after its first rows. */
  file?: true;
}

/** Whom a platform of some size has. */
export interface People {
  user(n: number): string;
  conversation(n: number): string;
}

export const busy: People = { user: () => BUSIEST.user, conversation: () => BUSIEST.conversation };

/** Somewhere in the middle, another one each time. */
export const anybody = ({ users, conversations }: Size): People => ({
  user: (n) => `user-${Math.floor(users * share(n))}`,
  conversation: (n) => `conv-${Math.floor(conversations * share(n))}`,
});

/** From a tenth to nine tenths, the same at every size. */
const share = (n: number): number => 0.1 + 0.8 * ((n * 0.618_034) % 1);

const DAY_MS = 86_400_000;
export const timeAgo = (daysAgo: number): string => new Date(Date.now() - daysAgo * DAY_MS).toISOString();
export const dayAgo = (daysAgo: number): string => timeAgo(daysAgo).slice(0, 10);

export const to = (path: string, query: Record<string, string | number | undefined>): string => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return `${path}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
};
