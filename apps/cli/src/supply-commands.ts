import type { Command } from 'commander';
import { importAnswer, type PriceImport, type Sync, syncAnswer } from './answers.js';
import { examples, filled } from './command-words.js';
import { readJsonFile } from './json-file.js';
import { shownPrice } from './model-screens.js';
import { plain } from './output.js';
import { facts, type Page } from './page.js';
import type { Ask } from './question.js';

const PRICES_HELP = `
The file:
  {"source": "price list of March", "prices": [
    {"modelId": "eu.amazon.nova-pro-v1:0", "inputPricePer1k": "0.00096", "outputPricePer1k": "0.00384"}]}
  USD per 1,000 tokens. A price may also have cacheReadPricePer1k, cacheWritePricePer1k, priceDimensions and validFrom.`;

/** The service gives Bedrock 20 s, so this is more. */
const SYNC_PATIENCE = { totalMs: 30_000, firstAttemptMs: 25_000 };

/** Where the catalogue gets its facts from: Bedrock itself, and price lists. */
export function addSupplyCommands(program: Command, ask: Ask): void {
  program
    .command('sync')
    .description('read the models, their lifecycle and destinations from Bedrock (needs the scope operate)')
    .option('--force', 'believe Bedrock also when most of the available models would be gone')
    .action(({ force }: { force?: true }) =>
      ask({
        send: (service) =>
          service.send({
            method: 'POST',
            path: '/v1/catalogue/sync',
            ...(force && { body: { force } }),
            effect: 'repeatable',
            patience: SYNC_PATIENCE,
          }),
        answer: syncAnswer,
        show: syncScreen,
      }),
    );

  const prices = program.command('prices').description('the prices of the models');
  const imports = prices
    .command('import')
    .description('import a price list; what another source has set stays (needs the scope operate)')
    .argument('<file>', 'a JSON file', filled)
    .option('--apply', 'set prices also where another source or an operator had set them')
    .action((file: string, { apply }: { apply?: true }) => {
      const body = { ...readJsonFile(file, 'source and prices'), ...(apply && { apply }) };
      return ask({
        send: (service) =>
          service.send({ method: 'POST', path: '/v1/catalogue/prices', body, effect: 'repeatable' }),
        answer: importAnswer,
        show: importScreen,
      });
    })
    .addHelpText('after', PRICES_HELP);
  examples(imports, 'prices.json');
}

function syncScreen({ requested, added, changed, gone }: Sync, { program }: Page): string {
  if (requested)
    return `✅ Requested: the catalogue is read from Bedrock in a few seconds. See the changes: ${program} changes`;
  const shown = (ids: Sync['added']) => `${ids?.length ?? 0}${ids?.length ? `: ${ids.join(', ')}` : ''}`;
  return [
    '✅ The catalogue was read from Bedrock.',
    ...facts([
      ['Added', shown(added)],
      ['Changed', shown(changed)],
      ['Gone', shown(gone)],
    ]),
  ].join('\n');
}

type SourcedPrice = NonNullable<NonNullable<PriceImport['conflicts']>[number]['sources']>[number];

const shownSource = ({ source, inputPricePer1k, outputPricePer1k }: SourcedPrice): string =>
  `${plain(source)} ${shownPrice(inputPricePer1k)}, ${shownPrice(outputPricePer1k)}`;

function importScreen(
  { imported, unchanged, unknownModels, conflicts }: PriceImport,
  { program }: Page,
): string {
  return [
    `✅ ${imported} ${imported === 1 ? 'price' : 'prices'} imported, ${unchanged ?? 0} unchanged.`,
    ...(unknownModels ?? []).map((id) => `   - ${plain(id)} is not in the catalogue: ${program} models add`),
    ...(conflicts ?? []).map(
      ({ modelId, sources }) =>
        `   - ${plain(modelId)}: the sources disagree ($/1K in, out): ${(sources ?? []).map(shownSource).join('; ')}`,
    ),
  ].join('\n');
}
