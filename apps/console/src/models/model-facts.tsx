import { Badge, Code, Group, Text } from '@mantine/core';
import { DescriptionList } from '../components/description-list.js';
import { formatCount, formatDay, perMillion } from '../components/format.js';
import type { Model } from './use-models.js';

const day = (iso: string | null) => (iso ? formatDay(iso) : null);
const count = (number: number | null) => (number === null ? null : formatCount(number));

/** Forms of a request, by their names in the api. */
const refused = ({ capabilities }: Model) =>
  Object.entries(capabilities)
    .filter(([, fact]) => fact?.supported === false)
    .map(([name]) => name)
    .join(', ') || null;

export function ModelFacts({ model }: { model: Model }) {
  const { lifecycle } = model;
  return (
    <DescriptionList
      facts={{
        'Invoked as': <Code>{model.id}</Code>,
        'Foundation model': <Code>{model.foundationModelId}</Code>,
        'USD per million tokens': <Prices model={model} />,
        'Context window': count(model.contextWindow),
        'Longest answer': count(model.maxTokens),
        Tier: model.tier,
        'Prompts may go to': <Destinations regions={model.destinationRegions} />,
        'Legacy from': day(lifecycle.legacyAt),
        'Price increase from': day(lifecycle.extendedAccessAt),
        'End of life': day(lifecycle.endOfLifeAt),
        'Does not take': refused(model),
        'Ends no sooner than': day(model.guarantee?.earliestEndAt ?? null),
      }}
    />
  );
}

type Dimensions = Model['priceDimensions'];
type TierPrices = NonNullable<NonNullable<Dimensions['serviceTiers']>['flex']>;

const inAndOut = ({ inputPer1k, outputPer1k }: TierPrices) =>
  `${perMillion(inputPer1k ?? null)} in, ${perMillion(outputPer1k ?? null)} out`;

/** Prices that depend on more than the kind of token, a line each. */
function dimensionTexts({ cacheWrite1hPer1k, serviceTiers = {}, longContext }: Dimensions): string[] {
  return [
    ...(cacheWrite1hPer1k ? [`${perMillion(cacheWrite1hPer1k)} to cache for an hour`] : []),
    ...Object.entries(serviceTiers).map(([tier, prices]) => `Tier ${tier}: ${inAndOut(prices)}`),
    ...(longContext
      ? [`Above ${formatCount(longContext.aboveInputTokens)} input tokens: ${inAndOut(longContext)}`]
      : []),
  ];
}

function Prices({ model }: { model: Model }) {
  return (
    <>
      {perMillion(model.inputPricePer1k)} in, {perMillion(model.outputPricePer1k)} out
      {dimensionTexts(model.priceDimensions).map((text) => (
        <Text size="xs" key={text}>
          {text}
        </Text>
      ))}
      {model.priceSource && (
        <Text size="xs" c="dimmed">
          says {model.priceSource}
        </Text>
      )}
      {model.priceConflicts.map(({ source, inputPricePer1k, outputPricePer1k }) => (
        <Text size="xs" c="dimmed" key={source}>
          Sources disagree: {source} {perMillion(inputPricePer1k)} in, {perMillion(outputPricePer1k)} out
        </Text>
      ))}
    </>
  );
}

function Destinations({ regions }: { regions: string[] | null }) {
  if (!regions) return 'not read yet';
  return (
    <Group gap={4} component="span">
      {regions.map((region) => (
        <Badge key={region} color="gray" component="span">
          {region}
        </Badge>
      ))}
    </Group>
  );
}
