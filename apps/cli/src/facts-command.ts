import type { Command } from 'commander';
import { type FactsImport, factsAnswer } from './answers.js';
import { examples, filled } from './command-words.js';
import { readJsonFile } from './json-file.js';
import { plain } from './output.js';
import { type Page, shownDecimal } from './page.js';
import type { Ask } from './question.js';

/** Brings what public sources say of models into a catalogue that is in use. */
export function addFactsCommand(program: Command, ask: Ask): void {
  const catalogue = program.command('catalogue').description('facts about models from public sources');
  const imports = catalogue
    .command('import')
    .description(
      'add models and correct prices from public sources; what you have set stays (needs the scope operate)',
    )
    .argument('[file]', 'a JSON file of facts; by default those that the service comes with', filled)
    .option('--dry-run', 'show what would change, and change nothing')
    .action((file: string | undefined, { dryRun }: { dryRun?: true }) => {
      const facts = file === undefined ? {} : { facts: readJsonFile(file, 'readOn, region and models') };
      const body = { dryRun: dryRun === true, ...facts };
      return ask({
        send: (service) =>
          service.send({ method: 'POST', path: '/v1/catalogue/facts', body, effect: 'repeatable' }),
        answer: factsAnswer,
        show: factsScreen,
      });
    });
  examples(imports, '--dry-run', 'eu-central-1.facts.json');
}

function factsScreen({ added, changed, kept, dryRun }: FactsImport, { program }: Page): string {
  const changes = changed ?? [];
  const models = new Set(changes.map(({ modelId }) => modelId)).size;
  const counted = `${added?.length ?? 0} added, ${models} changed, ${kept?.length ?? 0} prices kept`;
  return [
    dryRun ? `Nothing was changed. An import would do this: ${counted}.` : `✅ Facts imported: ${counted}.`,
    ...(added ?? []).map((id) => `   + ${plain(id)}: approve it with ${program} models edit`),
    ...changes.map(
      ({ modelId, field, before, after }) =>
        `   ~ ${plain(modelId)} ${plain(field)}: ${shown(before)} → ${shown(after)}`,
    ),
    ...(kept ?? []).map(
      ({ modelId, priceSource }) =>
        `   = ${plain(modelId)} keeps its price: ${plain(priceSource ?? 'not recorded')}`,
    ),
  ].join('\n');
}

/** A price as `input 0.001, output 0.002`. */
function shown(value: unknown): string {
  if (value === null || value === undefined) return 'not known';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(shown).join('; ');
  if (typeof value !== 'object') return plain(String(value));
  return (
    Object.entries(value)
      .map(
        ([name, one]) =>
          `${plain(name)} ${typeof one === 'string' && /^\d*\.?\d+$/.test(one) ? shownDecimal(one) : shown(one)}`,
      )
      .join(', ') || 'none'
  );
}
