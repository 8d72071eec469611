import { Injectable } from '@nestjs/common';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { ChangeRequestsService } from '#libs/change-control/change-requests.service.js';
import { ReadOnlyKeyError } from '#libs/platform/auth/auth.errors.js';
import type { Principal } from '#libs/platform/auth/principal.js';
import type { Caller, SwitchCommand, SwitchOutcome } from '#libs/switching/switch.js';
import { SwitchService } from '#libs/switching/switch.service.js';
import { DeepCheckService } from '#libs/validation/deep-check.service.js';
import { GuardrailCheckService } from '#libs/validation/guardrail-check.service.js';
import type { SwitchWarning } from '#libs/wires/switch-warnings.js';
import { SwitchWarnings } from '#libs/wires/switch-warnings.service.js';
import { toCandidatesView } from '../catalogue/model.view.js';
import { isReadOnly, requireCatalogueReader, requireScope } from '../http/authorization.js';
import { PeopleLimits } from '../http/people-limits.js';
import { listAllAnswer } from './list-models.fast-path.js';
import type { OrchestrateRequest, OrchestrateResponse, SwitchingRequest } from './orchestrate.schemas.js';

/** An answer, and the entity tag of the scope for those that have one. */
export interface ActionResponse {
  answer: OrchestrateResponse;
  etag?: string;
  /** True: nothing was switched, and a change request would do it. */
  isProposed?: true;
}

