import { type Command, Option } from 'commander';
import type { Schemas } from '#libs/client/client.js';
import { CHANGE_COLUMNS, changesText } from './change-output.js';
import { type Cli, examples, NEEDS_OPERATE, nonEmpty, noun, oldName } from './command-help.js';
import { readJsonFile } from './json-file.js';
import { writingAction } from './legacy-actions.js';
import { shownPrice } from './model-table.js';
import { stripControlChars } from './output.js';
import { listed, numbered, withLimit, withPeriod } from './pagination.js';
import { type Column, counted, facts, type Page, shownDecimal, shownTime, timeColumn } from './render.js';
import { clearedAnswer } from './response-schemas.js';

const ENTITIES = ['model', 'use_case', 'candidate', 'assistant'];

const PRICES_HELP = `
The file:
  {"source": "price list of March", "prices": [
    {"modelId": "eu.amazon.nova-pro-v1:0", "inputPricePer1k": "0.00096", "outputPricePer1k": "0.00384"}]}
  USD per 1,000 tokens. A price may also have cacheReadPricePer1k, cacheWritePricePer1k, priceDimensions and validFrom.`;

/** The service gives Bedrock 20 s, so this is more. */
const SYNC_PATIENCE = { totalMs: 30_000, firstAttemptMs: 25_000 };

/** The sources of the catalogue, Bedrock itself, price lists and public facts, and its changes. */
export function addCatalogueCommands(cli: Cli): void {
  const { program } = cli;
  const catalogue = noun(program, 'catalogue', 'the sources of the catalogue, and who changed it');
  defineSync(catalogue.command('sync'), cli);
  addFacts(catalogue, cli);
  definePrices(catalogue.command('import-prices'), cli);
  addUpcomingPrices(catalogue, cli);
  defineChanges(catalogue.command('changes'), cli);
  defineSync(oldName(program, 'sync'), cli);
  definePrices(oldName(program, 'prices').command('import'), cli);
  defineChanges(oldName(program, 'changes'), cli);
}

/** The line of the source document. */
export function addClearCache({ program, run }: Cli): void {
  program
    .command('clear-cache')
    .description('make every instance read the database again, after a change by SQL')
    .action(() =>
      run(
        writingAction(
          { action: 'clear-cache' },
          {
            schema: clearedAnswer,
            show: () => '✅ Cache cleared: every instance reads the models from the database again.',
          },
        ),
      ),
    );
}

function defineSync(command: Command, { run }: Cli): void {
  command
    .description(`read the models, their lifecycle and destinations from Bedrock ${NEEDS_OPERATE}`)
    .option('--force', 'believe Bedrock also when most of the available models would be gone')
    .action(({ force }: { force?: true }) =>
      run({
        send: (client) =>
          client
            .api({ effect: 'repeatable', patience: SYNC_PATIENCE })
            .POST('/v1/catalogue/sync', { body: { force } }),
        show: syncText,
      }),
    );
}

function definePrices(command: Command, { run }: Cli): void {
  command
    .description(`import a price list; prices of another source stay ${NEEDS_OPERATE}`)
    .argument('<file>', 'a JSON file', nonEmpty)
    .option('--apply', 'set prices also where another source or an operator had set them')
    .option('--dry-run', 'show what would change, and change nothing')
    .action((file: string, { apply, dryRun }: { apply?: true; dryRun?: true }) => {
      const prices = readJsonFile<Schemas['ImportPrices']>(file, 'source and prices');
      const body = { ...prices, ...(apply && { apply }), ...(dryRun && { dryRun }) };
      return run({
        send: (client) => client.api({ effect: 'repeatable' }).POST('/v1/catalogue/prices', { body }),
        show: (answer, page) => pricesText(answer, dryRun === true, page),
      });
    })
    .addHelpText('after', PRICES_HELP);
  examples(command, 'prices.json');
}

const UPCOMING: readonly Column<Schemas['UpcomingPrice']>[] = [
  timeColumn('FROM', ({ validFrom }) => validFrom),
  { head: 'MODEL ID', cell: ({ modelId }) => modelId, isKey: true },
  { head: '$/1K IN', cell: ({ inputPricePer1k }) => shownPrice(inputPricePer1k) },
  { head: '$/1K OUT', cell: ({ outputPricePer1k }) => shownPrice(outputPricePer1k) },
  { head: 'SOURCE', cell: ({ source }) => source, dropOrder: 1 },
];

function addUpcomingPrices(catalogue: Command, { run }: Cli): void {
  catalogue
    .command('upcoming-prices')
    .description('imported prices that take effect later, the next first')
    .action(() =>
      run(
        listed({
          page: (api) => api.GET('/v1/catalogue/prices/upcoming'),
          what: 'prices',
          columns: UPCOMING,
          none: () => 'No price takes effect later.',
        }),
      ),
    );
}

/** Brings facts from public sources into a catalogue that is in use. */
function addFacts(catalogue: Command, { run }: Cli): void {
  const imports = catalogue
    .command('import')
    .description(`add models and correct prices from public sources; your own settings stay ${NEEDS_OPERATE}`)
    .argument('[file]', 'a JSON file of facts; by default those that the service comes with', nonEmpty)
    .option('--dry-run', 'show what would change, and change nothing')
    .action((file: string | undefined, { dryRun }: { dryRun?: true }) => {
      const facts =
        file === undefined
          ? {}
          : { facts: readJsonFile<Schemas['ModelFacts']>(file, 'readOn, region and models') };
      const body = { dryRun: dryRun === true, ...facts };
      return run({
        send: (client) => client.api({ effect: 'repeatable' }).POST('/v1/catalogue/facts', { body }),
        show: factsText,
      });
    });
  examples(imports, '--dry-run', 'eu-central-1.facts.json');
}

