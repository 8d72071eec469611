import type { ModelEdit, UseCaseEdit } from '#libs/catalogue/catalogue-edit.js';
import type { FieldError } from '#libs/platform/errors/errors.js';
import type { ChangePolicy } from './change-policy.js';

/** One step of a change. */
export type ChangeOperation =
  | { kind: 'switch-use-case'; useCase: string; modelId: string }
  | { kind: 'edit-use-case'; useCase: string; edit: Partial<UseCaseEdit> }
  | { kind: 'edit-policy'; useCase: string; policy: Partial<ChangePolicy> }
  | { kind: 'edit-model'; modelId: string; edit: Partial<ModelEdit> }
  | { kind: 'retire-model'; modelId: string; successorId: string | null }
  /** Target null: each use case takes its best other candidate. Without use cases: all. */
  | { kind: 'move-off-model'; modelId: string; toModelId: string | null; useCases: string[] | null }
  /** Restores what the move switched and nobody has switched since. */
  | { kind: 'undo-move'; moveId: string };

export type OperationKind = ChangeOperation['kind'];

export const MAX_OPERATIONS = 50;

/** Operation with what it was made against and what it changes. */
export interface RecordedOperation {
  operation: ChangeOperation;
  /** Use cases that it changes. */
  useCases: string[];
  /** Version of a use case, or hash of the settings of a model or of the state of a move. */
  expectedVersion: string;
  /** Values that an undo restores. */
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}

/** Returns what an operation changes, e.g. `use-case:clinical`, `model:eu.amazon.nova-lite-v1:0` or `move:<id>`. */
export function scopeOf(operation: ChangeOperation): string {
  if ('useCase' in operation) return `use-case:${operation.useCase}`;
  return 'moveId' in operation ? `move:${operation.moveId}` : `model:${operation.modelId}`;
}

/** Operations of which a scope takes one: a second one would contradict the first. */
const ONE_OF: Record<OperationKind, string> = {
  'switch-use-case': 'active model',
  'edit-use-case': 'settings',
  'edit-policy': 'policy',
  'edit-model': 'settings',
  'retire-model': 'end',
  'move-off-model': 'move',
  'undo-move': 'undo',
};

/** Names each operation that changes what another one of the list changes. */
export function contradictionsIn(operations: readonly ChangeOperation[]): FieldError[] {
  const first = new Map<string, number>();
  return operations.flatMap((operation, index) => {
    const scope = scopeOf(operation);
    const key = `${ONE_OF[operation.kind]} of ${scope}`;
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, index);
      return [];
    }
    return [{ field: `operations.${index}`, message: `changes the ${key}, as operations.${earlier} does` }];
  });
}
