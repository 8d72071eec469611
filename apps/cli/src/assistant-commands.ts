import type { Command } from 'commander';
import type { Schemas } from '#libs/client/client.js';
import { type Cli, examples, NEEDS_OPERATE, nonEmpty, noun } from './command-help.js';
import { addDelete } from './delete-command.js';
import { bodyOf, type Field, field, type Options, orNone, text, withFields } from './fields.js';
import { stripControlChars } from './output.js';
import { listed } from './pagination.js';
import { type Column, facts } from './render.js';

type Assistant = Schemas['Assistant'];

const COLUMNS: readonly Column<Assistant>[] = [
  { head: 'ID', cell: ({ id }) => id },
  { head: 'NAME', cell: ({ name }) => name ?? '-', dropOrder: 1 },
  { head: 'USE CASE', cell: ({ useCase }) => useCase ?? '-' },
];

const ASSISTANT_FIELDS: readonly Field[] = [
  field('--name <name>', 'name', 'what people call it', text),
  field('--use-case <name>', 'useCase', 'the use case it belongs to', text),
  field(
    '--system-prompt <text>',
    'systemPrompt',
    'replaces the system prompt of users, or none',
    orNone(text),
  ),
];

export function addAssistantCommands(cli: Cli): void {
  const assistants = noun(cli.program, 'assistants', 'the assistants and their use cases');
  assistants
    .command('list')
    .description('list the assistants with their use cases')
    .action(() =>
      cli.run(
        listed({
          page: (api) => api.GET('/v1/assistants'),
          what: 'assistants',
          columns: COLUMNS,
          none: ({ program }) =>
            `No assistants yet. Make one: ${program} assistants edit <id> --name <name> --use-case <name>`,
        }),
      ),
    );
  addShow(assistants, cli);
  addEdit(assistants, cli);
  addDelete(
    assistants,
    {
      argument: '<id>',
      what: 'assistant',
      effect: '',
      remove: (api, id) => api.DELETE('/v1/assistants/{id}', { params: { path: { id } } }),
    },
    cli,
  );
}

function addShow(assistants: Command, { run }: Cli): void {
  const show = assistants
    .command('show')
    .description('an assistant with its use case')
    .argument('<id>', 'as `assistants list` shows it', nonEmpty)
    .action((id: string) =>
      run({
        send: (client) => client.api().GET('/v1/assistants/{id}', { params: { path: { id } } }),
        show: (assistant) =>
          [
            stripControlChars(assistant.id),
            ...facts([
              ['Name', assistant.name],
              ['Use case', assistant.useCase],
              ['System prompt', assistant.hasSystemPrompt ? 'set' : 'none'],
            ]),
          ].join('\n'),
      }),
    );
  examples(show, 'triage-bot');
}

function addEdit(assistants: Command, { run }: Cli): void {
  const edit = assistants
    .command('edit')
    .description(`make an assistant, or move it to another use case ${NEEDS_OPERATE}`)
    .argument('<id>', 'as `assistants list` shows it', nonEmpty);
  withFields(edit, ASSISTANT_FIELDS, ['name', 'useCase']).action((id: string, options: Options) => {
    const body = bodyOf<Schemas['EditAssistant']>(ASSISTANT_FIELDS, options);
    return run({
      send: (client) => client.api().PUT('/v1/assistants/{id}', { params: { path: { id } }, body }),
      show: assistantText,
      quiet: (assistant) => assistant.id,
    });
  });
  examples(edit, 'triage-bot --name "Triage bot" --use-case clinical');
}

function assistantText({ id, name, useCase }: Assistant): string {
  return [
    `✅ Assistant ${stripControlChars(id)} saved.`,
    ...facts([
      ['Name', name],
      ['Use case', useCase],
    ]),
  ].join('\n');
}
