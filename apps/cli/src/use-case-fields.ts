import { count, type Field, field, guardrail, names, oneOf, orNone, text } from './fields.js';

export const USE_CASE_FIELDS: readonly Field[] = [
  field(
    '--objective <objective>',
    'objective',
    'quality, cost or latency',
    oneOf('quality', 'cost', 'latency'),
  ),
  field('--candidates <ids>', 'candidates', 'model ids a,b,c, best first', names),
  field('--input-tokens <n>', 'inputTokensPerExchange', 'of a question and its context', count),
  field('--output-tokens <n>', 'outputTokensPerExchange', 'of an answer', count),
  field('--exchanges <n>', 'exchangesPerConversation', 'how long a conversation gets', count),
  field('--exchanges-30-days <n>', 'exchangesPer30Days', 'how many there are in 30 days', count),
  field(
    '--allowed-regions <regions>',
    'allowedRegions',
    'narrows where its prompts may go: a,b,c; none: as the service',
    orNone(names),
  ),
  field(
    '--guardrail <id:version>',
    'guardrail',
    'Bedrock guardrail of every call: id:version, id:version:optional or none',
    orNone(guardrail),
  ),
  field('--clients <keys|users|both>', 'clients', 'who may chat in it', oneOf('keys', 'users', 'both')),
  field(
    '--system-prompt <text>',
    'systemPrompt',
    'replaces the system prompt of users, or none',
    orNone(text),
  ),
  field(
    '--on-failure <switch|alert>',
    'onModelFailure',
    'when its model fails validation: move on, or only tell',
    oneOf('switch', 'alert'),
  ),
  field(
    '--on-recovery <manual|auto>',
    'onModelRecovery',
    'when that model is healthy again: stay, or go back',
    oneOf('manual', 'auto'),
  ),
];
