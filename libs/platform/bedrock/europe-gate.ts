import { BedrockError } from './bedrock-error.js';
import { readModelId } from './model-id.js';

/** The last gate: whatever selected such an id, no prompt leaves for it. @throws BedrockError */
export function assertInEurope(modelId: string): void {
  if (readModelId(modelId).kind !== 'other_profile') return;
  throw new BedrockError(`${modelId} may send prompts outside the EU. Invoke its eu. profile instead.`, {
    kind: 'access_denied',
    awsName: 'DestinationNotAllowed',
    modelId,
    textShown: false,
  });
}
