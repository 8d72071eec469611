import type { UseCase } from '#libs/catalogue/catalogue.js';
import type { UseCaseEdit } from '#libs/catalogue/catalogue-edit.js';
import { REVIEWED_FIELDS } from '#libs/catalogue/use-case-edit-gate.js';
import type { ChangeOperation } from '#libs/change-control/change-operation.js';
import type { Difference } from './configuration.js';
import { isSwitch } from './setting-changes.js';

const FIELDS: readonly (string | null)[] = REVIEWED_FIELDS;

/** Separates the differences of reviewed use cases that only a change request may remove. */
export function splitReviewed(
  differences: readonly Difference[],
  useCases: readonly UseCase[],
  { switchModels }: { switchModels: boolean },
): { direct: Difference[]; reviewed: Difference[] } {
  const names = new Set(useCases.filter(({ control }) => control === 'reviewed').map(({ name }) => name));
  const isReviewed = (difference: Difference) =>
    difference.section === 'useCases' &&
    difference.kind === 'changed' &&
    names.has(difference.id) &&
    (isSwitch(difference) ? switchModels : FIELDS.includes(difference.field));
  return {
    direct: differences.filter((difference) => !isReviewed(difference)),
    reviewed: differences.filter(isReviewed),
  };
}

/** Returns the operations that remove these differences: the settings of each use case, then the switches. */
export function operationsFor(differences: readonly Difference[]): ChangeOperation[] {
  const edits = new Map<string, Record<string, unknown>>();
  for (const { id, field, file } of differences.filter((difference) => !isSwitch(difference)))
    edits.set(id, { ...edits.get(id), [field!]: file });
  return [
    ...[...edits].map(([useCase, edit]) => ({
      kind: 'edit-use-case' as const,
      useCase,
      edit: edit as Partial<UseCaseEdit>,
    })),
    ...differences
      .filter(isSwitch)
      .map(({ id, file }) => ({ kind: 'switch-use-case' as const, useCase: id, modelId: file as string })),
  ];
}
