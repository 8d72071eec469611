import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { z } from 'zod';
import { CliFailure, EXIT } from './cli-failure.js';
import { examples, filled } from './command-words.js';
import {
  type AppliedConfiguration,
  appliedAnswer,
  appliedText,
  diffAnswer,
  differencesText,
} from './config-output.js';
import { plain } from './output.js';
import { problemScreen } from './problem-screen.js';
import { type Ask, ask, type Place, type Watch } from './question.js';
import type { ServiceAnswer, ServiceRequest } from './service-client.js';

interface ApplyOptions {
  readonly dryRun?: true;
  readonly switchModels?: true;
  readonly yes?: true;
}

/** A file has up to 1 MiB, and the service applies it in one transaction. */
const PATIENCE = { totalMs: 60_000, firstAttemptMs: 30_000 };
const FILE = 'a YAML file that `config export` wrote, or a part of one';

/** Settings as one file: from one installation to another, and back after a disaster. */
export function addConfigCommands(program: Command, ask: Ask, watch: Watch): void {
  const config = program
    .command('config')
    .description('all settings as one YAML file: export, compare, apply (needs the scope operate)');
  const exports = config
    .command('export')
    .description('write all settings, without secrets; webhooks need the scope admin')
    .option('-o, --output <file>', 'write to this file instead of the standard output', filled)
    .action(({ output }: { output?: string }) => watch((place) => exportTo(output, place)));
  examples(exports, '> settings.yaml', '--output settings.yaml');

  const diff = config
    .command('diff')
    .description(
      'list where the installation differs from a file, and who changed it; exit code 1 if it does',
    )
    .argument('<file>', FILE, filled)
    .action((file: string) => {
      const yaml = readText(file);
      return ask({
        send: (service) => service.send({ ...request('diff'), yaml }),
        answer: diffAnswer,
        show: differencesText,
        exitCode: ({ differences }) => (differences.length > 0 ? EXIT.refused : EXIT.ok),
      });
    });
  examples(diff, 'settings.yaml');

  const apply = config
    .command('apply')
    .description('change the installation to a file, all or nothing; shows the changes first and asks')
    .argument('<file>', FILE, filled)
    .option('--dry-run', 'show what would change, and change nothing')
    .option('--switch-models', 'switch use cases to their active models of the file')
    .option('-y, --yes', 'do not ask; required where nobody can answer')
    .action((file: string, options: ApplyOptions) =>
      watch((place) => applyFile(readText(file), options, place)),
    );
  examples(apply, 'settings.yaml --dry-run', 'settings.yaml', 'settings.yaml --switch-models --yes');

  const schema = config
    .command('schema')
    .description('write the JSON Schema of the file, for editors')
    .action(() =>
      ask({
        send: (service) => service.send({ method: 'GET', path: '/v1/config/schema', effect: 'read' }),
        answer: z.looseObject({}),
        show: (answer) => JSON.stringify(answer, null, 2),
      }),
    );
  examples(schema, '> settings.schema.json');
}

const request = (path: string): ServiceRequest => ({
  method: 'POST',
  path: `/v1/config/${path}`,
  effect: 'repeatable',
  patience: PATIENCE,
});

async function exportTo(file: string | undefined, { service, output, page }: Place): Promise<number> {
  const answer = await service.send({
    method: 'GET',
    path: '/v1/config',
    effect: 'read',
    patience: PATIENCE,
  });
  if (!answer.ok) return refused(answer, { output, page });
  if (file === undefined) output.out(answer.text);
  else {
    writeText(file, `${answer.text}\n`);
    output.err(`✅ Settings written to ${plain(file)}.`);
  }
  return EXIT.ok;
}

async function applyFile(yaml: string, options: ApplyOptions, place: Place): Promise<number> {
  const send = (dryRun: boolean) => {
    const query = new URLSearchParams({
      dryRun: String(dryRun),
      switchModels: String(options.switchModels === true),
    });
    return {
      send: () => place.service.send({ ...request(`apply?${query}`), yaml }),
      answer: appliedAnswer,
      show: appliedText,
    };
  };
  if (options.dryRun) return ask(send(true), place);
  if (options.yes) return ask(send(false), place);
  if (place.page.columns === undefined)
    throw new CliFailure(
      'Nobody can answer here: add --yes, or --dry-run to see what would change.',
      EXIT.usage,
    );
  let changes = 0;
  const count = ({ applied }: AppliedConfiguration) => {
    changes = applied.length;
    return EXIT.ok;
  };
  const code = await ask({ ...send(true), exitCode: count }, place);
  if (code !== EXIT.ok || changes === 0) return code;
  place.output.write('Apply these changes? [y/N] ');
  for await (const line of place.lines)
    return /^y(es)?$/i.test(line.trim()) ? ask(send(false), place) : cancelled(place);
  return cancelled(place);
}

function cancelled({ output }: Place): number {
  output.out('Nothing was changed.');
  return EXIT.refused;
}

function refused(answer: ServiceAnswer, { output, page }: Pick<Place, 'output' | 'page'>): number {
  output.err(problemScreen(answer, page));
  return EXIT.refused;
}

/** @throws CliFailure */
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CliFailure(`Cannot read ${plain(file)}: ${(error as Error).message}`, EXIT.usage);
  }
}

/** @throws CliFailure */
function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new CliFailure(`Cannot write ${plain(file)}: ${(error as Error).message}`, EXIT.usage);
  }
}
