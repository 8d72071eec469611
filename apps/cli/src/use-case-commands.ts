import type { Command } from 'commander';
import type { Schemas } from '#libs/client/client.js';
import type { Answer, ApiClient } from './api-client.js';
import { CANDIDATES, candidatesText } from './candidates-output.js';
import { type Cli, examples, NEEDS_OPERATE, nonEmpty, noun } from './command-help.js';
import { addDelete } from './delete-command.js';
import { changesOf, type Options, withFields } from './fields.js';
import { readingAction } from './legacy-actions.js';
import { stripControlChars } from './output.js';
import { listed } from './pagination.js';
import { type Column, facts, grid, type Page } from './render.js';
import { candidatesAnswer } from './response-schemas.js';
import { addUseCaseSwitches } from './switch-commands.js';
import { USE_CASE_FIELDS } from './use-case-fields.js';

type UseCase = Schemas['UseCase'];

const NAME = ['<name>', 'clinical, health, operations, platform or another use case', nonEmpty] as const;
const COLUMNS: readonly Column<UseCase>[] = [
  { head: 'USE CASE', cell: ({ name }) => name },
  { head: 'OBJECTIVE', cell: ({ objective }) => objective ?? '-' },
  { head: 'ACTIVE MODEL', cell: ({ activeModelId }) => activeModelId ?? '-' },
  { head: 'CANDIDATES', cell: ({ candidates }) => String(candidates?.length ?? '-'), dropOrder: 1 },
  { head: 'VERSION', cell: ({ version }) => String(version ?? '-'), dropOrder: 2 },
];

export function addUseCaseCommands(cli: Cli): void {
  const useCases = noun(cli.program, 'use-cases', 'the use cases, their candidates and their policies');
  useCases
    .command('list')
    .description('list the use cases with their models')
    .action(() =>
      cli.run(
        listed({
          page: (api) => api.GET('/v1/use-cases'),
          what: 'use cases',
          columns: COLUMNS,
          none: ({ program }) =>
            `No use cases yet. Make one: ${program} use-cases edit <name> --candidates <modelId>`,
        }),
      ),
    );
  addShow(useCases, cli);
  addEdit(useCases, cli);
  addUseCaseSwitches(useCases, cli);
  addDelete(
    useCases,
    {
      argument: '<name>',
      what: 'use case',
      effect: ' with its candidates',
      remove: (api, name) => api.DELETE('/v1/use-cases/{name}', { params: { path: { name } } }),
    },
    cli,
  );
}

/** The line of the source document. */
export function addShortUseCaseCommand({ program, run }: Cli): void {
  const useCase = program
    .command('use-case')
    .description('show the candidates of a use case in the order they are chosen in')
    .argument(...NAME)
    .action((name: string) =>
      run(
        readingAction(
          { action: 'get-for-use-case', useCase: name },
          {
            schema: candidatesAnswer,
            grid: ({ data }) => grid(CANDIDATES, data.models),
            show: ({ data }, page) => candidatesText(data, page),
          },
        ),
      ),
    );
  examples(useCase, 'clinical', 'health --json');
}

function addShow(useCases: Command, { run }: Cli): void {
  const show = useCases
    .command('show')
    .description('a use case with its policy, its expected use and its candidates')
    .argument(...NAME)
    .action((name: string) =>
      run({
        send: (client) => readUseCase(client, name),
        grid: ({ candidates }) => grid(CANDIDATES, candidates.models),
        show: useCaseText,
      }),
    );
  examples(show, 'clinical', 'clinical -o json');
}

type ShownUseCase = Omit<UseCase, 'candidates'> & { candidates: Schemas['Candidates'] };

async function readUseCase(client: ApiClient, name: string): Promise<Answer<ShownUseCase>> {
  const api = client.api({ effect: 'read' });
  const body = { action: 'get-for-use-case', useCase: name } as const;
  const [settings, ranked] = await Promise.all([
    api.GET('/v1/use-cases/{name}', { params: { path: { name } } }),
    api.POST('/functions/v1/orchestrate-bedrock-models', { body }),
  ]);
  if (!settings.data) return settings;
  if (ranked.data?.action !== 'get-for-use-case')
    return { error: ranked.error ?? {}, response: ranked.response };
  return { data: { ...settings.data, candidates: ranked.data.data }, response: settings.response };
}

function useCaseText({ candidates, ...useCase }: ShownUseCase, page: Page): string {
  const { expected } = useCase;
  const mix = expected && [
    `${expected.inputTokens} + ${expected.outputTokens} tokens an exchange`,
    `${expected.exchangesPerConversation} exchanges a conversation`,
    `${expected.exchangesPer30Days} in 30 days`,
    expected.basis,
  ];
  return [
    stripControlChars(useCase.name),
    ...facts([
      ['Objective', useCase.objective],
      ['Active model', useCase.activeModelId],
      ['Expected', mix?.join(', ')],
      ['Regions', useCase.allowedRegions?.join(', ') ?? 'as the service'],
      ['Guardrail', useCase.guardrail && `${useCase.guardrail.id}:${useCase.guardrail.version}`],
      ['Clients', useCase.clients],
      ['System prompt', useCase.hasSystemPrompt ? 'set' : undefined],
      ['On failure', useCase.onModelFailure],
      ['On recovery', useCase.onModelRecovery],
      ['Version', useCase.version?.toString()],
    ]),
    '',
    candidatesText(candidates, page),
  ].join('\n');
}

function addEdit(useCases: Command, { run }: Cli): void {
  const edit = useCases
    .command('edit')
    .description(
      `change a use case, only what you name, or make one: then with --candidates ${NEEDS_OPERATE}`,
    )
    .argument(...NAME);
  withFields(edit, USE_CASE_FIELDS).action((name: string, options: Options) => {
    const body = changesOf<Schemas['EditUseCase']>(USE_CASE_FIELDS, options);
    return run({
      send: (client) => client.api().PUT('/v1/use-cases/{name}', { params: { path: { name } }, body }),
      show: savedText,
      quiet: (useCase) => useCase.name,
    });
  });
  examples(
    edit,
    'health --objective cost',
    'triage --candidates eu.amazon.nova-pro-v1:0,eu.amazon.nova-lite-v1:0 --allowed-regions eu-central-1',
  );
}

function savedText(useCase: UseCase): string {
  return [
    `✅ Use case ${stripControlChars(useCase.name)} saved.`,
    ...facts([
      ['Objective', useCase.objective],
      ['Active model', useCase.activeModelId],
      ['Candidates', useCase.candidates?.join(', ')],
    ]),
  ].join('\n');
}
