const inFolder = (folder: string, ...names: string[]) => names.map((name) => `libs/${folder}/${name}.ts`);

/** Files of libs that decide or calculate and do no input or output, by area. */
export const PURE: Record<string, string[]> = {
  switching: inFolder(
    'switching',
    ...['decide-conversation', 'decide-use-case', 'choose-model', 'scoped-switch', 'authorize-switch'],
    ...['switch-notification', 'entity-tag'],
  ),
  catalogue: inFolder(
    'catalogue',
    ...['ranking', 'selectability', 'effective-model', 'catalogue', 'price-list-match', 'price-quotes'],
    ...['sync-plan', 'check-edit'],
  ),
  costs: [...inFolder('costs', 'call-cost', 'cost-impact'), ...inFolder('breakers', 'failure-window')],
  seal: inFolder('switching/seal', 'seal-chain', 'chain-check', 'checkpoint', 'erased-rows'),
  validation: inFolder('validation', 'verdict', 'lifecycle', 'sweep-plan', 'model-notifications'),
  inference: inFolder(
    'inference',
    ...['hop-policy', 'reaction', 'route', 'call-tally', 'model-call', 'token-estimate'],
  ),
  bedrock: inFolder(
    'platform/bedrock',
    ...['classify', 'bedrock-policy', 'answer-error', 'error-signal', 'bedrock-error', 'price-list'],
    'bedrock-unavailable',
  ),
  notifications: [
    ...inFolder('notifications', 'notification-view', 'recipient', 'subscriptions'),
    ...inFolder('notifications/webhooks', 'retry-delay'),
  ],
  analytics: inFolder('analytics', 'analytics-question', 'grouped-page', 'usage-figures'),
};
