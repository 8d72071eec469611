import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Schemas } from '#libs/client/client.js';
import type { Answer, ApiClient } from './api-client.js';
import { CliFailure, EXIT } from './cli-failure.js';
import { type Cli, examples, NEEDS_OPERATE, nonEmpty, noun, withDryRun, withYes } from './command-help.js';
import { names, oneOf } from './fields.js';
import { MOVE_COLUMNS, moveProgress, moveText, previewText } from './move-output.js';
import type { Output } from './output.js';
import { listed, withLimit } from './pagination.js';
import type { ApiCommand } from './run-command.js';

type Move = Schemas['Move'];

interface MoveOptions {
  readonly to: string;
  readonly useCase?: string[];
  readonly reason?: string;
  readonly silent?: true;
  readonly detach?: true;
  readonly dryRun?: true;
  readonly yes?: true;
}

const POLL_MS = 1_000;
/** An api that restarts is back within so many polls. The worker continues the move meanwhile. */
const MAX_MISSED_POLLS = 30;
const STATES = ['running', 'paused', 'aborted', 'done', 'undoing', 'undone', 'failed'] as const;
const IN_PROGRESS = new Set<string>(['running', 'undoing']);
const NOVA_PRO = 'eu.amazon.nova-pro-v1:0';
const NOVA_2_LITE = 'eu.amazon.nova-2-lite-v1:0';
const MOVE_ID = ['<id>', 'as `moves list` shows it', nonEmpty] as const;

/** Adds `models move` and the commands for moves that exist. */
export function addMoveCommands(cli: Cli): void {
  addMove(noun(cli.program, 'models', 'the models of the catalogue'), cli);
  const moves = noun(cli.program, 'moves', `moves of everything that runs on a model ${NEEDS_OPERATE}`);
  addList(moves, cli);
  addShow(moves, cli);
  addChange(moves, cli, 'pause', 'stop after the present batch');
  addChange(moves, cli, 'resume', 'continue a move that is paused or failed');
  addChange(moves, cli, 'abort', 'end a move; what has moved stays moved');
  addChange(moves, cli, 'undo', 'restore what nobody has switched since');
}

/** Preview of a move that is not started. */
export const movePreview = (
  fromModelId: string,
  body: Omit<Schemas['StartMove'], 'dryRun'>,
): Pick<ApiCommand<Schemas['MovePreview']>, 'send' | 'show'> => ({
  send: (client) => preview(client, fromModelId, body),
  show: (plan, page) => `Dry run: nothing was changed.\n\n${previewText(plan, page)}`,
});

function addMove(models: Command, { run }: Cli): void {
  const move = models
    .command('move')
    .description(
      `move everything that runs on a model, use cases and pinned conversations, off it ${NEEDS_OPERATE}`,
    )
    .argument('<modelId>', 'the model to leave, as `models list` shows it', nonEmpty)
    .requiredOption(
      '--to <modelId|follow>',
      'a model; follow: each use case takes its best other candidate, and conversations follow it',
      nonEmpty,
    )
    .option('--use-case <names>', 'only these use cases: a,b,c', names)
    .option(
      '--reason <text>',
      'why, for the audit trail and the notifications; needed except for a dry run',
      nonEmpty,
    )
    .option('--silent', 'show no notifications')
    .option('--detach', 'do not wait for the end');
  withYes(withDryRun(move)).action((id: string, options: MoveOptions) => {
    const body = bodyOf(options);
    if (options.dryRun) return run({ ...movePreview(id, body), modelId: id });
    return run({
      ...watched(options.detach === true),
      send: async (client, output) => {
        const started = await start(client, id, body);
        return options.detach ? started : watch(client, started, output);
      },
      confirm: options.yes ? undefined : confirmation(id, body),
      modelId: id,
    });
  });
  examples(
    move,
    `${NOVA_PRO} --to ${NOVA_2_LITE} --dry-run`,
    `${NOVA_PRO} --to ${NOVA_2_LITE} --reason "Ends in March"`,
    `${NOVA_PRO} --to follow --use-case operations --reason "Too slow" --yes`,
  );
}

/** @throws CliFailure without a reason */
function bodyOf({ to, useCase, reason, silent, dryRun }: MoveOptions): Omit<Schemas['StartMove'], 'dryRun'> {
  if (reason === undefined && !dryRun)
    throw new CliFailure('A move needs a reason: name it with --reason "why".', EXIT.usage);
  return {
    to: to === 'follow' ? { follow: true } : { modelId: to },
    reason: reason ?? 'Dry run',
    useCases: useCase,
    showNotification: !silent,
  };
}

const confirmation =
  (id: string, body: Omit<Schemas['StartMove'], 'dryRun'>): NonNullable<ApiCommand<Move>['confirm']> =>
  async (client, { output, page, isData }) => {
    const { data } = await preview(client, id, body);
    // A refusal of the preview is one of the move, which then says so.
    if (!data) return undefined;
    const text = previewText(data, page);
    if (isData) output.err(text);
    else output.out(text);
    return `Move this off ${id}?`;
  };

