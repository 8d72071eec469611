import { AppError } from '#libs/platform/errors/app-error.js';
import type { FieldError } from '#libs/platform/errors/errors.js';

/** Thrown for parameters of OpenAI that models of Bedrock cannot have: names each. Nothing is dropped silently. */
export class UnsupportedParameterError extends AppError {
  readonly kind = 'invalid';
  readonly code = 'unsupported_parameter';
  override readonly extensions: { errors: FieldError[] };
  constructor(errors: FieldError[]) {
    super(`Not supported here: ${errors.map(({ field, message }) => `${field}: ${message}`).join('; ')}`);
    this.extensions = { errors };
  }
}
