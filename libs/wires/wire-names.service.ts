import { Inject, Injectable } from '@nestjs/common';
import { findModel, type Model, type UseCase } from '#libs/catalogue/catalogue.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { policyOf, reasonsAgainst } from '#libs/catalogue/selectability.js';
import { isClientOf } from '#libs/inference/chat-context.service.js';
import { limitsOf } from '#libs/platform/auth/key-limits.js';
import { hasScope, type Principal } from '#libs/platform/auth/principal.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { ForbiddenError } from '#libs/platform/errors/errors.js';
import { assertWiresOpen } from './wire-context.service.js';
import { UnknownModelIdError } from './wires.errors.js';

/** Name that a client may send as its model. */
export interface WireName {
  id: string;
  /** For people. */
  name: string;
  /** Provider of a model; this service for a use case. */
  owner: string;
}

const SERVICE = 'bedrock-model-orchestrator';
const SCOPES = ['read', 'switch', 'operate'] as const;

/** Lists the names that a caller may send as its model: use cases, `auto`, and models. */
@Injectable()
export class WireNames {
  constructor(
    private readonly catalogue: CatalogueService,
    @Inject(ENV) private readonly env: Pick<Env, 'WIRE_USERS'>,
  ) {}

  /** @throws ForbiddenError */
  list(principal: Principal): WireName[] {
    assertWiresOpen(principal, this.env);
    if (principal.kind !== 'user' && !SCOPES.some((scope) => hasScope(principal, scope)))
      throw new ForbiddenError(`This needs a service key with the scope ${SCOPES.join(' or ')}`);
    const useCases = this.catalogue.snapshot().useCases.filter((useCase) => isClientOf(useCase, principal));
    return [
      ...[...useCases.map(({ name }) => name), 'auto'].map((id) => ({ id, name: id, owner: SERVICE })),
      ...this.modelsFor(principal, useCases).map(({ id, name, provider }) => ({ id, name, owner: provider })),
    ];
  }

  /** @throws ForbiddenError, UnknownModelIdError */
  get(id: string, principal: Principal): WireName {
    const names = this.list(principal);
    const name = names.find((listed) => listed.id === id);
    if (name) return name;
    throw new UnknownModelIdError(
      id,
      names.filter(({ owner }) => owner === SERVICE).map((listed) => listed.id),
    );
  }

  /** Returns the models that are selectable in one of the use cases, and that the limits of the key have. */
  private modelsFor(principal: Principal, useCases: UseCase[]): Model[] {
    const { models } = this.catalogue.snapshot();
    const allowed = limitsOf(principal).models;
    return models.filter(
      (model) =>
        (!Array.isArray(allowed) || allowed.includes(model.id)) &&
        useCases.some(
          (useCase) =>
            (allowed === 'any' || useCase.candidates.some((id) => findModel(models, id)?.id === model.id)) &&
            reasonsAgainst(model, policyOf(useCase, this.catalogue.policy()), {}).length === 0,
        ),
    );
  }
}