async function preview(
  client: ApiClient,
  id: string,
  body: Omit<Schemas['StartMove'], 'dryRun'>,
): Promise<Answer<Schemas['MovePreview']>> {
  const request = { params: { path: { id } }, body: { ...body, dryRun: true } };
  const { data, ...rest } = await client.api({ effect: 'read' }).POST('/v1/models/{id}/moves', request);
  return { ...rest, data: data && 'totals' in data ? data : undefined };
}

/** The key makes a repetition after a lost answer safe. */
async function start(
  client: ApiClient,
  id: string,
  body: Omit<Schemas['StartMove'], 'dryRun'>,
): Promise<Answer<Move>> {
  const header = { 'Idempotency-Key': randomUUID() };
  const request = { params: { path: { id }, header }, body: { ...body, dryRun: false } };
  const { data, ...rest } = await client.api({ effect: 'repeatable' }).POST('/v1/models/{id}/moves', request);
  return { ...rest, data: data && 'id' in data ? data : undefined };
}

/** Shows the progress until the move waits for a person or has ended. */
async function watch(client: ApiClient, first: Answer<Move>, output: Output): Promise<Answer<Move>> {
  let answer = first;
  try {
    while (answer.data && IN_PROGRESS.has(answer.data.state)) {
      output.progress?.(moveProgress(answer.data));
      answer = await poll(client, answer.data.id);
      if (answer.data && IN_PROGRESS.has(answer.data.state)) await sleep(POLL_MS);
    }
    return answer;
  } finally {
    output.progress?.('');
  }
}

/** Reads a move again. @throws CliFailure after as many polls without an answer as an api may need to restart */
async function poll(client: ApiClient, id: string): Promise<Answer<Move>> {
  for (let missed = 1; ; missed += 1) {
    try {
      return await client.api().GET('/v1/moves/{id}', { params: { path: { id } } });
    } catch (error) {
      if (!(error instanceof CliFailure) || error.exitCode !== EXIT.unreachable) throw error;
      if (missed === MAX_MISSED_POLLS)
        throw new CliFailure(
          `${error.message}\n  The move continues: see it later by moves show ${id}`,
          EXIT.unreachable,
        );
      await sleep(POLL_MS);
    }
  }
}

const watched = (isDetached: boolean): Pick<ApiCommand<Move>, 'show' | 'quiet' | 'exitCode'> => ({
  show: (move, page) => moveText(move, page, !isDetached),
  quiet: ({ id }) => id,
  exitCode: ({ state }) => (state === 'failed' ? EXIT.refused : EXIT.ok),
});

function addList(moves: Command, { run }: Cli): void {
  const list = withLimit(moves.command('list').description('moves with their progress, newest first'))
    .option('--state <state>', STATES.join(', '), oneOf(...STATES))
    .option('--model <modelId>', 'that leave or go to this model', nonEmpty)
    .action(({ limit, state, model }: { limit: number; state?: Move['state']; model?: string }) =>
      run(
        listed({
          page: (api, query) =>
            api.GET('/v1/moves', { params: { query: { ...query, state, modelId: model } } }),
          what: 'moves',
          most: limit,
          columns: MOVE_COLUMNS,
          none: ({ program }) =>
            `No moves. Preview one: ${program} models move <modelId> --to follow --dry-run`,
        }),
      ),
    );
  examples(list, '', '--state running');
}

function addShow(moves: Command, { run }: Cli): void {
  moves
    .command('show')
    .description('a move with its progress, its use cases and what stays')
    .argument(...MOVE_ID)
    .action((id: string) =>
      run({
        send: (client) => client.api().GET('/v1/moves/{id}', { params: { path: { id } } }),
        show: (move, page) => moveText(move, page, true),
        quiet: (move) => move.id,
      }),
    );
}

function addChange(
  moves: Command,
  { run }: Cli,
  command: 'pause' | 'resume' | 'abort' | 'undo',
  description: string,
): void {
  const change = moves
    .command(command)
    .description(description)
    .argument(...MOVE_ID)
    .option('--detach', 'do not wait for the end');
  // The others lose nothing; this one switches many again.
  const isAsked = command === 'undo';
  (isAsked ? withYes(change) : change).action((id: string, { detach, yes }: { detach?: true; yes?: true }) =>
    run({
      ...watched(detach === true),
      send: async (client, output) => {
        const path = { params: { path: { id } } };
        const changed = await client.api().POST(`/v1/moves/{id}/${command}`, path);
        return detach ? changed : watch(client, changed, output);
      },
      confirm: isAsked && !yes ? undoConfirmation(id) : undefined,
    }),
  );
}

const undoConfirmation =
  (id: string): NonNullable<ApiCommand<Move>['confirm']> =>
  async (client, { output, page, isData }) => {
    const { data } = await client.api().GET('/v1/moves/{id}', { params: { path: { id } } });
    // A refusal of the read is one of the undo, which then says so.
    if (!data) return undefined;
    const text = moveText(data, page, false);
    if (isData) output.err(text);
    else output.out(text);
    return 'Undo this move?';
  };
