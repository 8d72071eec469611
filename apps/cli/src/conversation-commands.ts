import type { Command } from 'commander';
import type { Schemas } from '#libs/client/client.js';
import { type Cli, examples, nonEmpty, noun } from './command-help.js';
import { oneOf } from './fields.js';
import { stripControlChars } from './output.js';
import { listed, withLimit } from './pagination.js';
import { type Column, facts, type Page, shownTime, timeColumn } from './render.js';
import { addConversationSwitches } from './switch-commands.js';

type Conversation = Schemas['Conversation'];

const COLUMNS: readonly Column<Conversation>[] = [
  { head: 'ID', cell: ({ id }) => id },
  { head: 'USE CASE', cell: ({ useCase }) => useCase },
  { head: 'MODEL ID', cell: ({ modelId }) => modelId },
  { head: 'PINNED', cell: ({ pin }) => pin?.kind ?? '-' },
  { head: 'USER', cell: ({ userId }) => userId, dropOrder: 2 },
  timeColumn('UPDATED', ({ updatedAt }) => updatedAt, { dropOrder: 1 }),
];

interface Filter {
  readonly user?: string;
  readonly useCase?: string;
  readonly model?: string;
  readonly pinned?: string;
  readonly limit: number;
}

export function addConversationCommands(cli: Cli): void {
  const conversations = noun(cli.program, 'conversations', 'conversations: their models and their switches');
  addList(conversations, cli);
  addShow(conversations, cli);
  addConversationSwitches(conversations, cli);
}

function addList(conversations: Command, { run }: Cli): void {
  const list = conversations
    .command('list')
    .description('in the order of their ids (needs the scope read, audit or switch)')
    .option('--user <id>', 'only of this user', nonEmpty)
    .option('--use-case <name>', 'only of this use case', nonEmpty)
    .option('--model <modelId>', 'only those that this model answers', nonEmpty)
    .option('--pinned <yes|no>', 'only pinned ones, or only those that follow', oneOf('yes', 'no'));
  withLimit(list).action(({ user, useCase, model, pinned, limit }: Filter) => {
    const filter = {
      userId: user,
      useCase,
      modelId: model,
      pinned: pinned === undefined ? undefined : pinned === 'yes',
    };
    return run(
      listed({
        page: (api, position) =>
          api.GET('/v1/conversations', { params: { query: { ...filter, ...position } } }),
        what: 'conversations',
        most: limit,
        columns: COLUMNS,
        none: () => 'No conversations were found.',
      }),
    );
  });
  examples(list, '--user user-456', '--model eu.amazon.nova-pro-v1:0 --pinned yes');
}

function addShow(conversations: Command, { run }: Cli): void {
  const show = conversations
    .command('show')
    .description('the model that answers a conversation, and why')
    .argument('<id>', 'of the conversation', nonEmpty)
    .action((id: string) =>
      run({
        send: (client) => client.api().GET('/v1/conversations/{id}', { params: { path: { id } } }),
        show: conversationText,
      }),
    );
  examples(show, 'conv-123');
}

function conversationText(conversation: Schemas['ExplainedConversation'], page: Page): string {
  const { pin } = conversation;
  return [
    stripControlChars(conversation.explanation),
    ...facts([
      ['Id', conversation.id],
      ['Model', conversation.modelId],
      ['Use case', conversation.useCase],
      ['User', conversation.userId],
      ['Pinned', pin && `${pin.kind}, ${pin.modelId}`],
      ['Failed', pin?.failedModelId],
      ['Next check', pin?.recheckAt && shownTime(pin.recheckAt, page)],
      ['Made', shownTime(conversation.createdAt, page)],
      ['Updated', shownTime(conversation.updatedAt, page)],
      ['Switches', `${page.program} conversations history ${conversation.id}`],
    ]),
  ].join('\n');
}
