import { type Command, Option } from 'commander';
import type { Schemas } from '#libs/client/client.js';
import { type Cli, examples, nonEmpty, noun, oldName } from './command-help.js';
import { type LifecycleItem, lifecycleWarnings, milestoneOf, shownDate, shownEnd } from './lifecycle.js';
import { stripControlChars } from './output.js';
import { listed, numbered, withLimit, withPeriod } from './pagination.js';
import { type Column, shownDecimal, timeColumn } from './render.js';
import { addShowAndUndo } from './undo-commands.js';

type Switch = Schemas['Switch'];
type Validation = Schemas['Validation'];

const NOVA_PRO = 'eu.amazon.nova-pro-v1:0';
const SCOPES = ['conversation', 'use_case'];
const ACTIONS = ['manual_switch', 'auto_switch', 'fallback_switch'];

const usd = (amount: string | null | undefined) =>
  amount === null || amount === undefined ? 'unknown' : shownDecimal(amount);

const SWITCHES: readonly Column<Switch>[] = [
  timeColumn('WHEN', ({ timestamp }) => timestamp),
  {
    head: 'SCOPE',
    cell: ({ conversationId, useCase }) => conversationId ?? `use case ${useCase ?? '-'}`,
  },
  { head: 'ACTION', cell: ({ action }) => action?.replace('_switch', '') ?? '-', dropOrder: 3 },
  {
    head: 'FROM → TO',
    cell: ({ previousModelId, newModelId }) => `${previousModelId ?? '-'} → ${newModelId}`,
  },
  {
    head: 'SAVES USD',
    cell: ({ costImpact, status }) => (status === 'pending' ? 'pending' : usd(costImpact)),
    dropOrder: 4,
  },
  { head: 'BY', cell: ({ actor }) => actor ?? '-', dropOrder: 1 },
  { head: 'REASON', cell: ({ reason }) => reason ?? '-', dropOrder: 2 },
  { head: 'ID', cell: ({ id }) => id ?? '-', dropOrder: 5, isKey: true },
];

const VALIDATIONS: readonly Column<Validation>[] = [
  timeColumn('WHEN', ({ checkedAt }) => checkedAt),
  { head: 'MODEL ID', cell: ({ modelId }) => modelId },
  { head: 'OUTCOME', cell: ({ outcome }) => outcome },
  { head: 'ERROR', cell: ({ errorKind }) => errorKind ?? '-', dropOrder: 1 },
  { head: 'METHOD', cell: ({ method }) => method ?? '-', dropOrder: 2 },
  { head: 'MS', cell: ({ latencyMs }) => String(latencyMs ?? '-'), dropOrder: 3 },
  { head: 'COST USD', cell: ({ costUsd, tokens }) => (tokens === 0 ? '-' : usd(costUsd)), dropOrder: 4 },
  { head: 'DETAIL', cell: ({ detail }) => detail ?? '-', dropOrder: 5 },
];

const LIFECYCLE: readonly Column<LifecycleItem>[] = [
  { head: 'MODEL ID', cell: ({ modelId }) => modelId },
  { head: 'STATUS', cell: ({ status }) => status ?? '-', dropOrder: 3 },
  { head: 'DEARER', cell: dearerFrom, dropOrder: 2 },
  { head: 'ENDS', cell: shownEnd },
  { head: 'IN DAYS', cell: (item) => String(milestoneOf(item, 'end_of_life')?.days ?? '-') },
  { head: 'USED BY', cell: usedBy, dropOrder: 4 },
  { head: 'SUCCESSOR', cell: ({ successor }) => successor?.modelId ?? '-', dropOrder: 1 },
  { head: 'SAVES USD', cell: saves, dropOrder: 5 },
];

/** Adds the commands that list switches, dates of models and results of sweeps. */
export function addHistoryCommands(cli: Cli): void {
  const { program } = cli;
  const conversations = noun(program, 'conversations', 'conversations: their models and their switches');
  defineHistory(conversations.command('history'), cli);
  defineHistory(oldName(program, 'history'), cli);

  const switches = noun(program, 'switches', 'who switched what, when and why (needs the scope audit)');
  defineSwitches(switches.command('list', { isDefault: true }), cli);
  addShowAndUndo(switches, cli);

  const models = noun(program, 'models', '');
  defineLifecycle(models.command('lifecycle'), cli);
  defineValidations(models.command('validations'), cli);
  defineLifecycle(oldName(program, 'lifecycle'), cli);
  defineValidations(oldName(program, 'validations'), cli);
}

