import { type Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { parseSince } from './moments.js';
import type { Page } from './page.js';
import type { Question } from './question.js';
import type { ServiceAnswer, ServiceClient, ServiceRequest } from './service-client.js';

/** A list of the service: where it is, what is asked of it, and how its items are shown. */
export interface Listing<Row> {
  readonly path: string;
  /** Plural name of its items. */
  readonly what: string;
  readonly row: z.ZodType<Row>;
  /** `answer` has what the service says beside the items, such as totals. */
  readonly show: (rows: readonly Row[], page: Page, answer: Readonly<Record<string, unknown>>) => string;
  /** Shown where there are no items. */
  readonly none: (page: Page) => string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** At most so many items, however many pages that takes; without it the list is one page and takes no limit. */
  readonly most?: number;
  /** Which items are asked for, where the service gives more. */
  readonly keep?: (item: Readonly<Record<string, unknown>>) => boolean;
}

const PAGE_SIZE = 100;
const MAX_PAGES = 50;
export const MAX_ITEMS = PAGE_SIZE * MAX_PAGES;

const anyPage = z.looseObject({ items: z.array(z.looseObject({})), nextCursor: z.string().nullish() });

export function listed<Row>(listing: Listing<Row>): Question<{ items: Row[]; nextCursor?: string | null }> {
  return {
    send: (service) => collect(service, listing),
    answer: z.looseObject({ items: z.array(listing.row), nextCursor: z.string().nullish() }),
    show: ({ items, nextCursor, ...rest }, page) => {
      const shown = items.length === 0 ? listing.none(page) : listing.show(items, page, rest);
      return nextCursor ? `${shown}\n\nThere are more ${listing.what} than are shown here.` : shown;
    },
  };
}

export function withLimit(command: Command): Command {
  return command.option('--limit <n>', 'show at most so many', readLimit, 50);
}

/** Adds `--from` and `--to`. */
export function withPeriod(command: Command, now: Date): Command {
  const read = (given: string): string => {
    const time = parseSince(given, now);
    if (time === undefined)
      throw new InvalidArgumentError('It must be a date, a time with zone, or 24h, 7d, 4w.');
    return time;
  };
  return command
    .option('--from <when>', 'from then on: a date, a time with zone, or a span back such as 24h, 7d', read)
    .option('--to <when>', 'before then', read);
}

function readLimit(given: string): number {
  const limit = /^\d{1,4}$/.test(given) ? Number(given) : 0;
  if (limit < 1 || limit > MAX_ITEMS)
    throw new InvalidArgumentError(`It must be a number from 1 to ${MAX_ITEMS}.`);
  return limit;
}

/** Pages as one answer; bounded, so that a service that never ends its list does not keep us for ever. */
async function collect<Row>(service: ServiceClient, listing: Listing<Row>): Promise<ServiceAnswer> {
  const { most = 0, keep = () => true } = listing;
  const items: object[] = [];
  let cursor: string | null | undefined;
  for (let page = 1; ; page += 1) {
    const answer = await service.send(pageRequest(listing, items.length, cursor));
    const understood = anyPage.safeParse(answer.body);
    if (!answer.ok || !understood.success) return answer;
    items.push(...understood.data.items.filter(keep));
    cursor = understood.data.nextCursor ?? null;
    if (!cursor || page === MAX_PAGES || items.length >= most) {
      const body = { ...understood.data, items, nextCursor: cursor };
      return { ...answer, body, text: JSON.stringify(body) };
    }
  }
}

function pageRequest<Row>(
  { path, query, most }: Listing<Row>,
  had: number,
  cursor: string | null | undefined,
): ServiceRequest {
  const limit = most === undefined ? undefined : String(Math.min(PAGE_SIZE, most - had));
  return { method: 'GET', path: path + queryText({ ...query, limit, cursor }), effect: 'read' };
}

function queryText(query: Readonly<Record<string, string | null | undefined>>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}
