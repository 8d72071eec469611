import { readFileSync, writeFileSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import type { Schemas } from '#libs/client/client.js';
import { followLines } from './api-streams.js';
import { CliFailure, EXIT } from './cli-failure.js';
import { type Cli, examples, nonEmpty, noun } from './command-help.js';
import { type Output, stripControlChars } from './output.js';
import { listed, numbered, withLimit } from './pagination.js';
import { type Column, facts, type Page, shownTime, timeOr } from './render.js';
import type { ApiCommand } from './run-command.js';

type Checkpoint = Schemas['Checkpoint'];
type Verification = Schemas['AuditVerification'];

const COLUMNS: readonly Column<Checkpoint>[] = [
  { head: 'POSITION', cell: ({ position }) => String(position) },
  {
    head: 'SEALED',
    cell: ({ sealedAt }, page) => timeOr(sealedAt, '-', page),
    value: ({ sealedAt }) => sealedAt,
  },
  { head: 'SIGNED WITH', cell: ({ keyId }) => keyId ?? 'not signed' },
  { head: 'HASH', cell: ({ hash }) => hash, dropOrder: 1 },
];
const MAX_PROBLEMS = 20;

const noCheckpointYet = () =>
  'There is no checkpoint yet: the worker makes one a few seconds after a switch.';

/** The proof that audit rows are as they were written. */
export function addAuditCommands(cli: Cli): void {
  const audit = noun(
    cli.program,
    'audit',
    'prove that nobody changed the audit rows (needs the scope audit)',
  );
  addVerify(audit, cli);
  addExport(audit, cli);
  const checkpoints = audit
    .command('checkpoints')
    .description('list the checkpoints of the chain, newest first');
  withLimit(checkpoints).action(({ limit }: { limit: number }) =>
    cli.run(
      listed({
        page: (api, position) => api.GET('/v1/audit/checkpoints', { params: { query: numbered(position) } }),
        what: 'checkpoints',
        most: limit,
        columns: COLUMNS,
        none: noCheckpointYet,
      }),
    ),
  );
}

function addVerify(audit: Command, { run }: Cli): void {
  const command = audit
    .command('verify')
    .description('look at every audit row and name those that were changed, removed or added by hand')
    .option(
      '--checkpoint <file>',
      'also compare with a checkpoint that was kept: without it a cut tail can go unnoticed',
      readCheckpoint,
    )
    .action(({ checkpoint }: { checkpoint?: Checkpoint }) => run(verify(checkpoint)));
  examples(command, '', '--checkpoint checkpoint-2026-01-15.json');
}

function verify(checkpoint: Checkpoint | undefined): ApiCommand<Verification> {
  const request = { method: 'POST', path: '/v1/audit/verify', body: { checkpoint }, effect: 'read' } as const;
  return {
    send: (client, output) =>
      followLines<Verification>(client, request, (line) => showProgress(line, output)).finally(() =>
        output.progress?.(''),
      ),
    show: (found, page) => verificationText(found, checkpoint !== undefined, page),
    exitCode: ({ intact }) => (intact ? EXIT.ok : EXIT.refused),
  };
}

const progressLine = z.object({ checked: z.number(), of: z.number() });

function showProgress(line: object | undefined, output: Output): void {
  const { data } = progressLine.safeParse(line);
  if (data) output.progress?.(`verifying: ${data.checked} of ${data.of}`);
}

function addExport(audit: Command, { run }: Cli): void {
  const command = audit
    .command('export-checkpoint')
    .description('write the newest checkpoint to a file, to be kept where the database cannot reach')
    .argument('<file>', 'a new file; - is the standard output', nonEmpty)
    .action((file: string) =>
      run({
        send: async (client) => {
          const query = { limit: 1 };
          const answer = await client.api().GET('/v1/audit/checkpoints', { params: { query } });
          const newest = answer.data?.items[0];
          if (answer.data && !newest) throw new CliFailure(noCheckpointYet(), EXIT.refused);
          if (newest && file !== '-') writeNew(file, `${JSON.stringify(newest, null, 2)}\n`);
          return answer;
        },
        show: ({ items: [newest] }, page) =>
          file === '-' ? JSON.stringify(newest, null, 2) : exportedText(newest!, file, page),
      }),
    );
  examples(command, 'checkpoint-2026-01-15.json');
}

/** Never over a file that is there: it may be the checkpoint that shows what happened. */
function writeNew(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'EEXIST' ? 'it exists already; choose another name' : message;
    throw new CliFailure(`The checkpoint was not written to ${file}: ${why}`, EXIT.usage);
  }
}

/** A checkpoint that was written to a file and is sent back unchanged. */
const keptCheckpoint = z.looseObject({
  position: z.number(),
  hash: z.string(),
  sealedAt: z.string(),
  keyId: z.string().nullable().default(null),
  signature: z.string().nullable().default(null),
});

function readCheckpoint(file: string): Checkpoint {
  try {
    return keptCheckpoint.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'does not exist' : 'is no checkpoint';
    throw new InvalidArgumentError(`${file} ${why}. \`audit export-checkpoint\` writes one.`);
  }
}

function exportedText({ position, keyId }: Checkpoint, file: string, page: Page): string {
  return [
    `✅ The checkpoint at ${position} is in ${file}${keyId ? '' : ', and it is not signed'}.`,
    ...facts([['Compare', `${page.program} audit verify --checkpoint ${file}`]]),
  ].join('\n');
}

function verificationText(found: Verification, isCompared: boolean, page: Page): string {
  const { intact, problems, problemCount } = found;
  const named = problems.slice(0, MAX_PROBLEMS).map(problemLine);
  const more =
    problemCount > named.length ? [`   … and ${problemCount - named.length} more: see --json`] : [];
  return [
    intact
      ? `✅ The audit rows are intact: ${found.checked} of ${found.checked} are as they were sealed.`
      : `❌ The audit rows are not as they were sealed: ${problemCount} ${problemCount === 1 ? 'problem' : 'problems'}.`,
    ...named,
    ...more,
    ...facts([
      ['Checked', String(found.checked)],
      ['Without a person', found.erased ? `${found.erased}, taken out on request` : undefined],
      ['Not sealed yet', found.waiting ? String(found.waiting) : undefined],
      ['Checkpoints', checkpoints(found)],
      ['Last one', found.head && `at ${found.head.position}, ${shownTime(found.head.sealedAt, page)}`],
      [
        'Kept one',
        isCompared
          ? 'compared'
          : `none given: a cut tail can go unnoticed (${page.program} audit verify --help)`,
      ],
    ]),
  ].join('\n');
}

const problemLine = ({ code, position, switchId, detail }: Verification['problems'][number]): string => {
  const where = [position && `position ${position}`, switchId && `switch ${switchId}`].filter(Boolean);
  return `   - ${stripControlChars(`${code}${where.length > 0 ? ` at ${where.join(', ')}` : ''}: ${detail}`)}`;
};

function checkpoints({ checkpoints, signaturesChecked }: Verification): string | undefined {
  if (!checkpoints) return undefined;
  const { total, signed, signedFrom } = checkpoints;
  const since = signedFrom ? ` from position ${signedFrom} on` : '';
  const worth =
    signed > 0 && !signaturesChecked ? '; no public key is configured, so nobody checked them' : '';
  return `${total}, ${signed} of them signed${since}${worth}`;
}
