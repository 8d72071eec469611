import { AppError } from '#libs/platform/errors/app-error.js';
import { InvalidInputError } from '#libs/platform/errors/errors.js';

export class BudgetNotFoundError extends AppError {
  readonly kind = 'not_found';
  readonly code = 'budget_not_found';
  constructor() {
    super('There is no such budget: GET /v1/budgets lists all');
  }
}

export class TooManyBudgetsError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'too_many_budgets';
  constructor(most: number) {
    super(`There may be at most ${most} budgets: delete a budget first`);
  }
}

/** Refuses a budget of a use case or a key that does not exist, because it would never warn. */
export class UnknownSubjectError extends InvalidInputError {
  constructor(field: 'useCase' | 'key', name: string) {
    super([{ field, message: `unknown ${field === 'key' ? 'service key' : 'use case'} "${name}"` }]);
  }
}
