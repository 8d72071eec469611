import { MODELS, type Size, USE_CASES } from '../dataset/distribution.js';
import { anybody, busy, dayAgo, type Page, to } from './page.js';

type Query = Record<string, string | number | undefined>;
const GROUPS = ['model', 'useCase', 'day', 'hour', 'user'];
const useCase = (n: number) => USE_CASES[n % USE_CASES.length]!;
const model = (n: number) => MODELS[useCase(n)]![0]!;

/** So many days, up to today or to an earlier day each time. */
const days = (count: number) => (n: number) => ({ from: dayAgo(count - 1 + n), to: dayAgo(n) });
const question = (name: string, query: (n: number) => Query) => (n: number) =>
  to(`/v1/analytics/${name}`, query(n));

interface Figures {
  name: string;
  /** The longest time that may be asked for, and for users. */
  most: number;
  mostOfUsers: number;
}

function pagesOf({ name, most, mostOfUsers }: Figures, size: Size): Page[] {
  const some = anybody(size);
  const times = (groupBy: string) => (groupBy === 'user' ? [1, mostOfUsers] : [1, 30, most]);
  const filters: [string, (n: number) => Query][] = [
    ['of a model', (n) => ({ modelId: model(n) })],
    ['of a use case', (n) => ({ useCase: useCase(n) })],
    ['of a user', (n) => ({ userId: some.user(n), groupBy: 'day' })],
    ['of the busiest user', () => ({ userId: busy.user(0), groupBy: 'day' })],
    ['of the busiest user by model', () => ({ userId: busy.user(0), groupBy: 'model' })],
    ['of nobody', () => ({ userId: 'nobody', groupBy: 'day' })],
  ];
  const user = (query: (n: number) => Query) =>
    question(name, (n) => ({ groupBy: 'user', ...days(mostOfUsers)(n), ...query(n) }));
  return [
    ...GROUPS.flatMap((groupBy) =>
      times(groupBy).map((count) => ({
        what: `${name} by ${groupBy}, ${count} days`,
        path: question(name, (n) => ({ groupBy, ...days(count)(n) })),
        ...(groupBy === 'user' && { people: true as const }),
      })),
    ),
    ...filters.flatMap(([what, query]) =>
      [30, most].map((count) => ({
        what: `${name} ${what}, ${count} days`,
        path: question(name, (n) => ({ ...days(count)(n), ...query(n) })),
      })),
    ),
    {
      what: `${name} by user in a use case, ${mostOfUsers} days`,
      path: user((n) => ({ useCase: useCase(n) })),
      people: true,
    },
    {
      what: `${name} by user, the page after`,
      path: user((n) => ({ limit: 1 + n })),
      next: true,
      people: true,
    },
  ];
}

/** Usage and costs. */
export const usagePages = (size: Size): Page[] =>
  pagesOf({ name: 'usage', most: 366, mostOfUsers: 31 }, size);
export const costPages = (size: Size): Page[] => pagesOf({ name: 'costs', most: 92, mostOfUsers: 31 }, size);
/** Counts of switches. */
export const switchFigurePages = (size: Size): Page[] =>
  pagesOf({ name: 'switches', most: 92, mostOfUsers: 92 }, size);

/** Models that users prefer. */
export function preferencePages(size: Size): Page[] {
  const list = (query: (n: number) => Query) => question('preferences', query);
  return [
    { what: 'all', path: list((n) => ({ limit: 50 + (n % 50) })), people: true },
    { what: 'all, the page after', path: list((n) => ({ limit: 1 + n })), next: true, people: true },
    { what: 'of a model', path: list((n) => ({ modelId: model(n) })), people: true },
    { what: 'of a user', path: list((n) => ({ userId: anybody(size).user(n) })) },
    { what: 'of the busiest user', path: list(() => ({ userId: busy.user(0) })) },
  ];
}
