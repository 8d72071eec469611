import type { Command } from 'commander';
import type { Schemas } from '#libs/client/client.js';
import { EXIT } from './cli-failure.js';
import { type Cli, examples, NEEDS_OPERATE, nonEmpty, noun, withDryRun, withYes } from './command-help.js';
import { addDelete } from './delete-command.js';
import { bodyOf, changesOf, type Options, withFields } from './fields.js';
import { readingAction, slowAction } from './legacy-actions.js';
import { MODEL_FIELDS, NEEDED_OF_A_NEW_MODEL } from './model-fields.js';
import { modelFacts, modelStatus, modelText, verdictText } from './model-output.js';
import { MODEL_COLUMNS } from './model-table.js';
import { movePreview } from './move-commands.js';
import { stripControlChars } from './output.js';
import { listed } from './pagination.js';
import { type Column, counted, grid, table } from './render.js';
import { modelsAnswer, verdictAnswer } from './response-schemas.js';
import type { ApiCommand } from './run-command.js';

const NOVA_PRO = 'eu.amazon.nova-pro-v1:0';
const MODEL_ID = ['<modelId>', 'as `models list` shows it', nonEmpty] as const;
const STATUS: Column<Schemas['JudgedModel']> = { head: 'STATUS', cell: modelStatus };

export function addModelCommands(cli: Cli): void {
  const models = noun(cli.program, 'models', 'the models of the catalogue');
  addList(models, cli);
  addShow(models, cli);
  defineValidate(models.command('validate'), cli);
  addAdd(models, cli);
  addEdit(models, cli);
  addRetire(models, cli);
  addDelete(
    models,
    {
      argument: '<modelId>',
      what: 'model',
      effect: ' with its prices and validations',
      remove: (api, id) => api.DELETE('/v1/models/{id}', { params: { path: { id } } }),
    },
    cli,
  );
}

/** The lines of the source document that are about models. */
export function addShortModelCommands({ program, run }: Cli): void {
  program
    .command('list')
    .description('list all available models')
    .action(() =>
      run(
        readingAction(
          { action: 'list-all' },
          {
            schema: modelsAnswer,
            grid: ({ data }) => grid(MODEL_COLUMNS, data.models),
            show: ({ data: { models } }, page) => {
              if (models.length === 0)
                return 'No model is available. An operator makes one available in bedrock_models (is_available).';
              const title = `${counted(models.length, 'available model')}, prices in USD per 1,000 tokens\n\n`;
              return `${page.headers ? title : ''}${table(page, MODEL_COLUMNS, models)}`;
            },
          },
        ),
      ),
    );
}

/** The line of the source document, and its noun and verb. */
export function defineValidate(command: Command, { run }: Cli): void {
  command
    .description('show whether a model can be used, and why not (then the exit code is 1)')
    .argument('<modelId>', 'as `list` shows it', nonEmpty)
    .option('--deep', 'ask Bedrock now instead of reading the last verdict (needs the scope operate)')
    .action((modelId: string, options: { deep?: true }) => {
      const shown = {
        schema: verdictAnswer,
        show: ({ data }, page) => verdictText(modelId, data, page),
        exitCode: ({ data }) => (data.valid ? EXIT.ok : EXIT.refused),
        modelId,
      } satisfies Parameters<typeof readingAction<VerdictAnswer>>[1];
      return run(
        options.deep
          ? slowAction({ action: 'validate', modelId, deep: true }, shown)
          : readingAction({ action: 'validate', modelId }, shown),
      );
    });
  examples(command, NOVA_PRO, `${NOVA_PRO} --deep`);
}

type VerdictAnswer = (typeof verdictAnswer)['_output'];

function addList(models: Command, { run }: Cli): void {
  const list = models
    .command('list')
    .description('list the available models')
    .option('--all', 'also those that are not available, or have ended')
    .action(({ all }: { all?: true }) =>
      run(
        listed({
          page: (api) => api.GET('/v1/models'),
          what: 'models',
          keep: (model) => all === true || model.available !== false,
          columns: all ? [...MODEL_COLUMNS, STATUS] : MODEL_COLUMNS,
          before: ({ items }) =>
            `${counted(items.length, all ? 'model' : 'available model')}, prices in USD per 1,000 tokens`,
          none: ({ program }) => `No model is available. See them all: ${program} models list --all`,
        }),
      ),
    );
  examples(list, '', '--all', '--all -o csv');
}

