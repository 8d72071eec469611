import type { Transaction } from '#libs/platform/database/transactions.js';
import type { UseCase } from './catalogue.js';
import type { Editor, UseCaseEdit } from './catalogue-edit.js';

/** Edit of settings under review, before it is stored. */
export interface GatedEdit {
  /** As it is while no other edit of the catalogue runs. */
  useCase: UseCase;
  /** Fields that change. */
  fields: readonly string[];
  editor: Editor;
  now: Date;
  tx: Transaction;
}

/** Fields that a policy of changes covers: they decide which model answers. */
export const REVIEWED_FIELDS = [
  'candidates',
  'objective',
  'allowedRegions',
  'onModelFailure',
  'onModelRecovery',
] as const satisfies readonly (keyof UseCaseEdit)[];

/**
 * Allows or refuses edits of use cases that are reviewed or frozen. libs/change-control binds it; without it, everything is
 * allowed.
 */
export abstract class UseCaseEditGate {
  /** @throws AppError of kind conflict that says what to do instead */
  abstract allowEdit(edit: GatedEdit): Promise<void>;
}

/** Returns the fields under review that an edit changes. */
export const reviewedFieldsOf = (edit: Partial<UseCaseEdit>, present: UseCase): string[] =>
  REVIEWED_FIELDS.filter(
    (field) => edit[field] !== undefined && JSON.stringify(edit[field]) !== JSON.stringify(present[field]),
  );
