import type { ModelEdit, UseCaseEdit } from '#libs/catalogue/catalogue-edit.js';
import type { ChangeOperation, RecordedOperation } from './change-operation.js';
import type { ChangePolicy } from './change-policy.js';
import type { MoveValues } from './change-values.js';

interface Applied {
  /** Ids of what it made. */
  result: Record<string, unknown> | null;
}

/** Returns the operations that restore what an operation has recorded before it, and guess nothing. */
export function inverseOf({
  operation,
  before,
  after,
  result,
}: Pick<RecordedOperation, 'operation' | 'before' | 'after'> & Applied): ChangeOperation[] {
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
        ...movedBack(operation.modelId, activeIn, result),
      ];
    }
    case 'move-off-model':
      return movedBack(operation.modelId, before.activeIn, result);
    case 'undo-move':
      return movedAgain(before as unknown as MoveValues);
  }
}

/** The undo of a move restores the pins, too. */
function movedBack(modelId: string, useCases: unknown, result: Applied['result']): ChangeOperation[] {
  const moveId = result?.moveId;
  if (typeof moveId === 'string') return [{ kind: 'undo-move', moveId }];
  return (useCases as string[]).map((useCase) => ({ kind: 'switch-use-case', useCase, modelId }));
}

const movedAgain = ({ movedOff, movedTo, useCases }: MoveValues): ChangeOperation[] => [
  { kind: 'move-off-model', modelId: movedOff, toModelId: movedTo, useCases },
];

/** A capability that was stated first by the change is stated by nobody again. */
function statedBefore(before: RecordedOperation['before'], after: RecordedOperation['after']) {
  if (after.capabilities === undefined) return {};
  const added = Object.keys(after.capabilities as object).map((name) => [name, null]);
  return { capabilities: { ...Object.fromEntries(added), ...(before.capabilities as object) } };
}
