import { readFileSync, writeFileSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { type CheckpointView, checkpointView, verification } from './answers.js';
import { checkpointsScreen, exportedScreen, noCheckpointYet, verificationScreen } from './audit-screens.js';
import { CliFailure, EXIT } from './cli-failure.js';
import { examples, filled } from './command-words.js';
import { listed, withLimit } from './lists.js';
import type { Output } from './output.js';
import type { Ask, Question } from './question.js';

const CHECKPOINTS = '/v1/audit/checkpoints';

/** The proof that audit rows are as they were written. */
export function addAuditCommands(program: Command, ask: Ask): void {
  const audit = program
    .command('audit')
    .description('prove that nobody changed the audit rows (needs the scope audit)');
  addVerify(audit, ask);
  addExport(audit, ask);
  const checkpoints = audit
    .command('checkpoints')
    .description('list the checkpoints of the chain, newest first');
  withLimit(checkpoints).action(({ limit }: { limit: number }) =>
    ask(
      listed({
        ...{ path: CHECKPOINTS, what: 'checkpoints', row: checkpointView, most: limit },
        ...{ show: checkpointsScreen, none: noCheckpointYet },
      }),
    ),
  );
}

function addVerify(audit: Command, ask: Ask): void {
  const command = audit
    .command('verify')
    .description('look at every audit row and name those that were changed, removed or added by hand')
    .option(
      '--checkpoint <file>',
      'also compare with a checkpoint that was kept: without it a cut tail can go unnoticed',
      readCheckpoint,
    )
    .action(({ checkpoint }: { checkpoint?: CheckpointView }) => ask(verify(checkpoint)));
  examples(command, '', '--checkpoint checkpoint-2026-01-15.json');
}

function verify(checkpoint: CheckpointView | undefined): Question<z.infer<typeof verification>> {
  return {
    send: (service, output) =>
      service
        .follow({ method: 'POST', path: '/v1/audit/verify', body: { checkpoint }, effect: 'read' }, (line) =>
          showProgress(line, output),
        )
        .finally(() => output.progress?.('')),
    answer: verification,
    show: (found, page) => verificationScreen(found, checkpoint !== undefined, page),
    exitCode: ({ intact }) => (intact ? EXIT.ok : EXIT.refused),
  };
}

const progressLine = z.object({ checked: z.number(), of: z.number() });

function showProgress(line: object | undefined, output: Output): void {
  const { data } = progressLine.safeParse(line);
  if (data) output.progress?.(`verifying: ${data.checked} of ${data.of}`);
}

function addExport(audit: Command, ask: Ask): void {
  const command = audit
    .command('export-checkpoint')
    .description('write the newest checkpoint to a file, to be kept where the database cannot reach')
    .argument('<file>', 'a new file; - is the standard output', filled)
    .action((file: string) =>
      ask({
        send: (service) => service.send({ method: 'GET', path: `${CHECKPOINTS}?limit=1`, effect: 'read' }),
        answer: z.object({ items: z.array(checkpointView) }),
        show: ({ items: [newest] }, page) => {
          if (!newest) throw new CliFailure(noCheckpointYet(), EXIT.refused);
          const text = JSON.stringify(newest, null, 2);
          if (file === '-') return text;
          writeNew(file, `${text}\n`);
          return exportedScreen(newest, file, page);
        },
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

function readCheckpoint(file: string): CheckpointView {
  try {
    return checkpointView.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'does not exist' : 'is no checkpoint';
    throw new InvalidArgumentError(`${file} ${why}. \`audit export-checkpoint\` writes one.`);
  }
}