interface ChangesFilter {
  readonly entity?: Schemas['CatalogueChange']['entity'];
  readonly id?: string;
  readonly by?: string;
  readonly sweeps?: true;
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
}

function defineChanges(command: Command, { run, now }: Cli): void {
  command
    .description('who changed the catalogue, what and when, newest first (needs the scope audit or operate)')
    .addOption(new Option('--entity <kind>', 'only changes of these').choices(ENTITIES))
    .option('--id <id>', 'only this model, use case or assistant', nonEmpty)
    .option('--by <actor>', 'only by this actor, such as service:ci', nonEmpty)
    .option('--sweeps', 'also the verdicts of sweeps');
  withLimit(withPeriod(command, now)).action(({ id, by, sweeps, limit, ...given }: ChangesFilter) => {
    const { entity, from, to } = given;
    const filter = { entity, entityId: id, actor: by, from, to, includeSystem: sweeps };
    return run(
      listed({
        page: (api, position) =>
          api.GET('/v1/catalogue/changes', { params: { query: { ...filter, ...numbered(position) } } }),
        what: 'changes',
        most: limit,
        columns: CHANGE_COLUMNS,
        show: ({ items }, page) => changesText(items, page),
        none: () => 'No changes are recorded.',
      }),
    );
  });
  examples(command, '', '--entity model --id eu.amazon.nova-pro-v1:0', '--by service:ci --from 7d');
}

function syncText({ added, changed, gone }: Schemas['CatalogueSync']): string {
  const shown = (ids: readonly string[]) => `${ids.length}${ids.length > 0 ? `: ${ids.join(', ')}` : ''}`;
  return [
    '✅ The catalogue was read from Bedrock.',
    ...facts([
      ['Added', shown(added)],
      ['Changed', shown(changed)],
      ['Gone', shown(gone)],
    ]),
  ].join('\n');
}

function pricesText(answer: Schemas['PriceImport'], isDryRun: boolean, page: Page): string {
  const { imported, unchanged, unknownModels, conflicts, effects } = answer;
  const counts = `${counted(imported, 'price')} imported, ${unchanged ?? 0} unchanged.`;
  const changes = isDryRun ? (effects ?? []).filter(({ effect }) => effect !== 'kept') : [];
  return [
    isDryRun ? `Nothing was changed. An import would do this: ${counts}` : `✅ ${counts}`,
    ...changes.map((change) => priceLine(change, page)),
    ...(unknownModels ?? []).map(
      (id) => `   - ${stripControlChars(id)} is not in the catalogue: ${page.program} models add`,
    ),
    ...(conflicts ?? []).map(
      ({ modelId, sources }) =>
        `   - ${stripControlChars(modelId)}: the sources disagree ($/1K in, out): ${sources.map(shownSource).join('; ')}`,
    ),
  ].join('\n');
}

function priceLine(change: Schemas['PriceImport']['effects'][number], page: Page): string {
  const { modelId, effect, validFrom, before, after } = change;
  const from = effect === 'later' ? ` from ${shownTime(validFrom, page)}` : '';
  return `   ~ ${stripControlChars(modelId)}: ${shownPrices(before)} → ${shownPrices(after)}${from}`;
}

const shownPrices = ({
  inputPricePer1k,
  outputPricePer1k,
}: Omit<Schemas['SourcedPrice'], 'source'>): string =>
  `${shownPrice(inputPricePer1k)}, ${shownPrice(outputPricePer1k)}`;

const shownSource = (price: Schemas['SourcedPrice']): string =>
  `${stripControlChars(price.source)} ${shownPrices(price)}`;

function factsText({ added, changed, kept, dryRun }: Schemas['FactsImport'], { program }: Page): string {
  const models = new Set(changed.map(({ modelId }) => modelId)).size;
  const counts = `${added.length} added, ${models} changed, ${kept.length} prices kept`;
  return [
    dryRun ? `Nothing was changed. An import would do this: ${counts}.` : `✅ Facts imported: ${counts}.`,
    ...added.map((id) => `   + ${stripControlChars(id)}: approve it with ${program} models edit`),
    ...changed.map(
      ({ modelId, field, before, after }) =>
        `   ~ ${stripControlChars(modelId)} ${stripControlChars(field)}: ${shown(before)} → ${shown(after)}`,
    ),
    ...kept.map(
      ({ modelId, priceSource }) =>
        `   = ${stripControlChars(modelId)} keeps its price: ${stripControlChars(priceSource ?? 'not recorded')}`,
    ),
  ].join('\n');
}

/** A price as `input 0.001, output 0.002`. */
function shown(value: unknown): string {
  if (value === null || value === undefined) return 'not known';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(shown).join('; ');
  if (typeof value !== 'object') return stripControlChars(String(value));
  return (
    Object.entries(value)
      .map(
        ([name, one]) =>
          `${stripControlChars(name)} ${typeof one === 'string' && /^\d*\.?\d+$/.test(one) ? shownDecimal(one) : shown(one)}`,
      )
      .join(', ') || 'none'
  );
}
