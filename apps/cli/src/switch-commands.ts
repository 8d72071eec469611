import type { Command } from 'commander';
import { type Action, writingAction } from './action-request.js';
import { type SwitchAnswer, switchAnswer } from './answers.js';
import { examples, filled } from './command-words.js';
import type { Ask, Question } from './question.js';
import { switchScreen, switchWarning } from './switch-screen.js';

interface ScopeOptions {
  readonly conversation?: string;
  readonly useCase?: string;
  readonly user?: string;
  readonly silent?: true;
  readonly dryRun?: true;
  readonly explain?: true;
  readonly mustExist?: true;
}

export function addSwitchCommands(program: Command, ask: Ask): void {
  addSwitch(program, ask);
  addAutoSwitch(program, ask);
  addFallbackSwitch(program, ask);
}

function addSwitch(program: Command, ask: Ask): void {
  const command = program
    .command('switch')
    .description('switch to a model by hand: its use case, the one you name, or one conversation')
    .argument('<modelId>', 'as `list` shows it', filled)
    .argument('[reason]', 'why, for the audit trail; in quotes');
  withScope(withNotification(command))
    .option('--use-case <name>', 'switch this use case instead of the primary one of the model', filled)
    .action((modelId: string, reason: string | undefined, options: ScopeOptions) =>
      ask({
        ...switching({ action: 'switch', modelId, reason: reason?.trim() || undefined, ...scope(options) }),
        modelId,
      }),
    );
  examples(
    command,
    'eu.amazon.nova-lite-v1:0 "Cost optimization"',
    'eu.amazon.nova-lite-v1:0 "Cost optimization" --conversation conv-123 --user user-456 --must-exist',
    'eu.amazon.nova-lite-v1:0 --use-case platform --dry-run',
  );
}

function addAutoSwitch(program: Command, ask: Ask): void {
  const command = program
    .command('auto-switch')
    .description('switch a use case to its best model, or let a conversation follow the use case')
    .argument('<useCase>', 'clinical, health, operations, platform or another use case', filled);
  withScope(withNotification(command)).action((useCase: string, options: ScopeOptions) =>
    ask(switching({ action: 'auto-switch', ...scope(options), useCase })),
  );
  examples(
    command,
    'clinical',
    'clinical --conversation conv-123 --user user-456',
    'health --dry-run --explain',
  );
}

function addFallbackSwitch(program: Command, ask: Ask): void {
  const command = program
    .command('fallback-switch')
    .description(
      'leave a failing model for the next candidate; the use case is platform if you name no scope',
    )
    .argument('<reason>', 'what failed; in quotes', filled)
    .option('--failed-model <modelId>', 'the model that failed instead of the present one', filled);
  withScope(command)
    .option('--use-case <name>', 'the use case whose model failed', filled)
    .action((reason: string, options: ScopeOptions & { failedModel?: string }) =>
      ask(
        switching({
          action: 'fallback-switch',
          reason,
          failedModelId: options.failedModel,
          ...scope(options),
        }),
      ),
    );
  examples(command, '"Rate limit exceeded on primary model"', '"Timeouts" --use-case health');
}

function withScope(command: Command): Command {
  return command
    .option('--conversation <id>', 'only this conversation', filled)
    .option('--user <id>', 'the user you act for (needs the scope act-as)', filled)
    .option('--explain', 'show the candidates, their figures and what is against them')
    .option('--must-exist', 'refuse a conversation that does not exist, which else is created');
}

function withNotification(command: Command): Command {
  return command
    .option('--silent', 'do not notify the users')
    .option('--dry-run', 'tell what would happen and change nothing');
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
  };
}

function switching(body: Action): Question<SwitchAnswer> {
  const usualTitle = body.action === 'switch' ? 'Switching AI Model' : 'Auto-Switching AI Model';
  return {
    send: writingAction(body),
    answer: switchAnswer,
    show: (answer, page) => switchScreen(answer, usualTitle, page),
    warning: switchWarning,
  };
}
