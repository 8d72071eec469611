import type { UseCase } from '#libs/catalogue/catalogue.js';
import type { EffectiveModel } from '#libs/catalogue/effective-model.js';
import { isOutsideReview } from '#libs/catalogue/model-role.js';
import type { Pin } from './conversation.js';

/** Names a model as people know it; an id that is not in the catalogue stays an id. */
type NameOf = (modelId: string) => string;

/** Says in a sentence or two why this model answers a conversation. */
export function explainEffectiveModel(
  { model, source, reasons }: EffectiveModel,
  { pin, useCase }: { pin: Pin | null; useCase: UseCase },
  nameOf: NameOf,
): string {
  if (reasons.length > 0)
    return `No model of ${useCase.name} can be selected. ${model.name}: ${reasons.map(({ detail }) => detail).join('; ')}.`;
  if (source === 'pin' && pin) return explainPin(pin, model.name, nameOf);
  const passed = pin ? `${explainUnfitPin(pin, useCase, nameOf)} ` : '';
  if (source === 'active')
    return `${passed}The conversation follows ${useCase.name}, whose active model is ${model.name}.`;
  const active = nameOf(useCase.activeModelId);
  return `${passed}The conversation follows ${useCase.name}. ${active}, its active model, cannot be selected here, so ${model.name}, its best selectable candidate, answers.`;
}

function explainUnfitPin({ modelId }: Pin, useCase: UseCase, nameOf: NameOf): string {
  const name = nameOf(modelId);
  return isOutsideReview(useCase, modelId)
    ? `The pin to ${name} has no effect: ${useCase.name} is reviewed, and ${name} is no candidate of it.`
    : `The pin to ${name} cannot be selected.`;
}

function explainPin(pin: Pin, name: string, nameOf: NameOf): string {
  if (pin.kind === 'manual') return `The conversation is pinned to ${name} by hand.`;
  return `${name} answers because ${nameOf(pin.failedModelId)} failed in this conversation. ${nameOf(pin.failedModelId)} is checked again at ${pin.recheckAt}.`;
}
