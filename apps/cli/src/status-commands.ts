import type { Schemas } from '#libs/client/client.js';
import { EXIT } from './cli-failure.js';
import { type Cli, examples } from './command-help.js';
import { stripControlChars } from './output.js';
import { type Column, facts, grid, type Page, shownDecimal, shownTime, table, timeOr } from './render.js';

type UseCase = Schemas['UseCaseOverview'];
type Attention = Schemas['Attention'];
type Instance = Schemas['Instance'];

const percent = (rate: number | null) => (rate === null ? '-' : `${(rate * 100).toFixed(1)} %`);
const usd = (amount: string | null) => (amount === null ? '-' : shownDecimal(amount));

const COLUMNS: readonly Column<UseCase>[] = [
  { head: 'USE CASE', cell: ({ name }) => name },
  { head: 'ACTIVE MODEL', cell: ({ activeModelId }) => activeModelId },
  { head: 'CALLS 24H', cell: ({ calls }) => String(calls) },
  { head: 'FAILED', cell: ({ errorRate }) => percent(errorRate), dropOrder: 1 },
  { head: 'FELL BACK', cell: ({ fallbackRate }) => percent(fallbackRate), dropOrder: 2 },
  { head: 'MS (P95)', cell: ({ p95Ms }) => String(p95Ms ?? '-'), dropOrder: 3 },
  { head: 'USD TODAY', cell: ({ costTodayUsd }) => usd(costTodayUsd), dropOrder: 2 },
  { head: 'USD YESTERDAY', cell: ({ costYesterdayUsd }) => usd(costYesterdayUsd), dropOrder: 4 },
  { head: 'FOLLOWERS', cell: ({ followers }) => String(followers), dropOrder: 3 },
  { head: 'PINNED', cell: ({ pinned }) => String(pinned), dropOrder: 3 },
  {
    head: 'NEXT END OF LIFE',
    cell: ({ nextEndOfLife }) =>
      nextEndOfLife ? `${nextEndOfLife.modelId} ${nextEndOfLife.date.slice(0, 10)}` : '-',
    dropOrder: 5,
  },
];

const INSTANCE_COLUMNS: readonly Column<Instance>[] = [
  { head: 'INSTANCE', cell: ({ name }) => name },
  { head: 'KIND', cell: ({ kind }) => kind },
  { head: 'STATE', cell: ({ state }) => state },
  { head: 'VERSION', cell: ({ version }) => version, dropOrder: 2 },
  {
    head: 'STARTED',
    cell: ({ startedAt }, page) => timeOr(startedAt, '-', page),
    value: ({ startedAt }) => startedAt,
    dropOrder: 1,
  },
  {
    head: 'LAST SEEN',
    cell: ({ seenAt }, page) => timeOr(seenAt, '-', page),
    value: ({ seenAt }) => seenAt,
  },
];

type Words = (attention: Attention) => string;

/** The state, and the command that shows more of it. */
const ATTENTION: Readonly<Record<Attention['kind'], Words>> = {
  worker_away: () => 'No worker runs: audit rows, sweeps and notifications wait',
  breaker_open: ({ modelId }) => `The breaker of ${modelId} is open: breakers list`,
  dead_letters: ({ count }) => `${count} dead letters: outbox list`,
  sweep_failed: ({ modelId }) => `${modelId ?? 'A sweep'} failed its validation: models validations`,
  webhook_disabled: ({ count }) => `${count} webhooks are disabled: webhooks list`,
  channel_disabled: ({ count }) => `${count} channels are disabled: channels list`,
  legacy_in_use: ({ modelId, count }) =>
    `${modelId} is legacy, and ${count} use cases run on it: models lifecycle`,
  budget_reached: ({ count }) => `${count} budgets are reached: budgets list`,
  move_running: ({ modelId }) => `A move of ${modelId ?? 'a model'} is in progress`,
};

/** Adds the commands that show the state of the service, and the rights of the key. */
export function addStatusCommands({ program, run }: Cli): void {
  const status = program
    .command('status')
    .description('each use case, the instances, and states that need an operator (then the exit code is 1)')
    .action(() =>
      run({
        send: async (client) => {
          const { data, ...rest } = await client.api().GET('/v1/overview');
          if (!data) return rest;
          // An older service has no list of instances.
          const { data: instances } = await client.api().GET('/v1/instances');
          return { ...rest, data: { ...data, instances: instances?.items ?? [] } };
        },
        grid: ({ useCases }) => grid(COLUMNS, useCases),
        show: statusText,
        exitCode: ({ attention }) => (attention.length > 0 ? EXIT.refused : EXIT.ok),
      }),
    );
  examples(status, '', '-o json');
}

type Overview = Schemas['Overview'];
interface Status extends Overview {
  readonly instances: readonly Instance[];
}

function statusText({ useCases, attention, instances }: Status, page: Page): string {
  const count = attention.length;
  const head =
    count === 0
      ? '✅ Nothing needs an operator.'
      : `❌ ${count} ${count === 1 ? 'state needs' : 'states need'} an operator:`;
  return [
    head,
    ...attention.map((state) => `   - ${attentionLine(state, page)}`),
    '',
    table(page, COLUMNS, useCases),
    ...(instances.length > 0 ? ['', table(page, INSTANCE_COLUMNS, instances)] : []),
  ].join('\n');
}

function attentionLine(attention: Attention, page: Page): string {
  // A newer service may name other states.
  const words: Words | undefined = ATTENTION[attention.kind];
  const text = words?.(attention) ?? attention.kind.replaceAll('_', ' ');
  const where = attention.useCase ? ` (use case ${attention.useCase})` : '';
  const since = attention.since ? `, since ${shownTime(attention.since, page)}` : '';
  return stripControlChars(`${text}${where}${since}`);
}

export function addWhoami({ program, run }: Cli): void {
  program
    .command('whoami')
    .description('the installation, the actor, and the scopes of the key or of the person')
    .action(() =>
      run({
        send: async (client) => {
          const { url, profile } = client.settings;
          const { data, ...rest } = await client.api().GET('/v1/session');
          return data ? { ...rest, data: { url, profile: profile ?? null, ...data } } : rest;
        },
        show: ({ url, profile, actor, groups, scopes, authenticatedAt, expiresAt }, page) =>
          [
            stripControlChars(actor),
            ...facts([
              ['Service', url],
              ['Profile', profile],
              ['Groups', groups?.join(', ')],
              ['Scopes', scopes.join(', ')],
              ['Signed in', authenticatedAt && shownTime(authenticatedAt, page)],
              ['Expires', expiresAt && shownTime(expiresAt, page)],
            ]),
          ].join('\n'),
        quiet: ({ actor }) => actor,
      }),
    );
}
