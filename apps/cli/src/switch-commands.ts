import type { Command } from 'commander';
import type { Schemas } from '#libs/client/client.js';
import { CliFailure, EXIT } from './cli-failure.js';
import { type Cli, examples, nonEmpty, withDryRun, withYes } from './command-help.js';
import { previewAction, writingAction } from './legacy-actions.js';
import type { Page } from './render.js';
import { type SwitchAnswer, switchAnswer } from './response-schemas.js';
import type { ApiCommand } from './run-command.js';
import { switchText, switchWarning } from './switch-output.js';

type SwitchAction = Extract<
  Schemas['OrchestrateRequest'],
  { action: 'switch' | 'auto-switch' | 'fallback-switch' }
>;

interface ScopeOptions {
  readonly conversation?: string;
  readonly useCase?: string;
  readonly user?: string;
  readonly reason?: string;
  readonly silent?: true;
  readonly dryRun?: true;
  readonly explain?: true;
  readonly mustExist?: true;
  readonly failedModel?: string;
  readonly yes?: true;
  readonly propose?: true;
}

const NOVA_LITE = 'eu.amazon.nova-lite-v1:0';
const PROPOSE = [
  '--propose',
  'propose the switch of a reviewed use case, which another person approves',
] as const;
const USE_CASE = 'clinical, health, operations, platform or another use case';

/** The lines of the source document. */
export function addShortSwitchCommands(cli: Cli): void {
  addSwitch(cli);
  addAutoSwitch(cli);
}

function addSwitch({ program, run }: Cli): void {
  const command = program
    .command('switch')
    .description('switch to a model by hand: its use case, the one you name, or one conversation')
    .argument('<modelId>', 'as `list` shows it', nonEmpty)
    .argument('[reason]', 'why, for the audit trail; in quotes');
  withScope(withReason(withSilence(withDryRun(command))))
    .option('--use-case <name>', 'switch this use case instead of the primary one of the model', nonEmpty)
    .option(...PROPOSE)
    .action((modelId: string, given: string | undefined, options: ScopeOptions) => {
      const reason = onlyOne(given?.trim() || undefined, options.reason);
      return run(switching({ action: 'switch', modelId, reason, ...scope(options) }, modelId));
    });
  examples(
    command,
    `${NOVA_LITE} "Cost optimization"`,
    `${NOVA_LITE} "Cost optimization" --conversation conv-123 --user user-456 --must-exist`,
    `${NOVA_LITE} --use-case platform --dry-run`,
    `${NOVA_LITE} "Cheaper, as good" --use-case clinical --propose`,
  );
}

function addAutoSwitch({ program, run }: Cli): void {
  const command = program
    .command('auto-switch')
    .description('switch a use case to its best model, or let a conversation follow the use case')
    .argument('<useCase>', USE_CASE, nonEmpty);
  withScope(withReason(withSilence(withDryRun(command))))
    .option(...PROPOSE)
    .action((useCase: string, options: ScopeOptions) =>
      run(switching({ action: 'auto-switch', reason: options.reason, ...scope(options), useCase })),
    );
  examples(
    command,
    'clinical',
    'clinical --conversation conv-123 --user user-456 --reason "Asked by the patient"',
    'health --dry-run --explain',
  );
}

/** It has no noun: it switches a use case or a conversation. */
export function addFallbackSwitch({ program, run }: Cli): void {
  const command = program
    .command('fallback-switch')
    .description(
      'leave a failing model for the next candidate; the use case is platform if you name no scope',
    )
    .argument('[reason]', 'why the model fails; in quotes');
  withScope(withReason(withSilence(withDryRun(command))))
    .option('--failed-model <modelId>', 'the model that failed instead of the present one', nonEmpty)
    .option('--use-case <name>', 'the use case whose model failed', nonEmpty)
    .action((given: string | undefined, options: ScopeOptions) => {
      const reason = onlyOne(given?.trim() || undefined, options.reason);
      if (reason === undefined)
        throw new CliFailure('A fallback needs a reason: --reason "Timeouts".', EXIT.usage);
      return run(
        switching({
          action: 'fallback-switch',
          reason,
          failedModelId: options.failedModel,
          ...scope(options),
        }),
      );
    });
  examples(command, '"Rate limit exceeded on primary model"', '"Timeouts" --use-case health --dry-run');
}

export function addUseCaseSwitches(useCases: Command, { run }: Cli): void {
  const command = useCases
    .command('switch')
    .description('switch a use case to a model, or without one to its best candidate')
    .argument('<name>', USE_CASE, nonEmpty)
    .argument('[modelId]', 'as `models list` shows it', nonEmpty);
  withYes(withExplanation(withReason(withSilence(withDryRun(command)))))
    .option(...PROPOSE)
    .action((useCase: string, modelId: string | undefined, options: ScopeOptions) => {
      const { reason, yes } = options;
      const body: SwitchAction =
        modelId === undefined
          ? { action: 'auto-switch', reason, ...scope(options), useCase }
          : { action: 'switch', modelId, reason, ...scope(options), useCase };
      const isAsked = !yes && !options.dryRun && !options.propose;
      return run(!isAsked ? switching(body, modelId) : confirmedSwitch(body, modelId));
    });
  examples(
    command,
    `health ${NOVA_LITE} --reason "Cost optimization"`,
    'clinical --dry-run --explain',
    'clinical --yes',
  );
}

