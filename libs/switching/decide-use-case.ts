import type { CoolDowns, Model, UseCase } from '#libs/catalogue/catalogue.js';
import { effectiveModel } from '#libs/catalogue/effective-model.js';
import {
  bestCandidate,
  coolDown,
  modelOf,
  nextCandidate,
  requireSelectable,
  type SelectionContext,
} from './model-selection.js';
import type { AutoSwitch, FallbackSwitch, ManualSwitch, ReturnSwitch } from './switch.js';

/** The commands that can be about a use case. */
export type UseCaseCommand = ManualSwitch | AutoSwitch | FallbackSwitch | ReturnSwitch;

/** What a use case becomes. */
export interface UseCaseDecision {
  activeModelId: string;
  coolDowns: CoolDowns;
  before: Model;
  after: Model;
}

/**
 * What a command makes of a use case, and so of all conversations that follow it. A pure function.
 * @throws AppError of kind not_found, conflict or unavailable when the command cannot be followed
 */
export function decideUseCase(
  command: UseCaseCommand,
  useCase: UseCase,
  context: SelectionContext,
  rules: { coolDownSeconds: number },
): UseCaseDecision {
  const { model: effective } = effectiveModel({ useCase }, context.catalogue, context.policy);
  const { coolDowns } = useCase;
  switch (command.kind) {
    case 'return':
    case 'manual': {
      const after = requireSelectable(context, command.modelId, { useCase, coolDowns });
      return { activeModelId: after.id, coolDowns, before: effective, after };
    }
    case 'auto': {
      const after = bestCandidate(context, useCase, coolDowns);
      return { activeModelId: after.id, coolDowns, before: effective, after };
    }
    case 'fallback': {
      const failed = command.failedModelId ? modelOf(context, command.failedModelId) : effective;
      const cooling = coolDown(coolDowns, failed, context.policy.now, rules.coolDownSeconds).coolDowns;
      // What has just become unselectable is still what people were told of; leaving it is a switch to be recorded.
      const before = failed.id === useCase.activeModelId ? failed : effective;
      // A late report: the use case has moved on already.
      if (failed.id !== before.id)
        return { activeModelId: useCase.activeModelId, coolDowns: cooling, before, after: before };
      const after = nextCandidate(context, useCase, cooling, failed);
      return { activeModelId: after.id, coolDowns: cooling, before, after };
    }
  }
}
