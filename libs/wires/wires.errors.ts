import type { Model } from '#libs/catalogue/catalogue.js';
import type { Reason } from '#libs/catalogue/selectability.js';
import { AppError } from '#libs/platform/errors/app-error.js';
import { ForbiddenError, UnavailableError } from '#libs/platform/errors/errors.js';

/** Thrown for a model id that names nothing. */
export class UnknownModelIdError extends AppError {
  readonly kind = 'not_found';
  readonly code = 'model_not_found';
  constructor(modelId: string, useCases: string[]) {
    super(
      `${modelId} names nothing here: use auto, a use case (${useCases.join(', ')}), assistant:<id> or a model of the catalogue`,
    );
  }
}

/** Thrown for a body in the form of one family, where another family answers now. */
export class BodyFamilyError extends AppError {
  readonly kind = 'invalid';
  readonly code = 'body_family_not_taken';
  constructor(family: string, { name }: Model, useCase: string) {
    super(
      `Use case ${useCase} is on ${name}, which does not take a body in the form of ${family}: use Converse, which every model takes`,
    );
  }
}

/** Thrown for a body that would exceed the memory of this process for bodies. */
export class TooManyWireBytesError extends UnavailableError {
  override readonly retryAfter = 2;
  constructor() {
    super(
      'too_many_wire_bytes',
      'This instance has reached its limit of request bodies in memory: try again after Retry-After',
    );
  }
}

/** Thrown for a model that has ended or cannot be invoked. */
class ModelGoneError extends AppError {
  readonly kind = 'not_found';
  readonly code = 'model_not_selectable';
}

/** Thrown for a model that no approved change has made a candidate, whatever the limits of the key say. */
class OutsideReviewError extends AppError {
  readonly kind = 'forbidden';
  readonly code = 'not_a_reviewed_candidate';
}

const GONE = new Set<Reason['code']>(['not_available', 'end_of_life', 'not_invokable']);

/** Returns the refusal of a model that is named directly and is not selectable. */
export function notSelectable({ id, successorId }: Model, reasons: Reason[]): AppError {
  const codes = reasons.map(({ code }) => code);
  const instead = successorId === null ? '' : `; use ${successorId} instead`;
  const message = `${id} cannot be called: ${reasons.map(({ detail }) => detail).join('; ')}${instead}`;
  if (codes.some((code) => GONE.has(code))) return new ModelGoneError(message);
  if (codes.includes('not_a_candidate')) return new OutsideReviewError(message);
  return codes.every((code) => code === 'validation_failed')
    ? new UnavailableError('model_not_selectable', message)
    : new ForbiddenError(message);
}
