import { AppError } from '../errors/app-error.js';
import type { KeyLimits } from './key-settings.js';

export class ServiceKeyNotFoundError extends AppError {
  readonly kind = 'not_found';
  readonly code = 'service_key_not_found';
  constructor(id: string) {
    super(`Service key ${id} does not exist: list the keys for their ids`);
  }
}

export class ServiceKeyEndedError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'service_key_ended';
  constructor(id: string) {
    super(`Service key ${id} is revoked or expired: create a new key instead`);
  }
}

export class ServiceKeyReplacedError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'service_key_replaced';
  constructor(id: string, successor: string) {
    super(`Service key ${id} was already replaced: rotate its successor ${successor}`);
  }
}

/** Thrown for a request outside the limits of the key, whatever its scopes. */
export class KeyLimitError extends AppError {
  readonly kind = 'forbidden';
  readonly code = 'outside_limits_of_key';
  override readonly extensions: { limit: keyof KeyLimits };
  constructor(limit: keyof KeyLimits, allowed: string) {
    super(`This is outside the limits of your service key: ${allowed}`);
    this.extensions = { limit };
  }
}

/** Thrown where a call needs the default of its key, and the catalogue does not have it any more. */
export class KeyDefaultGoneError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'default_of_key_gone';
  constructor(what: 'use case' | 'assistant', name: string) {
    super(
      `The default ${what} ${name} of your service key does not exist any more: name a use case, or have the key edited`,
    );
  }
}

/** Refuses to change anything for the bootstrap key where the settings allow it to read only. */
export class ReadOnlyKeyError extends AppError {
  readonly kind = 'forbidden';
  readonly code = 'read_only_key';
  constructor() {
    super(
      'The bootstrap key may only read here (BOOTSTRAP_KEY=read-only): sign in as a person, or use another service key',
    );
  }
}

/** Refuses a decision that only a person may make: a key says nothing of who holds it. */
export class PersonRequiredError extends AppError {
  readonly kind = 'forbidden';
  readonly code = 'person_required';
  constructor() {
    super('Only a person may do this: sign in at an issuer, a service key is not enough');
  }
}