interface SwitchesFilter {
  readonly scope?: Switch['scope'];
  readonly conversation?: string;
  readonly user?: string;
  readonly useCase?: string;
  readonly action?: Switch['action'];
  readonly by?: string;
  readonly model?: string;
  readonly request?: string;
  readonly reason?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
}

function defineSwitches(command: Command, { run, now }: Cli): void {
  command
    .description('who switched what, when and why, newest first (needs the scope audit)')
    .addOption(new Option('--scope <scope>', 'only of this scope').choices(SCOPES))
    .option('--conversation <id>', 'only this conversation', nonEmpty)
    .option('--user <id>', 'only this user', nonEmpty)
    .option('--use-case <name>', 'only this use case', nonEmpty)
    .addOption(new Option('--action <action>', 'only of this kind').choices(ACTIONS))
    .option('--by <actor>', 'only by this actor, such as service:ci', nonEmpty)
    .option('--model <modelId>', 'only from this model or to it', nonEmpty)
    .option('--request <id>', 'only those of this request', nonEmpty)
    .option('--reason <text>', 'only with this text in the reason', nonEmpty);
  withLimit(withPeriod(command, now)).action(
    ({ conversation, user, by, model, request, limit, ...given }: SwitchesFilter) => {
      const { scope, useCase, action, reason, from, to } = given;
      const ids = { conversationId: conversation, userId: user, modelId: model, requestId: request };
      const filter = { scope, ...ids, useCase, action, actor: by, reason, from, to };
      return run(
        listed({
          page: (api, position) => api.GET('/v1/switches', { params: { query: { ...filter, ...position } } }),
          what: 'switches',
          most: limit,
          columns: SWITCHES,
          none: () => 'No switches were found.',
        }),
      );
    },
  );
  examples(
    command,
    '--from 24h',
    '--use-case clinical --action fallback_switch',
    '--conversation conv-123 --json',
  );
}

function defineHistory(command: Command, { run }: Cli): void {
  command
    .description(
      'every switch that reached a conversation: its own, and those of its use case while it followed',
    )
    .argument('<conversation>', 'its id', nonEmpty);
  withLimit(command).action((id: string, { limit }: { limit: number }) =>
    run(
      listed({
        page: (api, query) => api.GET('/v1/conversations/{id}/history', { params: { path: { id }, query } }),
        what: 'switches',
        most: limit,
        columns: SWITCHES,
        none: () => 'No switch has reached this conversation.',
      }),
    ),
  );
  examples(command, 'conv-123', 'conv-123 --limit 500');
}

function defineLifecycle(command: Command, { run }: Cli): void {
  command
    .description('when models become legacy, dearer and end, their use, and the models to take instead')
    .action(() =>
      run(
        listed({
          page: (api) => api.GET('/v1/lifecycle'),
          what: 'models',
          columns: LIFECYCLE,
          before: ({ items }) =>
            lifecycleWarnings(items)
              .map((warning) => `⚠️  ${warning}`)
              .join('\n'),
          none: () => 'No model has a date in its lifecycle.',
        }),
      ),
    );
}

function defineValidations(command: Command, { run }: Cli): void {
  command
    .description('the results of sweeps, newest first')
    .option('--model <modelId>', 'only this model', nonEmpty);
  withLimit(command).action(({ model, limit }: { model?: string; limit: number }) =>
    run(
      listed({
        page: (api, position) =>
          api.GET('/v1/validations', { params: { query: { modelId: model, ...numbered(position) } } }),
        what: 'validations',
        most: limit,
        columns: VALIDATIONS,
        none: ({ program }) =>
          model === undefined
            ? `Nothing was validated yet. Ask now: ${program} sweep`
            : `No validation of ${stripControlChars(model)} is known. See the ids: ${program} models list --all`,
      }),
    ),
  );
  examples(command, '', `--model ${NOVA_PRO} --limit 10`);
}

function dearerFrom(item: LifecycleItem): string {
  const milestone = milestoneOf(item, 'extended_access');
  return milestone ? shownDate(milestone) : '-';
}

function usedBy({ useCases, conversations, conversationsCapped }: LifecycleItem): string {
  const count = conversations ? [`${conversations}${conversationsCapped ? '+' : ''} conversations`] : [];
  return [...(useCases ?? []), ...count].join(', ') || '-';
}

function saves({ successor }: LifecycleItem): string {
  if (!successor) return '-';
  return successor.horizon ? `${usd(successor.savedUsd)} (${successor.horizon})` : usd(successor.savedUsd);
}
