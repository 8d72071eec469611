import { Command } from 'commander';
import { addAssistantCommands } from './assistant-commands.js';
import { addAuditCommands } from './audit-commands.js';
import { addBudgetCommands } from './budget-commands.js';
import { addCallCommands } from './call-commands.js';
import { addCatalogueCommands, addClearCache } from './catalogue-commands.js';
import { addChangeRequestCommands } from './change-request-commands.js';
import { addChangeWindowCommands } from './change-window-commands.js';
import { addChannelCommands } from './channel-commands.js';
import { addChatCommand } from './chat-command.js';
import type { Cli } from './command-help.js';
import { addCompletionCommands } from './completion-commands.js';
import { addConfigCommands } from './config-commands.js';
import { addConversationCommands } from './conversation-commands.js';
import { addFreezeCommands } from './freeze-commands.js';
import { addHistoryCommands } from './history-commands.js';
import { addKeyCommands } from './key-commands.js';
import { addLoginCommands } from './login-commands.js';
import { addModelCommands, addShortModelCommands, defineValidate } from './model-commands.js';
import { addMoveCommands } from './move-commands.js';
import { addNotificationCommands } from './notification-commands.js';
import { addOutboxCommands } from './outbox-commands.js';
import { addProfileCommands } from './profile-commands.js';
import { addStatusCommands, addWhoami } from './status-commands.js';
import { addSweepCommands } from './sweep-commands.js';
import { addFallbackSwitch, addShortSwitchCommands } from './switch-commands.js';
import { addUsageCommands } from './usage-commands.js';
import { addShortUseCaseCommand, addUseCaseCommands } from './use-case-commands.js';
import { addUserCommands } from './user-commands.js';
import { addWebhookCommands } from './webhook-commands.js';

type Add = (cli: Cli) => void;

/** The groups of the help, each with its commands in their order. */
const GROUPS: readonly (readonly [heading: string, commands: readonly Add[]])[] = [
  [
    'Models and use cases:',
    [
      addModelCommands,
      addUseCaseCommands,
      addAssistantCommands,
      addMoveCommands,
      addFreezeCommands,
      addCatalogueCommands,
    ],
  ],
  [
    'Conversations and switches:',
    [addConversationCommands, addHistoryCommands, addFallbackSwitch, addChatCommand, addNotificationCommands],
  ],
  ['Change control:', [addChangeRequestCommands, addChangeWindowCommands]],
  [
    'Operation:',
    [
      addStatusCommands,
      addSweepCommands,
      addCallCommands,
      addOutboxCommands,
      addWebhookCommands,
      addChannelCommands,
    ],
  ],
  ['Costs:', [addUsageCommands, addBudgetCommands]],
  ['Access and audit:', [addKeyCommands, addAuditCommands, addUserCommands]],
  ['Settings:', [addLoginCommands, addWhoami, addConfigCommands, addProfileCommands, addCompletionCommands]],
  ['Commands of the source document:', [addDocumentedCommands]],
];

export function addCommands(cli: Cli): void {
  const help = new Command('help').argument('[command]').description('how a command is used');
  cli.program.addHelpCommand(help.helpGroup('Settings:'));
  for (const [heading, commands] of GROUPS) {
    cli.program.commandsGroup(heading);
    for (const add of commands) add(cli);
  }
}

/** The six of the source document, under its names. */
function addDocumentedCommands(cli: Cli): void {
  addShortModelCommands(cli);
  addShortUseCaseCommand(cli);
  defineValidate(cli.program.command('validate'), cli);
  addShortSwitchCommands(cli);
  addClearCache(cli);
}
