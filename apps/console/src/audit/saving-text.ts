import { formatUsd } from '../components/format.js';
import type { Switch } from '../switching/switch-list.js';

/** A saving as a sentence; a negative one costs more. */
export function savingText(usd: string | null): string {
  if (usd === null) return 'unknown';
  const amount = formatUsd(usd.replace('-', ''));
  return usd.startsWith('-') ? `costs ${amount} more` : `saves ${amount}`;
}

export function estimateOf({ status, costImpact, costImpactHorizon }: Switch): string {
  if (status === 'pending') return 'audit row pending';
  if (costImpactHorizon === 'first assignment') return 'first model of the conversation';
  return costImpact === null ? 'unknown' : `${savingText(costImpact)}, ${costImpactHorizon ?? ''}`;
}