function addShow(models: Command, { run }: Cli): void {
  const show = models
    .command('show')
    .description('a model with its prices, its verdict and what uses it')
    .argument(...MODEL_ID)
    .action((id: string) =>
      run({
        send: async (client) => {
          const path = { params: { path: { id } } };
          const { data, ...rest } = await client.api().GET('/v1/models/{id}', path);
          if (!data) return rest;
          const use = await client.api().GET('/v1/models/{id}/use', path);
          return { ...rest, data: { ...data, use: use.data ?? null } };
        },
        show: ({ use, ...model }, page) => [modelFacts(model, page), ...useLines(use)].join('\n'),
        quiet: (model) => model.id,
        modelId: id,
      }),
    );
  examples(show, NOVA_PRO, `${NOVA_PRO} -o yaml`);
}

function useLines(use: Schemas['ModelUse'] | null): string[] {
  return use ? [`   Used by: ${usedBy(use)}`] : [];
}

function usedBy({ useCases, conversations, conversationsCapped }: Schemas['ModelUse']): string {
  const many = `${counted(conversations, 'conversation')}${conversationsCapped ? ' at least' : ''}`;
  const all = [
    ...useCases.map((name) => `use case ${stripControlChars(name)}`),
    ...(conversations > 0 ? [many] : []),
  ];
  return all.join(', ') || 'nothing';
}

function addAdd(models: Command, { run }: Cli): void {
  const add = models
    .command('add')
    .description(`add a model; it can be used when it is available, invokable and priced ${NEEDS_OPERATE}`)
    .argument('<modelId>', 'the id to invoke it with', nonEmpty);
  withFields(add, MODEL_FIELDS, NEEDED_OF_A_NEW_MODEL).action((id: string, options: Options) => {
    const body = { ...bodyOf<Omit<Schemas['AddModel'], 'id'>>(MODEL_FIELDS, options), id };
    return run({ ...savedModel('added'), send: (client) => client.api().POST('/v1/models', { body }) });
  });
  examples(
    add,
    `${NOVA_PRO} --name "Amazon Nova Pro" --provider amazon --foundation-model amazon.nova-pro-v1:0 --invoke-with inference_profile`,
  );
}

function addEdit(models: Command, { run }: Cli): void {
  const edit = models
    .command('edit')
    .description(`change a model, only what you name ${NEEDS_OPERATE}`)
    .argument(...MODEL_ID);
  withFields(edit, MODEL_FIELDS).action((id: string, options: Options) => {
    const body = changesOf<Schemas['EditModel']>(MODEL_FIELDS, options);
    const request = { params: { path: { id } }, body };
    return run({
      ...savedModel('saved'),
      send: (client) => client.api().PATCH('/v1/models/{id}', request),
      modelId: id,
    });
  });
  examples(edit, `${NOVA_PRO} --input-price 0.00096 --output-price 0.00384`, `${NOVA_PRO} --available yes`);
}

interface RetireOptions {
  readonly successor?: string;
  readonly reason?: string;
  readonly dryRun?: true;
  readonly yes?: true;
}

function addRetire(models: Command, { run }: Cli): void {
  const retire = models
    .command('retire')
    .description(`take a model out of use; use cases and conversations on it move on first ${NEEDS_OPERATE}`)
    .argument(...MODEL_ID)
    .option('--successor <modelId>', 'the model to take instead of it', nonEmpty)
    .option('--reason <text>', 'why, for the audit trail', nonEmpty);
  withYes(withDryRun(retire)).action((id: string, { successor, reason, dryRun, yes }: RetireOptions) => {
    const path = { params: { path: { id } } };
    if (dryRun) return run({ ...movePreview(id, { to: { follow: true }, reason: 'Dry run' }), modelId: id });
    const body = { successorId: successor, reason };
    return run({
      show: ({ moveId, ...model }: Schemas['RetiredModel'], page) =>
        [
          modelText('retired', model, page),
          ...(moveId ? [`   Its conversations move: ${page.program} moves show ${moveId}`] : []),
        ].join('\n'),
      quiet: ({ id }: Schemas['RetiredModel']) => id,
      send: (client) =>
        client.api({ effect: 'repeatable' }).POST('/v1/models/{id}/retire', { ...path, body }),
      confirm: yes
        ? undefined
        : async (client) => {
            const { data } = await client.api().GET('/v1/models/{id}/use', path);
            const use = data ? ` These move to other models: ${usedBy(data)}.` : '';
            return `This takes ${id} out of use.${use} Retire it?`;
          },
      modelId: id,
    });
  });
  examples(
    retire,
    NOVA_PRO,
    `${NOVA_PRO} --dry-run`,
    `${NOVA_PRO} --successor eu.amazon.nova-2-lite-v1:0 --reason "Ends in March"`,
  );
}

const savedModel = (done: string): Pick<ApiCommand<Schemas['Model']>, 'show' | 'quiet'> => ({
  show: (model, page) => modelText(done, model, page),
  quiet: ({ id }) => id,
});