export function addConversationSwitches(conversations: Command, { run }: Cli): void {
  const command = conversations
    .command('switch')
    .description('pin a conversation to a model, or with --follow let it follow a use case')
    .argument('<id>', 'of the conversation', nonEmpty)
    .argument('[modelId]', 'as `models list` shows it', nonEmpty)
    .option('--follow <useCase>', 'the use case to follow instead of a model', nonEmpty)
    .option('--user <id>', 'the user you act for (needs the scope act-as)', nonEmpty)
    .option('--create', 'make the conversation if it does not exist');
  withExplanation(withReason(withSilence(withDryRun(command)))).action(
    (id: string, modelId: string | undefined, options: ConversationOptions) =>
      run(switching(conversationAction(id, modelId, options), modelId)),
  );
  examples(
    command,
    `conv-123 ${NOVA_LITE} --user user-456 --reason "Asked by the patient"`,
    'conv-123 --follow clinical --user user-456 --dry-run',
  );
}

type ConversationOptions = ScopeOptions & { readonly follow?: string; readonly create?: true };

function conversationAction(
  id: string,
  modelId: string | undefined,
  { follow, create, reason, ...options }: ConversationOptions,
): SwitchAction {
  if ((modelId === undefined) === (follow === undefined))
    throw new CliFailure('Name a model, or --follow and a use case.', EXIT.usage);
  const of = scope({ ...options, conversation: id, mustExist: create ? undefined : true });
  if (modelId !== undefined) return { action: 'switch', modelId, reason, ...of };
  return { action: 'auto-switch', reason, ...of, useCase: follow! };
}

function withScope(command: Command): Command {
  return withExplanation(command)
    .option('--conversation <id>', 'only this conversation', nonEmpty)
    .option('--user <id>', 'the user you act for (needs the scope act-as)', nonEmpty)
    .option('--must-exist', 'refuse a conversation that does not exist, which else is created');
}

const withExplanation = (command: Command): Command =>
  command.option('--explain', 'show the candidates, their figures and the reasons against them');

const withReason = (command: Command): Command =>
  command.option('--reason <text>', 'why, for the audit trail', nonEmpty);

const withSilence = (command: Command): Command => command.option('--silent', 'do not notify the users');

function onlyOne(argument: string | undefined, option: string | undefined): string | undefined {
  if (argument !== undefined && option !== undefined)
    throw new CliFailure('The reason is there twice: as an argument and as --reason.', EXIT.usage);
  return argument ?? option;
}

/** Sends only the options that are given; the service decides on the others. */
function scope(options: ScopeOptions) {
  return {
    conversationId: options.conversation,
    useCase: options.useCase,
    userId: options.user,
    showNotification: options.silent ? false : undefined,
    dryRun: options.dryRun,
    explain: options.explain,
    mustExist: options.mustExist,
    propose: options.propose,
  };
}

const titleOf = ({ action }: SwitchAction) =>
  action === 'switch' ? 'Switching AI Model' : 'Auto-Switching AI Model';

function switching(
  body: SwitchAction,
  modelId?: string,
  ifMatch?: () => string | undefined,
): ApiCommand<unknown> {
  const shown = {
    schema: switchAnswer,
    show: (answer: SwitchAnswer, page: Page) => switchText(answer, titleOf(body), page),
    quiet: ({ data }: SwitchAnswer) => data.switchId ?? data.change?.id ?? '',
    exitCode: ({ data }: SwitchAnswer) => (data.change ? EXIT.waiting : EXIT.ok),
    warning: switchWarning,
    modelId,
  };
  return writingAction(body, shown, ifMatch);
}

/** Shows the effect and asks; a refusal, or nothing to change, is left to the switch itself. */
function confirmedSwitch(body: SwitchAction, modelId: string | undefined): ApiCommand<unknown> {
  // The switch that was shown, or none.
  let etag: string | undefined;
  return {
    ...switching(body, modelId, () => etag),
    confirm: async (client, { output, page, isData }) => {
      const preview = await previewAction(client, { ...body, dryRun: true }, switchAnswer);
      etag = preview?.etag;
      if (!preview?.answer.data.switched) return undefined;
      const text = switchText(preview.answer, titleOf(body), page);
      if (isData) output.err(text);
      else output.out(text);
      const warning = switchWarning(preview.answer);
      if (warning) output.err(warning);
      return 'Switch?';
    },
  };
}
