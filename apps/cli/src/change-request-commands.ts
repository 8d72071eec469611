import { randomUUID } from 'node:crypto';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Schemas } from '#libs/client/client.js';
import type { Answer, ApiClient } from './api-client.js';
import { CHANGE_COLUMNS, type ChangeRequest, changeText, exitCodeOf } from './change-request-output.js';
import { CliFailure, EXIT } from './cli-failure.js';
import { type Cli, examples, nonEmpty, noun } from './command-help.js';
import { oneOf } from './fields.js';
import { readJsonFile } from './json-file.js';
import { listed, withLimit } from './pagination.js';
import { parseExpiry } from './parse-time.js';
import type { ApiCommand } from './run-command.js';

type Proposal = Schemas['ProposeChange'];
type Operation = Proposal['operations'][number];
type State = ChangeRequest['state'];

const STATES: readonly State[] = [
  'proposed',
  'approved',
  'scheduled',
  'applying',
  'applied',
  'rejected',
  'withdrawn',
  'expired',
  'conflicted',
  'failed',
];
const ID = ['<id>', 'as `change-requests list` shows it', nonEmpty] as const;
const PERSON = '(needs a person, not a key)';
const NOVA_LITE = 'eu.amazon.nova-lite-v1:0';
const pathOf = (id: string) => ({ path: { id } });

/** Adds the commands for changes that people approve. */
export function addChangeRequestCommands(cli: Cli): void {
  const changes = noun(cli.program, 'change-requests', 'changes that people propose and approve');
  addPropose(changes, cli);
  addList(changes, cli);
  addShow(changes, cli);
  addJudge(changes, cli, 'approve', `approve the content of a change ${PERSON}`);
  addJudge(changes, cli, 'reject', `reject a change, which ends its revision ${PERSON}`);
  addSchedule(changes, cli);
  addPlain(changes, cli, 'apply', 'apply an approved change now');
  addPlain(changes, cli, 'withdraw', 'withdraw a change that you have proposed');
  addUndo(changes, cli);
  addBreakGlass(changes, cli);
  addReview(changes, cli);
}

/** Shows a change; the exit code says whether it was applied, waits for others, or has ended without effect. */
const shown = {
  show: changeText,
  quiet: ({ id }: ChangeRequest) => id,
  exitCode: exitCodeOf,
} satisfies Partial<ApiCommand<ChangeRequest>>;

interface ProposeOptions {
  readonly switch?: Operation[];
  readonly file?: string;
  readonly reason: string;
  readonly at?: string;
}

function addPropose(changes: Command, { run, now }: Cli): void {
  const propose = changes
    .command('propose')
    .description('propose operations, which others approve; all are applied, or none')
    .option(
      '--switch <useCase=modelId>',
      'switch a use case to a model; may be given several times',
      addSwitch,
    )
    .option('--file <path>', 'JSON with "operations", as POST /v1/change-requests takes them', nonEmpty)
    .requiredOption('--reason <text>', 'why, for those who approve and for the audit trail', nonEmpty)
    .option('--at <when>', 'apply it then: a time with zone, or a span such as 12h', (given) =>
      ahead(given, now),
    )
    .action((options: ProposeOptions) => {
      const body: Proposal = {
        operations: operationsOf(options),
        reason: options.reason,
        applyAt: options.at,
      };
      const header = { 'Idempotency-Key': randomUUID() };
      return run({
        ...shown,
        send: (client) =>
          client.api({ effect: 'repeatable' }).POST('/v1/change-requests', { params: { header }, body }),
      });
    });
  examples(
    propose,
    `--switch clinical=${NOVA_LITE} --reason "Cheaper, as good"`,
    '--file change.json --reason "New candidates" --at 2026-12-01T20:00:00Z',
  );
}

/** `clinical=eu.amazon.nova-lite-v1:0` */
function addSwitch(given: string, earlier: Operation[] = []): Operation[] {
  const [, useCase, modelId] = /^([^=]+)=(.+)$/.exec(given) ?? [];
  if (!useCase || !modelId)
    throw new InvalidArgumentError(`It must be useCase=modelId, as clinical=${NOVA_LITE}.`);
  return [...earlier, { kind: 'switch-use-case', useCase, modelId }];
}

