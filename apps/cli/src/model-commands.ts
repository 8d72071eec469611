import type { Command } from 'commander';
import { readingAction, slowAction, writingAction } from './action-request.js';
import { catalogueAnswer, clearedAnswer, useCaseAnswer, verdictAnswer } from './answers.js';
import { EXIT } from './cli-failure.js';
import { examples, filled } from './command-words.js';
import { catalogueScreen, useCaseScreen, verdictScreen } from './model-screens.js';
import type { Ask } from './question.js';

export function addModelCommands(program: Command, ask: Ask): void {
  program
    .command('list')
    .description('list all available models')
    .action(() =>
      ask({
        send: readingAction({ action: 'list-all' }),
        answer: catalogueAnswer,
        show: ({ data }, page) => catalogueScreen(data, page),
      }),
    );

  const useCase = program
    .command('use-case')
    .description('show the candidates of a use case in the order they are chosen in')
    .argument('<name>', 'clinical, health, operations, platform or another use case', filled)
    .action((name: string) =>
      ask({
        send: readingAction({ action: 'get-for-use-case', useCase: name }),
        answer: useCaseAnswer,
        show: ({ data }, page) => useCaseScreen(data, page),
      }),
    );
  examples(useCase, 'clinical', 'health --json');

  addValidate(program, ask);

  program
    .command('clear-cache')
    .description('make every instance read the database again, after a change by SQL')
    .action(() =>
      ask({
        send: writingAction({ action: 'clear-cache' }),
        answer: clearedAnswer,
        show: () => '✅ Cache cleared: every instance reads the models from the database again.',
      }),
    );
}

function addValidate(program: Command, ask: Ask): void {
  const validate = program
    .command('validate')
    .description('tell whether a model can be used, and why not (then the exit code is 1)')
    .argument('<modelId>', 'as `list` shows it', filled)
    .option('--deep', 'ask Bedrock now instead of reading the last verdict (needs the scope operate)')
    .action((modelId: string, options: { deep?: true }) =>
      ask({
        send: options.deep
          ? slowAction({ action: 'validate', modelId, deep: true })
          : readingAction({ action: 'validate', modelId }),
        answer: verdictAnswer,
        show: ({ data }, page) => verdictScreen(modelId, data, page),
        exitCode: ({ data }) => (data.valid ? EXIT.ok : EXIT.refused),
        modelId,
      }),
    );
  examples(validate, 'eu.amazon.nova-pro-v1:0', 'eu.amazon.nova-pro-v1:0 --deep');
}
