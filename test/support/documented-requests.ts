/** Bodies of the source document's curl calls, letter by letter, and the call of its fallback workflow as JSON. */
export const DOCUMENTED = {
  listAll: `{"action":"list-all"}`,
  getForUseCase: `{
    "action": "get-for-use-case",
    "useCase": "clinical"
  }`,
  switch: `{
    "action": "switch",
    "modelId": "eu.amazon.nova-lite-v1:0",
    "conversationId": "conv-123",
    "userId": "user-456",
    "reason": "Cost optimization",
    "showNotification": true
  }`,
  autoSwitch: `{
    "action": "auto-switch",
    "useCase": "clinical",
    "conversationId": "conv-123",
    "userId": "user-456",
    "showNotification": true
  }`,
  validate: `{
    "action": "validate",
    "modelId": "eu.amazon.nova-pro-v1:0"
  }`,
  clearCache: `{"action":"clear-cache"}`,
  fallbackSwitch: `{"action":"fallback-switch","reason":"Rate limit exceeded on primary model"}`,
};
