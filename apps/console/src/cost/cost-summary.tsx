import { Text } from '@mantine/core';
import { Amount } from '../components/amount.js';
import { DescriptionList } from '../components/description-list.js';
import { formatCount, formatDuration, formatPercent, formatUsd, formatUtcDay } from '../components/format.js';
import { Section } from '../components/section.js';
import { changeOf } from './compare-costs.js';
import { previousOf } from './range.js';
import type { Figures, SwitchFigures } from './use-cost.js';

/** Spend of the period against the one before, and the saving that calls have realised. */
export function CostSummary({ figures }: { figures: Figures }) {
  const { costs, costsBefore, usage, switches, question } = figures;
  const { totals, unknownCosts } = costs;
  const before = previousOf(question);
  return (
    <Section title="Spend and saving">
      <DescriptionList
        facts={{
          'Spent in this period': (
            <Text fw={650} size="lg" component="span">
              <Amount usd={spent(totals)} unknown={totals.unknownCostCalls} what="calls" />
            </Text>
          ),
          [`Period before, ${formatUtcDay(before.from)} – ${formatUtcDay(before.to)}`]: (
            <>
              {formatUsd(spent(costsBefore.totals))}
              {changeText(spent(totals), spent(costsBefore.totals))}
            </>
          ),
          'Realised saving of switches': <Realised saving={switches.totals} />,
          Calls: formatCount(totals.calls),
          Tokens: `${formatCount(usage.totals.inputTokens)} in, ${formatCount(usage.totals.outputTokens)} out`,
          'Time to answer, p95': p95Text(usage.totals.latencyMs),
          ...(unknownCosts.length > 0 && { 'Missing prices': <MissingPrices of={unknownCosts} /> }),
        }}
      />
    </Section>
  );
}

/** A period without calls has cost nothing; the api has no sum of it. */
const spent = ({ calls, costUsd }: { calls: number; costUsd: string | null }): string | null =>
  calls === 0 ? '0' : costUsd;

function changeText(now: string | null, before: string | null): string {
  const change = changeOf(now, before);
  return change === null ? '' : ` (${change > 0 ? '+' : ''}${formatPercent(change / 100, 0)})`;
}

const p95Text = (latency: { p95: number | null } | null): string | null =>
  latency?.p95 ? formatDuration(latency.p95) : null;

function Realised({
  saving: { savingCalls, savedUsd, unknownSavings },
}: {
  saving: SwitchFigures['totals'];
}) {
  if (savingCalls === 0) return 'no call after a switch yet';
  return <Amount usd={savedUsd} unknown={unknownSavings} what="calls" />;
}

/** Says which prices make costs unknown. */
function MissingPrices({ of }: { of: Figures['costs']['unknownCosts'] }) {
  return of.map(({ modelId, reason, calls }) => (
    <Text size="sm" key={`${modelId} ${reason}`}>
      {modelId}: {reason.replaceAll('_', ' ')} ({formatCount(calls)} calls)
    </Text>
  ));
}
