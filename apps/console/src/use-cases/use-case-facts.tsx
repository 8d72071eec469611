import { DescriptionList } from '../components/description-list.js';
import { formatCount } from '../components/format.js';
import type { UseCase } from './use-use-cases.js';

const BASES: Record<UseCase['expected']['basis'], (days: number) => string> = {
  measured: (days) => `measured in the last ${Math.round(days)} days`,
  blended: (days) =>
    `blended: ${days < 1 ? 'less than a day' : `${Math.floor(days)} of 7 days`} measured, the rest as configured`,
  configured: () => 'configured: nothing was measured yet',
};

const CLIENTS: Record<UseCase['clients'], string> = {
  keys: 'service keys',
  users: 'users',
  both: 'service keys and users',
};

export function UseCaseFacts({ useCase }: { useCase: UseCase }) {
  const { expected, measured, allowedRegions, guardrail, onModelFailure, onModelRecovery } = useCase;
  const input = expected.inputTokens + expected.cacheReadTokens + expected.cacheWriteTokens;
  return (
    <DescriptionList
      facts={{
        'Tokens of an exchange': `${formatCount(Math.round(input))} in, ${formatCount(Math.round(expected.outputTokens))} out`,
        'These figures are': BASES[expected.basis](measured?.days ?? 0),
        'Exchanges in 30 days': formatCount(Math.round(expected.exchangesPer30Days)),
        'When its model fails validation':
          onModelFailure === 'switch'
            ? 'the best candidate takes over'
            : 'operators are notified, nothing is switched',
        'When the former model is healthy again':
          onModelRecovery === 'auto' ? 'it takes over again' : 'somebody switches back',
        'Prompts may go to': allowedRegions ? allowedRegions.join(', ') : 'wherever the service allows',
        Guardrail: guardrail
          ? `${guardrail.id}, version ${guardrail.version}${guardrail.required ? '' : ', optional'}`
          : 'none',
        'Open to': CLIENTS[useCase.clients],
      }}
    />
  );
}
