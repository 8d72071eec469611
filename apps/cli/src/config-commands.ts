import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { Api } from '#libs/client/client.js';
import type { ApiClient } from './api-client.js';
import { CliFailure, EXIT } from './cli-failure.js';
import { type Cli, examples, nonEmpty, noun } from './command-help.js';
import { type AppliedConfiguration, appliedText, differencesText } from './config-output.js';
import { stripControlChars } from './output.js';
import { type ApiCommand, type CliContext, isConfirmed, runCommand, showRefusal } from './run-command.js';

interface ApplyOptions {
  readonly dryRun?: true;
  readonly switchModels?: true;
  readonly yes?: true;
}

/** A file has up to 1 MiB, and the service applies it in one transaction. */
const PATIENCE = { totalMs: 60_000, firstAttemptMs: 30_000 };
const FILE = 'a YAML file that `config export` wrote, or a part of one';

const yamlBody = (body: string) => ({
  body,
  bodySerializer: (text: string) => text,
  headers: { 'content-type': 'application/yaml' },
});
const patient = (client: ApiClient): Api => client.api({ effect: 'repeatable', patience: PATIENCE });

/** Settings as one file: from one installation to another, and back after a disaster. */
export function addConfigCommands(cli: Cli): void {
  const config = noun(
    cli.program,
    'config',
    'all settings as one YAML file: export, compare, apply (needs the scope operate)',
  );
  addExport(config, cli);
  addDiff(config, cli);
  addApply(config, cli);
  const schema = config
    .command('schema')
    .description('write the JSON Schema of the file, for editors')
    .action(() =>
      cli.run({
        send: (client) => client.api().GET('/v1/config/schema'),
        show: (answer) => JSON.stringify(answer, null, 2),
        quiet: (answer) => JSON.stringify(answer),
      }),
    );
  examples(schema, '> settings.schema.json');
}

function addExport(config: Command, { stream }: Cli): void {
  const exports = config
    .command('export')
    .description('write all settings, without secrets; webhooks need the scope admin')
    .option('-o, --output <file>', 'write to this file instead of the standard output', nonEmpty)
    .action(({ output }: { output?: string }) => stream((context) => exportTo(output, context)));
  examples(exports, '> settings.yaml', '--output settings.yaml');
}

function addDiff(config: Command, { run }: Cli): void {
  const diff = config
    .command('diff')
    .description(
      'list where the installation differs from a file, and who changed it; exit code 1 if it does',
    )
    .argument('<file>', FILE, nonEmpty)
    .action((file: string) => {
      const yaml = readText(file);
      return run({
        send: (client) => patient(client).POST('/v1/config/diff', yamlBody(yaml)),
        show: differencesText,
        exitCode: ({ differences }) => (differences.length > 0 ? EXIT.refused : EXIT.ok),
      });
    });
  examples(diff, 'settings.yaml');
}

function addApply(config: Command, { stream }: Cli): void {
  const apply = config
    .command('apply')
    .description('change the installation to a file, all or nothing; shows the changes first and asks')
    .argument('<file>', FILE, nonEmpty)
    .option('--dry-run', 'show what would change, and change nothing')
    .option('--switch-models', 'switch use cases to their active models of the file')
    .option('-y, --yes', 'do not ask; required where nobody can answer')
    .action((file: string, options: ApplyOptions) =>
      stream((context) => applyFile(readText(file), options, context)),
    );
  examples(apply, 'settings.yaml --dry-run', 'settings.yaml', 'settings.yaml --switch-models --yes');
}

async function exportTo(file: string | undefined, context: CliContext): Promise<number> {
  const { client, output } = context;
  const { data, error, response } = await client
    .api({ patience: PATIENCE, isText: true })
    .GET('/v1/config', { parseAs: 'text' });
  if (data === undefined) return showRefusal({ error, response }, { ...context, isData: false });
  const text = data.trim();
  if (file === undefined) output.out(text);
  else {
    writeText(file, `${text}\n`);
    output.err(`✅ Settings written to ${stripControlChars(file)}.`);
  }
  return EXIT.ok;
}

async function applyFile(yaml: string, options: ApplyOptions, context: CliContext): Promise<number> {
  const command = (dryRun: boolean): ApiCommand<AppliedConfiguration> => {
    const query = { dryRun, switchModels: options.switchModels === true };
    return {
      send: (client) => patient(client).POST('/v1/config/apply', { params: { query }, ...yamlBody(yaml) }),
      show: appliedText,
    };
  };
  if (options.dryRun) return runCommand(command(true), context);
  if (options.yes) return runCommand(command(false), context);
  if (!context.isInteractive)
    throw new CliFailure(
      'Nobody can answer here: add --yes, or --dry-run to see what would change.',
      EXIT.usage,
    );
  let changes = 0;
  const count = ({ applied }: AppliedConfiguration) => {
    changes = applied.length;
    return EXIT.ok;
  };
  const code = await runCommand({ ...command(true), exitCode: count }, context);
  if (code !== EXIT.ok || changes === 0) return code;
  if (!(await isConfirmed('Apply these changes?', context))) return EXIT.refused;
  return runCommand(command(false), context);
}

/** @throws CliFailure */
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CliFailure(`Cannot read ${stripControlChars(file)}: ${(error as Error).message}`, EXIT.usage);
  }
}

/** @throws CliFailure */
function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new CliFailure(`Cannot write ${stripControlChars(file)}: ${(error as Error).message}`, EXIT.usage);
  }
}
