const inFolder = (folder: string, ...names: string[]) => names.map((name) => `libs/${folder}/${name}.ts`);

/** Files of libs that decide or calculate and do no input or output, by area. */
export const PURE: Record<string, string[]> = {
  switching: inFolder(
    'switching',
    ...['decide-switch', 'model-selection', 'switch-request', 'authorize-switch'],
    ...['switch-notification'],
  ),
  catalogue: inFolder(
    'catalogue',
    ...['ranking', 'selectability', 'effective-model', 'catalogue', 'price-quotes'],
    ...['sync-plan', 'catalogue-edit', 'price-dimensions'],
  ),
  costs: [...inFolder('costs', 'call-cost', 'cost-impact'), ...inFolder('breakers', 'failure-window')],
  budgets: inFolder('budgets', 'budget', 'budget-notification'),
  audit: inFolder('audit/hash-chain', 'hash-chain', 'chain-verifier', 'checkpoint', 'erased-rows'),
  validation: inFolder('validation', 'model-health', 'lifecycle', 'sweep-plan', 'model-notifications'),
  inference: inFolder(
    'inference',
    ...[
      'fallback-candidates.service',
      'retry-decision',
      'call-attempts',
      'call-accumulator',
      'model-call',
      'token-estimate',
    ],
  ),
  bedrock: inFolder('platform/bedrock', ...['bedrock-error', 'failure-policy', 'price-list']),
  notifications: [
    ...inFolder('notifications', 'notification-view', 'recipient', 'subscriptions'),
    ...inFolder('notifications/webhooks', 'retry-delay'),
  ],
  analytics: inFolder('analytics', 'analytics-query', 'group-query', 'usage-figures'),
};