function ahead(given: string, now: Date): string {
  const time = parseExpiry(given, now);
  if (time === undefined) throw new InvalidArgumentError('It must be ahead: a time with zone, or 12h, 2d.');
  return time;
}

/** @throws CliFailure without an operation */
function operationsOf({ switch: switches = [], file }: ProposeOptions): Operation[] {
  const read =
    file === undefined ? [] : readJsonFile<Pick<Proposal, 'operations'>>(file, '"operations"').operations;
  if (!Array.isArray(read)) throw new CliFailure(`${file} has no list "operations".`, EXIT.usage);
  const operations = [...switches, ...read];
  if (operations.length === 0)
    throw new CliFailure('Name what to change: --switch useCase=modelId, or --file.', EXIT.usage);
  return operations;
}

interface ListOptions {
  readonly limit: number;
  readonly state?: State;
  readonly useCase?: string;
  readonly waiting?: true;
  readonly review?: 'open' | 'overdue';
}

function addList(changes: Command, { run }: Cli): void {
  const list = withLimit(changes.command('list').description('change requests, newest first'))
    .addOption(new Option('--state <state>', 'in this state').choices(STATES))
    .option('--use-case <name>', 'of this use case', nonEmpty)
    .option('--waiting', 'only those that wait for your approval')
    .addOption(
      new Option('--review <state>', 'applied without approvals, with a review in this state').choices([
        'open',
        'overdue',
      ]),
    )
    .action(({ limit, state, useCase, waiting, review }: ListOptions) =>
      run(
        listed({
          page: (api, query) =>
            api.GET('/v1/change-requests', {
              params: { query: { ...query, state, useCase, waiting, review } },
            }),
          what: 'change requests',
          most: limit,
          columns: CHANGE_COLUMNS,
          none: ({ program }) =>
            waiting
              ? 'No change request waits for your approval.'
              : `No change requests. Propose one: ${program} change-requests propose --switch <useCase=modelId> --reason "why"`,
        }),
      ),
    );
  examples(list, '', '--waiting', '--review overdue', '--use-case clinical -o wide');
}

function addShow(changes: Command, { run }: Cli): void {
  changes
    .command('show')
    .description('a change with its operations, its effect now, and who has decided')
    .argument(...ID)
    .action((id: string) =>
      run({ send: (client) => readChange(client, id), show: changeText, quiet: (change) => change.id }),
    );
}

/** With its preview where it may still be applied. */
async function readChange(client: ApiClient, id: string): Promise<Answer<ChangeRequest>> {
  const found = await client.api().GET('/v1/change-requests/{id}', { params: pathOf(id) });
  if (!found.data || exitCodeOf(found.data) !== EXIT.waiting) return found;
  return client.api({ effect: 'read' }).POST('/v1/change-requests/{id}/preview', { params: pathOf(id) });
}

interface JudgeOptions {
  readonly hash?: string;
  readonly comment?: string;
}

/** Decides on the content that was shown: with a question on a terminal, elsewhere by its hash. */
function addJudge(changes: Command, cli: Cli, verdict: Verdict, description: string): void {
  const judge = changes
    .command(verdict)
    .description(description)
    .argument(...ID)
    .option(
      '--hash <hash>',
      'of the content that you have seen, as `change-requests show` shows it',
      nonEmpty,
    )
    .option('--comment <text>', 'stored with the decision', nonEmpty)
    .action((id: string, { hash, comment }: JudgeOptions) => {
      if (hash === undefined && !cli.isInteractive)
        throw new CliFailure(
          'Name the content that you decide on: --hash, from change-requests show.',
          EXIT.usage,
        );
      return cli.run(
        hash === undefined ? askedJudgement(id, verdict, comment) : judgement(id, verdict, { hash, comment }),
      );
    });
  examples(judge, '<id>', '<id> --hash <hash> --comment "Seen in the evaluation"');
}

type Verdict = 'approve' | 'reject';

