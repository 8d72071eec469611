import type { Command } from 'commander';
import { changeView, switchView, validationView } from './answers.js';
import { examples, filled } from './command-words.js';
import { lifecycleItem } from './lifecycle.js';
import { listed, withLimit, withPeriod } from './lists.js';
import type { Ask } from './question.js';
import { changesScreen, lifecycleScreen, switchesScreen, validationsScreen } from './record-screens.js';

const NOVA_PRO = 'eu.amazon.nova-pro-v1:0';
const ENTITIES = ['model', 'use_case', 'candidate', 'assistant'];

type Filter = Readonly<Record<string, string | undefined>> & { readonly limit: number };

/** Adds the commands that list changes of the catalogue, switches and results of sweeps. */
export function addRecordCommands(program: Command, ask: Ask, now: Date): void {
  addChanges(program, ask);
  addSwitches(program, ask, now);
  addHistory(program, ask);
  addLifecycle(program, ask);
  addValidations(program, ask);
}

function addChanges(program: Command, ask: Ask): void {
  const command = program
    .command('changes')
    .description('who changed the catalogue, what and when, newest first (needs the scope audit or operate)')
    .option('--entity <kind>', `only ${ENTITIES.join(', ')}`, filled)
    .option('--id <id>', 'only this model, use case or assistant', filled);
  withLimit(command).action(({ entity, id, limit }: Filter) =>
    ask(
      listed({
        path: '/v1/catalogue/changes',
        what: 'changes',
        row: changeView,
        query: { entity, entityId: id },
        most: limit,
        show: changesScreen,
        none: () => 'No changes are recorded.',
      }),
    ),
  );
  examples(command, '', `--entity model --id ${NOVA_PRO}`);
}

function addSwitches(program: Command, ask: Ask, now: Date): void {
  const command = program
    .command('switches')
    .description('who switched what, when and why, newest first (needs the scope audit)')
    .option('--scope <scope>', 'only of scope conversation, or only of scope use_case', filled)
    .option('--conversation <id>', 'only this conversation', filled)
    .option('--user <id>', 'only this user', filled)
    .option('--use-case <name>', 'only this use case', filled)
    .option('--action <action>', 'only manual_switch, auto_switch or fallback_switch', filled);
  withLimit(withPeriod(command, now)).action(
    ({ scope, conversation, user, useCase, action, from, to, limit }: Filter) =>
      ask(
        listed({
          path: '/v1/switches',
          what: 'switches',
          row: switchView,
          query: { scope, conversationId: conversation, userId: user, useCase, action, from, to },
          most: limit,
          show: switchesScreen,
          none: () => 'No switches were found.',
        }),
      ),
  );
  examples(
    command,
    '--from 24h',
    '--use-case clinical --action fallback_switch',
    '--conversation conv-123 --json',
  );
}

function addHistory(program: Command, ask: Ask): void {
  const command = program
    .command('history')
    .description(
      'every switch that reached a conversation: its own, and those of its use case while it followed',
    )
    .argument('<conversation>', 'its id', filled);
  withLimit(command).action((conversation: string, { limit }: Filter) =>
    ask(
      listed({
        path: `/v1/conversations/${encodeURIComponent(conversation)}/history`,
        what: 'switches',
        row: switchView,
        most: limit,
        show: switchesScreen,
        none: () => 'No switch has reached this conversation.',
      }),
    ),
  );
  examples(command, 'conv-123', 'conv-123 --limit 500');
}

function addLifecycle(program: Command, ask: Ask): void {
  program
    .command('lifecycle')
    .description('when models become legacy, dearer and end, who uses them, and what to take instead')
    .action(() =>
      ask(
        listed({
          path: '/v1/lifecycle',
          what: 'models',
          row: lifecycleItem,
          show: lifecycleScreen,
          none: () => 'No model has a date in its lifecycle.',
        }),
      ),
    );
}

function addValidations(program: Command, ask: Ask): void {
  const command = program
    .command('validations')
    .description('what the sweeps found, newest first')
    .option('--model <modelId>', 'only this model', filled);
  withLimit(command).action(({ model, limit }: Filter) =>
    ask(
      listed({
        path: '/v1/validations',
        what: 'validations',
        row: validationView,
        query: { modelId: model },
        most: limit,
        show: validationsScreen,
        none: ({ program }) => `Nothing was validated yet. Ask now: ${program} validate <modelId> --deep`,
      }),
    ),
  );
  examples(command, '', `--model ${NOVA_PRO} --limit 10`);
}
