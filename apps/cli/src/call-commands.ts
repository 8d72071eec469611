import { type Command, Option } from 'commander';
import type { Schemas } from '#libs/client/client.js';
import { type Cli, examples, nonEmpty, noun } from './command-help.js';
import { stripControlChars } from './output.js';
import { listed, withLimit, withPeriod } from './pagination.js';
import { type Column, facts, grid, type Page, shownDecimal, shownTime, timeColumn } from './render.js';

type Call = Schemas['Call'];

const OUTCOMES = ['answered', 'refused', 'guardrail_intervened', 'failed', 'cancelled'];

const COLUMNS: readonly Column<Call>[] = [
  timeColumn('WHEN', ({ startedAt }) => startedAt),
  { head: 'MODEL ID', cell: ({ modelId }) => modelId },
  { head: 'OUTCOME', cell: ({ outcome, errorKind }) => (errorKind ? `${outcome}: ${errorKind}` : outcome) },
  { head: 'ATTEMPTS', cell: ({ attempts }) => String(attempts.length), dropOrder: 3 },
  { head: 'MS', cell: ({ latencyMs }) => String(latencyMs), dropOrder: 2 },
  { head: 'TOKENS', cell: tokensOf, dropOrder: 4 },
  { head: 'COST USD', cell: costOf, dropOrder: 4 },
  { head: 'CONVERSATION', cell: ({ conversationId }) => conversationId ?? '-', dropOrder: 1 },
  { head: 'USE CASE', cell: ({ useCase }) => useCase, dropOrder: 5 },
  { head: 'WIRE', cell: ({ wire }) => wire, dropOrder: 6 },
  { head: 'REQUEST ID', cell: ({ requestId }) => requestId, dropOrder: 7, isKey: true },
];

interface Filter {
  readonly request?: string;
  readonly conversation?: string;
  readonly user?: string;
  readonly useCase?: string;
  readonly model?: string;
  readonly outcome?: Call['outcome'];
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
}

/** Adds the commands that show calls of models, without their texts. */
export function addCallCommands(cli: Cli): void {
  const calls = noun(cli.program, 'calls', 'calls of models, without texts (needs the scope read or audit)');
  addList(calls, cli);
  addShow(calls, cli);
}

function addList(calls: Command, { run, now }: Cli): void {
  const list = calls
    .command('list')
    .description('newest first')
    .option('--request <id>', 'only those of this request', nonEmpty)
    .option('--conversation <id>', 'only this conversation', nonEmpty)
    .option('--user <id>', 'only this user', nonEmpty)
    .option('--use-case <name>', 'only this use case', nonEmpty)
    .option('--model <modelId>', 'only this model', nonEmpty)
    .addOption(new Option('--outcome <outcome>', 'only with this outcome').choices(OUTCOMES));
  withLimit(withPeriod(list, now)).action(
    ({ request, conversation, user, useCase, model, outcome, from, to, limit }: Filter) => {
      const filter = {
        requestId: request,
        conversationId: conversation,
        userId: user,
        useCase,
        modelId: model,
        outcome,
        from,
        to,
      };
      return run(
        listed({
          page: (api, position) => api.GET('/v1/calls', { params: { query: { ...filter, ...position } } }),
          what: 'calls',
          most: limit,
          columns: COLUMNS,
          none: () => 'No calls were found.',
        }),
      );
    },
  );
  examples(list, '--outcome failed --from 1h', '--conversation conv-123');
}

function addShow(calls: Command, { run }: Cli): void {
  const show = calls
    .command('show')
    .description('the calls of a request, each with its attempts')
    .argument('<requestId>', 'as `calls list -o wide` and each response show it', nonEmpty)
    .action((requestId: string) =>
      run({
        send: (client) => client.api().GET('/v1/calls', { params: { query: { requestId } } }),
        grid: ({ items }) => grid(COLUMNS, items),
        show: ({ items }, page) =>
          items.length === 0
            ? `No call of the request ${stripControlChars(requestId)} is recorded.`
            : items.map((call) => callText(call, page)).join('\n\n'),
      }),
    );
  examples(show, '<request id>');
}

function callText(call: Call, page: Page): string {
  return [
    `${stripControlChars(call.modelId)}: ${call.outcome}`,
    ...facts([
      ['When', shownTime(call.startedAt, page)],
      ['Conversation', call.conversationId],
      ['Use case', call.useCase],
      ['User', call.userId],
      ['By', call.actor],
      ['Wire', call.wire],
      ['Error', call.errorKind],
      ['Stopped by', call.stopReason],
      ['Took', `${call.latencyMs} ms`],
      ['Tokens', tokensOf(call)],
      ['Cost', costOf(call)],
    ]),
    '   Attempts:',
    ...call.attempts.map(attemptLine),
  ].join('\n');
}

function attemptLine(attempt: Schemas['CallAttempt'], index: number): string {
  const { modelId, outcome, errorKind, ms, lacks, leftOut } = attempt;
  const more = [
    errorKind,
    lacks?.length ? `does not take ${lacks.join(', ')}` : undefined,
    leftOut?.length ? `without ${leftOut.join(', ')}` : undefined,
  ].filter(Boolean);
  const why = more.length > 0 ? ` (${more.join('; ')})` : '';
  return stripControlChars(`     ${index + 1}. ${modelId} ${outcome} after ${ms} ms${why}`);
}

function tokensOf({ inputTokens, outputTokens, estimated }: Call): string {
  if (inputTokens === null && outputTokens === null) return '-';
  return `${estimated ? '≈ ' : ''}${inputTokens ?? '?'} + ${outputTokens ?? '?'}`;
}

function costOf({ costUsd, costUnknown }: Call): string {
  if (costUsd !== null) return shownDecimal(costUsd);
  return costUnknown ? `unknown: ${costUnknown.replaceAll('_', ' ')}` : 'unknown';
}
