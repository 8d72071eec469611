import { Facts } from '../parts/facts.js';
import { formatCount } from '../parts/format.js';
import type { UseCase } from './use-use-cases.js';

export function UseCaseFacts({ useCase }: { useCase: UseCase }) {
  const { configured, measured, allowedRegions, onModelFailure, onModelRecovery } = useCase;
  const mix = measured ?? configured;
  return (
    <Facts
      facts={{
        'Tokens of an exchange': `${formatCount(Math.round(mix.inputTokens))} in, ${formatCount(Math.round(mix.outputTokens))} out`,
        'These figures are': measured
          ? 'measured in the last 30 days'
          : 'configured: nothing was measured yet',
        'Exchanges in 30 days': formatCount(Math.round(mix.exchangesPer30Days)),
        'When its model fails validation':
          onModelFailure === 'switch'
            ? 'the best candidate takes over'
            : 'operators are told, nothing is switched',
        'When the former model is healthy again':
          onModelRecovery === 'auto' ? 'it takes over again' : 'somebody switches back',
        'Prompts may go to': allowedRegions ? allowedRegions.join(', ') : 'wherever the service allows',
      }}
    />
  );
}