/** The seven actions of the old function, each in terms of the domain. */
@Injectable()
export class OrchestrateActions {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly switching: SwitchService,
    private readonly deepChecks: DeepCheckService,
    private readonly guardrails: GuardrailCheckService,
    private readonly limits: PeopleLimits,
    private readonly warnings: SwitchWarnings,
    private readonly changes: ChangeRequestsService,
  ) {}

  async run(request: OrchestrateRequest, caller: Caller): Promise<ActionResponse> {
    switch (request.action) {
      case 'list-all':
        return { answer: this.listAll(caller.principal) };
      case 'get-for-use-case':
        return { answer: this.getForUseCase(request, caller.principal) };
      case 'validate':
        return { answer: await this.validate(request.modelId, request.deep, caller.principal) };
      case 'clear-cache':
        assertChangesAllowed(caller.principal);
        return { answer: await this.clearCache(caller.principal) };
      default:
        assertChangesAllowed(caller.principal);
        return 'propose' in request &&
          request.propose &&
          request.conversationId === undefined &&
          !request.dryRun
          ? this.propose(request, caller)
          : this.switch(request, caller);
    }
  }

  private listAll(principal: Principal): OrchestrateResponse {
    requireCatalogueReader(principal);
    return listAllAnswer(this.catalogue);
  }

  private getForUseCase(
    { useCase, explain }: Extract<OrchestrateRequest, { action: 'get-for-use-case' }>,
    principal: Principal,
  ): OrchestrateResponse {
    requireCatalogueReader(principal);
    const data = toCandidatesView(this.catalogue.candidatesOf(useCase));
    const explanation = explain ? this.catalogue.explain(useCase) : undefined;
    return {
      success: true,
      action: 'get-for-use-case',
      data: { ...data, ...(explanation && { explanation }) },
    };
  }

  private async validate(modelId: string, deep: boolean, principal: Principal): Promise<OrchestrateResponse> {
    requireCatalogueReader(principal);
    if (deep) requireScope(principal, 'operate');
    const known = this.catalogue.selectabilityOf(modelId).model;
    const check = deep && known ? await this.deepChecks.check(known) : undefined;
    const { model, reasons } = await this.reasonsAgainst(modelId);
    const data = {
      modelId: model?.id ?? modelId,
      valid: model !== undefined && reasons.length === 0 && check?.outcome !== 'failed',
      exists: model !== undefined,
      reasons,
      lifecycle: model?.lifecycle ?? null,
      lastValidatedAt: model?.lastValidatedAt ?? null,
      ...(model?.successorId && { successor: model.successorId }),
      ...(check && { check }),
    };
    return { success: true, action: 'validate', data };
  }

  private async reasonsAgainst(modelId: string) {
    const { model, reasons } = this.catalogue.selectabilityOf(modelId);
    const unknown = { code: 'unknown_model', detail: `${modelId} is not in the catalogue` };
    return {
      model,
      reasons: model ? [...reasons, ...(await this.guardrails.faultsOf(model.id))] : [unknown],
    };
  }

  private async clearCache(principal: Principal): Promise<OrchestrateResponse> {
    requireScope(principal, 'operate');
    return {
      success: true,
      action: 'clear-cache',
      data: { cleared: true, version: await this.catalogue.clearCache() },
    };
  }

  private async switch(request: SwitchingRequest, caller: Caller): Promise<ActionResponse> {
    const { notification, etag, ...data } = await this.limits.switching(caller.principal, () =>
      this.switching.execute(toCommand(request), caller),
    );
    const warnings = await this.warningsFor(data, caller.principal);
    return {
      answer: {
        success: true,
        action: request.action,
        data: { ...data, ...(warnings.length > 0 && { warnings }) },
        ...(notification && { notification }),
      },
      etag,
    };
  }

  /** Proposes what the switch would do now. A repeated request with the same Idempotency-Key returns the first one. */
  private async propose(request: SwitchingRequest, caller: Caller): Promise<ActionResponse> {
    const command = toCommand(request);
    const unkeyed = { principal: caller.principal, requestId: caller.requestId, ifMatch: caller.ifMatch };
    const would = await this.switching.execute({ ...command, dryRun: true }, unkeyed);
    const { notification: _, etag, dryRun: __, ...data } = would;
    const operation = { kind: 'switch-use-case' as const, useCase: would.useCase, modelId: would.toId };
    const reason = ('reason' in command && command.reason) || DEFAULT_REASONS[command.kind];
    const { change } = await this.changes.propose({ operations: [operation], reason }, caller);
    const { id, state } = change;
    return {
      answer: {
        success: true,
        action: request.action,
        data: { ...data, switched: false, change: { id, state, url: `/v1/change-requests/${id}` } },
      },
      etag,
      isProposed: true,
    };
  }

  /** The figures are over all users: no user gets them. */
  private async warningsFor(
    { dryRun, switched, useCase, toId }: Pick<SwitchOutcome, 'dryRun' | 'switched' | 'useCase' | 'toId'>,
    { kind }: Principal,
  ): Promise<SwitchWarning[]> {
    return dryRun && switched && kind !== 'user' ? this.warnings.of([{ useCase, modelId: toId }]) : [];
  }
}

function toCommand(request: SwitchingRequest): SwitchCommand {
  switch (request.action) {
    case 'switch':
      return { ...withoutAction(request), kind: 'manual' };
    case 'auto-switch':
      return { ...withoutAction(request), kind: 'auto' };
    case 'fallback-switch':
      return { ...withoutAction(request), kind: 'fallback' };
  }
}

const DEFAULT_REASONS: Record<SwitchCommand['kind'], string> = {
  manual: 'Switch of the use case',
  auto: 'Best candidate by the objective',
  fallback: 'Fallback',
  recovery: 'Recovery',
  unpin: 'Unpin',
};

/** `propose` is no part of a command: the hash of a request with an Idempotency-Key must not have it. */
function withoutAction<Request extends SwitchingRequest>(
  request: Request,
): Omit<Request, 'action' | 'propose'> {
  const { action: _, propose: __, ...fields } = request as Request & { propose?: boolean };
  return fields;
}

/** @throws ReadOnlyKeyError */
function assertChangesAllowed(principal: Principal): void {
  if (isReadOnly(principal)) throw new ReadOnlyKeyError();
}