const judgement = (
  id: string,
  verdict: Verdict,
  body: Schemas['JudgeChange'],
): ApiCommand<ChangeRequest> => ({
  ...shown,
  exitCode: verdict === 'reject' ? undefined : exitCodeOf,
  send: (client) => client.api().POST(`/v1/change-requests/{id}/${verdict}`, { params: pathOf(id), body }),
});

/** Shows the change, asks, and decides on the content that it has shown. */
function askedJudgement(
  id: string,
  verdict: Verdict,
  comment: string | undefined,
): ApiCommand<ChangeRequest> {
  let seen: Answer<ChangeRequest>;
  return {
    ...judgement(id, verdict, { hash: '' }),
    send: async (client, output) => {
      const { data, error = {}, response } = seen;
      if (!data) return { error, response };
      return judgement(id, verdict, { hash: data.hash, comment }).send(client, output);
    },
    confirm: async (client, { output, page, isData }) => {
      seen = await readChange(client, id);
      // Its refusal is that of the decision, too.
      if (!seen.data) return undefined;
      (isData ? output.err : output.out)(changeText(seen.data, page));
      return verdict === 'approve' ? 'Approve this?' : 'Reject this?';
    },
  };
}

function addSchedule(changes: Command, { run, now }: Cli): void {
  const schedule = changes
    .command('schedule')
    .description('set the time of a change that you have proposed; its approvals do not count any more')
    .argument(...ID)
    .argument('<when>', 'a time with zone, or a span such as 12h', (given: string) => ahead(given, now))
    .action((id: string, applyAt: string) =>
      run({
        ...shown,
        send: (client) =>
          client.api().POST('/v1/change-requests/{id}/schedule', { params: pathOf(id), body: { applyAt } }),
      }),
    );
  examples(schedule, '<id> 2026-12-01T20:00:00Z', '<id> 12h');
}

function addPlain(changes: Command, { run }: Cli, command: 'apply' | 'withdraw', description: string): void {
  changes
    .command(command)
    .description(description)
    .argument(...ID)
    .action((id: string) =>
      run({
        ...shown,
        exitCode: command === 'withdraw' ? undefined : exitCodeOf,
        send: (client) => client.api().POST(`/v1/change-requests/{id}/${command}`, { params: pathOf(id) }),
      }),
    );
}

function addUndo(changes: Command, { run }: Cli): void {
  changes
    .command('undo')
    .description('propose the inverse of a change that was applied')
    .argument(...ID)
    .option('--reason <text>', 'why, for those who approve', nonEmpty)
    .action((id: string, { reason }: { reason?: string }) => {
      const header = { 'Idempotency-Key': randomUUID() };
      return run({
        ...shown,
        send: (client) =>
          client
            .api({ effect: 'repeatable' })
            .POST('/v1/change-requests/{id}/undo', { params: { ...pathOf(id), header }, body: { reason } }),
      });
    });
}

function addBreakGlass(changes: Command, { run }: Cli): void {
  const command = changes
    .command('break-glass')
    .description(`apply a change now, without approvals; it is reviewed within 24 hours ${PERSON}`)
    .argument(...ID)
    .requiredOption('--reason <text>', 'why, in at least 20 characters', nonEmpty)
    .action((id: string, { reason }: { reason: string }) =>
      run({
        ...shown,
        send: (client) =>
          client.api().POST('/v1/change-requests/{id}/break-glass', { params: pathOf(id), body: { reason } }),
      }),
    );
  examples(command, '<id> --reason "The model refuses every prompt of the clinic"');
}

function addReview(changes: Command, { run }: Cli): void {
  const review = changes
    .command('review')
    .description(`close the review of a change that was applied without approvals ${PERSON}`)
    .argument(...ID)
    .argument('<verdict>', 'accepted or undo', oneOf('accepted', 'undo'))
    .requiredOption('--comment <text>', 'stored with the verdict', nonEmpty)
    .action((id: string, verdict: 'accepted' | 'undo', { comment }: { comment: string }) =>
      run({
        ...shown,
        exitCode: undefined,
        send: (client) =>
          client
            .api()
            .POST('/v1/change-requests/{id}/review', { params: pathOf(id), body: { verdict, comment } }),
      }),
    );
  examples(review, '<id> accepted --comment "It was right"');
}
