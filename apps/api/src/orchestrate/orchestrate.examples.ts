/** The source document's own requests. */
export const ORCHESTRATE_EXAMPLES = {
  'list-all': { summary: 'List all models', value: { action: 'list-all' } },
  'get-for-use-case': {
    summary: 'List the models of a use case',
    value: { action: 'get-for-use-case', useCase: 'clinical' },
  },
  switch: {
    summary: 'Switch a conversation by hand',
    value: {
      action: 'switch',
      modelId: 'eu.amazon.nova-lite-v1:0',
      conversationId: 'conv-123',
      userId: 'user-456',
      reason: 'Cost optimization',
      showNotification: true,
    },
  },
  'auto-switch': {
    summary: 'Switch a conversation automatically',
    value: {
      action: 'auto-switch',
      useCase: 'clinical',
      conversationId: 'conv-123',
      userId: 'user-456',
      showNotification: true,
    },
  },
  'fallback-switch': {
    summary: 'Switch to a fallback',
    value: { action: 'fallback-switch', reason: 'Rate limit exceeded on primary model' },
  },
  validate: { summary: 'Check a model', value: { action: 'validate', modelId: 'eu.amazon.nova-pro-v1:0' } },
  'clear-cache': { summary: 'Clear the cache', value: { action: 'clear-cache' } },
};
