import type { ModelEdit, UseCaseEdit } from '#libs/catalogue/catalogue-edit.js';
import type { ChangeOperation, RecordedOperation } from './change-operation.js';
import type { ChangePolicy } from './change-policy.js';

/** Returns the operations that restore what an operation has recorded before it, and guess nothing. */
export function inverseOf({
  operation,
  before,
  after,
}: Pick<RecordedOperation, 'operation' | 'before' | 'after'>): ChangeOperation[] {
  switch (operation.kind) {
    case 'switch-use-case':
      return [{ ...operation, modelId: before.activeModelId as string }];
    case 'edit-use-case':
      return [{ ...operation, edit: before as Partial<UseCaseEdit> }];
    case 'edit-policy':
      return [{ ...operation, policy: before as Partial<ChangePolicy> }];
    case 'edit-model':
      return [{ ...operation, edit: { ...before, ...statedBefore(before, after) } as Partial<ModelEdit> }];
    case 'retire-model': {
      const { activeIn, ...edit } = before;
      return [
        { kind: 'edit-model', modelId: operation.modelId, edit: edit as Partial<ModelEdit> },
        ...switchesBack(operation.modelId, activeIn),
      ];
    }
    case 'move-off-model':
      return switchesBack(operation.modelId, before.activeIn);
  }
}

const switchesBack = (modelId: string, useCases: unknown): ChangeOperation[] =>
  (useCases as string[]).map((useCase) => ({ kind: 'switch-use-case', useCase, modelId }));

/** A capability that was stated first by the change is stated by nobody again. */
function statedBefore(before: RecordedOperation['before'], after: RecordedOperation['after']) {
  if (after.capabilities === undefined) return {};
  const added = Object.keys(after.capabilities as object).map((name) => [name, null]);
  return { capabilities: { ...Object.fromEntries(added), ...(before.capabilities as object) } };
}
