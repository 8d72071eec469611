import type { Command } from 'commander';
import type { Schemas } from '#libs/client/client.js';
import { type Cli, examples, NEEDS_OPERATE, nonEmpty, noun } from './command-help.js';
import { names } from './fields.js';
import { listed, withLimit } from './pagination.js';
import { type Column, timeColumn, timeOr } from './render.js';

type Sweep = Schemas['Sweep'];

const SWEEPS: readonly Column<Sweep>[] = [
  timeColumn('STARTED', ({ startedAt }) => startedAt),
  timeColumn('ENDED', ({ endedAt }) => endedAt, { dropOrder: 2 }),
  { head: 'STATE', cell: ({ state }) => state },
  { head: 'CHECKED', cell: ({ checked, total }) => `${checked} of ${total ?? '?'}` },
  { head: 'FAILED', cell: ({ failed }) => String(failed) },
  { head: 'KIND', cell: ({ deep }) => (deep ? 'deep' : 'usual'), dropOrder: 3 },
  { head: 'MODELS', cell: ({ modelIds }) => modelIds?.join(', ') ?? 'all', dropOrder: 4 },
  { head: 'BY', cell: ({ by }) => by, dropOrder: 1 },
  { head: 'ID', cell: ({ id }) => id, dropOrder: 5, isKey: true },
];

const BREAKERS: readonly Column<Schemas['Breaker']>[] = [
  { head: 'MODEL ID', cell: ({ modelId }) => modelId },
  { head: 'KIND', cell: ({ kind }) => kind },
  {
    head: 'NEXT PROBE',
    cell: ({ recheckAt }, page) => timeOr(recheckAt, '-', page),
    value: ({ recheckAt }) => recheckAt,
  },
];

/** Adds the commands that check models now: all of them, or one whose breaker is open. */
export function addSweepCommands(cli: Cli): void {
  addSweep(cli);
  addBreakers(cli);
}

function addSweep({ program, run }: Cli): void {
  const sweep = program
    .command('sweep')
    .description(`validate all models now; use cases leave models that fail ${NEEDS_OPERATE}`)
    .option('--deep', 'probe each model, also where its last answer is recent')
    .option('--model <modelIds>', 'only these: a,b', names)
    .action(({ deep, model }: { deep?: true; model?: string[] }) =>
      run({
        send: (client) => client.api().POST('/v1/sweeps', { body: { deep, modelIds: model } }),
        show: ({ id }, { program }) => `✅ Sweep ${id} was requested. Its progress: ${program} sweeps list`,
        quiet: ({ id }) => id,
      }),
    );
  examples(sweep, '', '--deep --model eu.amazon.nova-pro-v1:0');

  const sweeps = noun(program, 'sweeps', 'validations of all models: scheduled and requested ones');
  withLimit(
    sweeps.command('list', { isDefault: true }).description('the last sweeps with their progress'),
  ).action(({ limit }: { limit: number }) =>
    run(
      listed({
        page: (api) => api.GET('/v1/sweeps', { params: { query: { limit: Math.min(limit, 100) } } }),
        what: 'sweeps',
        columns: SWEEPS,
        none: ({ program }) => `No sweep is known. Request one: ${program} sweep`,
      }),
    ),
  );
}

function addBreakers({ program, run }: Cli): void {
  const breakers = noun(program, 'breakers', 'circuit breakers that keep calls from failing models');
  breakers
    .command('list')
    .description('the open breakers, and when each is probed')
    .action(() =>
      run(
        listed({
          page: (api) => api.GET('/v1/breakers'),
          what: 'breakers',
          columns: BREAKERS,
          none: () => 'No breaker is open.',
        }),
      ),
    );
  addRecheck(breakers, { run });
}

function addRecheck(breakers: Command, { run }: Pick<Cli, 'run'>): void {
  const recheck = breakers
    .command('recheck')
    .description(`probe a model now; its breaker closes if it answers ${NEEDS_OPERATE}`)
    .argument('<modelId>', 'as `breakers list` shows it', nonEmpty)
    .action((modelId: string) =>
      run({
        send: (client) =>
          client.api().POST('/v1/breakers/{modelId}/recheck', { params: { path: { modelId } } }),
        show: ({ closed }) =>
          closed
            ? `✅ ${modelId} answered: its breaker is closed.`
            : `❌ ${modelId} did not answer: its breaker stays open.`,
        exitCode: ({ closed }) => (closed ? 0 : 1),
      }),
    );
  examples(recheck, 'eu.amazon.nova-pro-v1:0');
}
