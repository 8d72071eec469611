import type { RoleScope } from '#libs/catalogue/model-role.js';
import { AppError } from '#libs/platform/errors/app-error.js';
import { OutcomeUnknownError } from '#libs/platform/errors/errors.js';

/** Thrown also for another owner's conversation, to hide whether it exists. */
export class ConversationNotFoundError extends AppError {
  readonly kind = 'not_found';
  readonly code = 'conversation_not_found';
  constructor(conversationId: string) {
    super(`Conversation ${conversationId} does not exist, or is not yours`);
  }
}

export class ConversationIdGuessableError extends AppError {
  readonly kind = 'forbidden';
  readonly code = 'conversation_id_guessable';
  constructor() {
    super(
      'Other users could guess the id of this conversation. Use a random UUID as the id of a new conversation, for example from crypto.randomUUID()',
    );
  }
}

export class UseCaseMismatchError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'use_case_mismatch';
  constructor(conversationId: string, actual: string, asked: string) {
    super(
      `Conversation ${conversationId} belongs to use case ${actual}, not ${asked}; use auto-switch to move it to another`,
    );
  }
}

export class StaleVersionError extends AppError {
  readonly kind = 'precondition_failed';
  readonly code = 'stale_version';
  override readonly extensions: { etag: string };
  constructor(etag: string) {
    super('The scope changed since you read it: read it again, then decide');
    this.extensions = { etag };
  }
}

export class SwitchNotFoundError extends AppError {
  readonly kind = 'not_found';
  readonly code = 'switch_not_found';
  constructor(id: string) {
    super(`Switch ${id} does not exist, or is not yours`);
  }
}

export class NothingToUndoError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'nothing_to_undo';
  constructor(id: string) {
    super(`Switch ${id} created its conversation: there is no model before it to go back to`);
  }
}

/** Thrown for an undo of a switch that is not the last of its scope. */
export class SwitchSupersededError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'superseded';
  override readonly extensions: { supersededBy?: { switchId: string; actor: string; at: string } };
  constructor(by?: { switchId: string; actor: string; at: Date }) {
    const at = by?.at.toISOString();
    const since = by && ` by ${by.actor} at ${at} (switch ${by.switchId})`;
    super(`The scope was switched again since${since ?? ''}: switch it by hand if that is not what you want`);
    this.extensions = by && at ? { supersededBy: { switchId: by.switchId, actor: by.actor, at } } : {};
  }
}

export class RequestInProgressError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'request_in_progress';
  override readonly retryAfter = 1;
  constructor() {
    super('A request with this Idempotency-Key is still running: try again shortly');
  }
}

export class IdempotencyKeyReusedError extends AppError {
  readonly kind = 'unprocessable';
  readonly code = 'idempotency_key_reused';
  constructor() {
    super('This Idempotency-Key was used for another request: use a new key');
  }
}

export class NotACandidateError extends AppError {
  readonly kind = 'forbidden';
  readonly code = 'model_not_a_candidate';
  constructor(modelId: string, useCase: string) {
    super(`${modelId} is not a candidate of ${useCase}: choose a candidate`);
  }
}

/** Thrown for a model that no approved change has made a candidate, for any caller. */
export class OutsideReviewError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'not_a_reviewed_candidate';
  override readonly extensions: { allowedModels: string[] };
  constructor(modelId: string, { name, activeModelId, candidates }: RoleScope) {
    super(
      `${modelId} is not a candidate of ${name}, which is reviewed: choose a candidate, or propose a change that adds it`,
    );
    this.extensions = { allowedModels: [...new Set([activeModelId, ...candidates])] };
  }
}

/** `extensions` contain what a later query needs: the key, else the id of the switch if it was committed. */
export class SwitchOutcomeUnknownError extends OutcomeUnknownError {
  constructor(cause: OutcomeUnknownError, idempotencyKey: string | undefined, switchId: string | undefined) {
    const lost = 'The response of the database was lost, so the outcome of the switch is unknown.';
    const asked =
      idempotencyKey === undefined
        ? { message: `${lost} The switch is done if GET /v1/switches lists ${switchId ?? 'it'}.`, switchId }
        : {
            message: `${lost} Repeat the request with the same Idempotency-Key: the switch is done at most once.`,
            idempotencyKey,
          };
    super(cause, asked);
  }
}
