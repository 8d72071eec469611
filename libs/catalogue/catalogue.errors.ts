import { AppError } from '#libs/platform/errors/app-error.js';
import { InvalidInputError } from '#libs/platform/errors/errors.js';
import type { Model } from './catalogue.js';
import type { Reason } from './selectability.js';

export class ModelNotFoundError extends AppError {
  readonly kind = 'not_found';
  readonly code = 'model_not_found';
  constructor(readonly modelId: string) {
    super(`Model not found: ${modelId} is not in the catalogue`);
  }
}

export class UseCaseNotFoundError extends AppError {
  readonly kind = 'not_found';
  readonly code = 'use_case_not_found';
  constructor(name: string) {
    super(`Use case ${name} does not exist: list the use cases for their names`);
  }
}

export class AssistantNotFoundError extends AppError {
  readonly kind = 'not_found';
  readonly code = 'assistant_not_found';
  constructor(id: string) {
    super(`Assistant ${id} does not exist: list the assistants for their ids`);
  }
}

/** Refuses a known model that is not selectable, with the reasons and its successor. */
export class ModelNotSelectableError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'model_not_selectable';
  override readonly extensions: { reasons: Reason[]; successor?: string };
  constructor(model: Model, reasons: Reason[]) {
    const why = reasons.map(({ detail }) => detail).join('; ');
    // Clients of the old function match this text when the operator's flag is off.
    const lead = model.available
      ? `${model.name} cannot be selected`
      : `Model not found among the available: ${model.name}`;
    const instead = model.successorId ? `; use ${model.successorId} instead` : '';
    super(`${lead} (${why})${instead}`);
    this.extensions = { reasons, ...(model.successorId && { successor: model.successorId }) };
  }
}

export class NoSelectableModelError extends AppError {
  readonly kind = 'unavailable';
  readonly code = 'no_selectable_model';
  override readonly retryAfter = 5;
  override readonly extensions: { candidates: { modelId: string; reasons: Reason[] }[] };
  constructor(useCase: string, candidates: { modelId: string; reasons: Reason[] }[]) {
    super(`No model of use case ${useCase} can be selected right now: see candidates for the reasons`);
    this.extensions = { candidates };
  }
}

/** Refuses an unknown use case in a request. */
export class UnknownUseCaseError extends InvalidInputError {
  constructor(useCase: string, known: string[]) {
    super([
      { field: 'useCase', message: `unknown use case "${useCase}"; the use cases are ${known.join(', ')}` },
    ]);
  }
}

/** Refuses an unknown assistant in a request. */
export class UnknownAssistantError extends InvalidInputError {
  constructor(assistantId: string) {
    super([
      {
        field: 'assistantId',
        message: `unknown assistant "${assistantId}": use an assistant of the catalogue`,
      },
    ]);
  }
}

export class ModelExistsError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'model_exists';
  constructor(modelId: string) {
    super(`Model ${modelId} is already in the catalogue: edit it instead`);
  }
}

/** Refuses an edit of a use case that changed since the editor read it. */
export class StaleUseCaseError extends AppError {
  readonly kind = 'precondition_failed';
  readonly code = 'stale_version';
  override readonly extensions: { etag: string | null };
  constructor(name: string, version: number | undefined) {
    super(`Use case ${name} changed since you read it: read it again, then decide`);
    this.extensions = { etag: version === undefined ? null : `"${version}"` };
  }
}

/** Refuses to remove a model in use: that would change effective models without a switch. */
export class ModelInUseError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'model_in_use';
  constructor(modelId: string, useCases: string[]) {
    super(
      `${modelId} is the active model of ${useCases.join(', ')}: retire it instead, which switches these use cases first`,
    );
  }
}

/** References to an entry of the catalogue; names are the first ones. */
export interface CatalogueUse {
  kind:
    | 'active_model'
    | 'candidate'
    | 'successor'
    | 'assistant'
    | 'model'
    | 'service_key'
    | 'budget'
    | 'default'
    | 'conversation'
    | 'former_conversation';
  count: number;
  names: string[];
}

const USES: Record<CatalogueUse['kind'], string> = {
  active_model: 'it is the active model of',
  candidate: 'it is a candidate of',
  successor: 'it is the successor of',
  assistant: 'assistants have it:',
  model: 'it is the use case of the models',
  service_key: 'it is the default of the service keys',
  budget: 'it has budgets:',
  default: 'it is the use case of requests that name none:',
  conversation: 'conversations that use it:',
  former_conversation: 'conversations that followed it before, and whose history needs it:',
};

/** Refuses to delete an entry of the catalogue that something uses. */
export class EntryInUseError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'in_use';
  override readonly extensions: { uses: CatalogueUse[] };
  constructor(what: string, uses: CatalogueUse[]) {
    const found = uses.map(({ kind, count, names }) => `${USES[kind]} ${names.join(', ') || count}`);
    super(`${what} is in use: ${found.join('; ') || 'something began to use it just now'}`);
    this.extensions = { uses };
  }
}

/** Allows only one sync at a time on all instances. */
export class SyncRunningError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'sync_running';
  override readonly retryAfter = 5;
  constructor() {
    super('A catalogue sync is already running: wait until it ends, then read the catalogue');
  }
}

/** Halts a sync that would do so much damage that an operator must confirm it. */
export class ImplausibleSyncError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'sync_implausible';
  constructor(doubt: string) {
    super(`Nothing was changed, because ${doubt}. If that is true, sync again with "force": true`);
  }
}
