import { Inject, Injectable, Optional } from '@nestjs/common';
import type { Catalogue, UseCase } from '#libs/catalogue/catalogue.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { explainSelection } from '#libs/catalogue/explain-selection.js';
import { TransactionalCatalogue } from '#libs/catalogue/transactional-catalogue.service.js';
import { assertModelAllowed, assertUseCasesAllowed } from '#libs/platform/auth/key-limits.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { InvalidInputError } from '#libs/platform/errors/errors.js';
import { DEFAULT_USE_CASE } from './conversation.js';
import { ConversationsRepository } from './conversations.repository.js';
import { decideUseCase, type UseCaseCommand, type UseCaseDecision } from './decide-switch.js';
import { requireSelectable, useCaseOf } from './model-selection.js';
import type { SwitchBasis } from './switch.js';
import { SwitchEventRecorder } from './switch-event.recorder.js';
import { DIRECT, isGated, SwitchGate } from './switch-gate.js';
import { type AppliedSwitch, assertIfMatch, type SwitchRequest, useCaseTag } from './switch-request.js';

type UseCaseRequest = SwitchRequest<UseCaseCommand>;

/** Switches a use case, and with it every conversation that follows it: one row changes, however many they are. */
@Injectable()
export class UseCaseSwitchHandler {
  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly catalogue: TransactionalCatalogue,
    private readonly catalogueCache: CatalogueService,
    private readonly recorder: SwitchEventRecorder,
    @Inject(ENV) private readonly env: Pick<Env, 'FALLBACK_COOL_DOWN_SECONDS'>,
    @Optional() private readonly gate?: SwitchGate,
  ) {}

  async apply(request: UseCaseRequest): Promise<AppliedSwitch> {
    const { command, caller, tx } = request;
    const name = command.useCase ?? (await this.useCaseMeant(request));
    assertUseCasesAllowed(caller.principal, name);
    const context = {
      catalogue: request.catalogue ?? (await this.lockAndRead(name, command, tx)),
      policy: this.catalogue.policy(),
    };
    const useCase = useCaseOf(context, name);
    assertIfMatch(caller.ifMatch, useCaseTag(useCase.version), useCase.version);
    const decision = decideUseCase(command, useCase, context, {
      coolDownSeconds: this.env.FALLBACK_COOL_DOWN_SECONDS,
    });
    if (command.kind === 'manual') assertModelAllowed(caller.principal, decision.after.id);
    const { now } = context.policy;
    const basis = await this.basisOf(useCase, decision, now, request);
    const applied = await this.store(useCase, decision, { now, basis }, request);
    if (command.explain) {
      const after = { ...useCase, activeModelId: decision.activeModelId };
      const { catalogue, policy } = context;
      applied.outcome.explanation = explainSelection(after, catalogue, policy, decision.coolDowns);
    }
    if (command.dryRun) applied.outcome.followers = await this.conversations.countFollowers(name, tx);
    return applied;
  }

  private async lockAndRead(name: string, command: UseCaseCommand, tx: Transaction): Promise<Catalogue> {
    // Sends the query of the version stamp after the lock, so that it is read while the lock is held.
    const [, versionStamp] = await Promise.all([
      this.conversations.lockUseCase(name, tx),
      this.catalogue.versionStamp(tx),
    ]);
    const asked = [
      'modelId' in command ? command.modelId : undefined,
      command.kind === 'fallback' ? command.failedModelId : undefined,
    ].filter((id) => id !== undefined);
    return this.catalogue.load([name], asked, versionStamp, tx);
  }

  async lock(names: readonly string[], tx: Transaction): Promise<void> {
    await this.conversations.lockUseCases(names, tx);
  }

  /** Conversations of a use case with a pin, which a switch of it leaves alone. */
  async countPinned(name: string, tx: Transaction): Promise<number> {
    return this.conversations.countPinned(name, tx);
  }

  /** Notifies every instance of the new version of the catalogue, which has the use cases. */
  async publish(catalogueVersion: number): Promise<void> {
    await this.catalogueCache.announce(catalogueVersion);
  }

  /**
   * Returns the use case for a request that names neither conversation nor use case: the model's primary one, or the
   * default.
   */
  private async useCaseMeant({ command, tx }: UseCaseRequest): Promise<string> {
    if (command.kind !== 'manual') return DEFAULT_USE_CASE;
    const catalogue = await this.catalogue.load(
      [],
      [command.modelId],
      await this.catalogue.versionStamp(tx),
      tx,
    );
    const model = requireSelectable({ catalogue, policy: this.catalogue.policy() }, command.modelId);
    if (model.useCase) return model.useCase;
    throw new InvalidInputError([
      { field: 'useCase', message: `is required: ${model.id} has no primary use case` },
    ]);
  }

  /** Asks the gate for a switch that it may refuse. A dry run shows what would happen, also to those who may not do it. */
  private async basisOf(
    useCase: UseCase,
    decision: UseCaseDecision,
    now: Date,
    { command, caller, tx }: UseCaseRequest,
  ): Promise<SwitchBasis> {
    const stays = useCase.activeModelId === decision.activeModelId;
    if (!this.gate || stays || command.dryRun || !isGated(useCase, now)) return DIRECT;
    return this.gate.allowSwitch({ command, useCase, decision, caller, now, tx });
  }

  private async store(
    useCase: UseCase,
    decision: UseCaseDecision,
    { now: at, basis }: { now: Date; basis: SwitchBasis },
    request: UseCaseRequest,
  ): Promise<AppliedSwitch> {
    const switched = decision.before.id !== decision.after.id;
    const unchanged =
      useCase.activeModelId === decision.activeModelId &&
      JSON.stringify(useCase.coolDowns) === JSON.stringify(decision.coolDowns);
    if (unchanged) return { outcome: outcomeOf(useCase, decision) };
    const after = {
      ...useCase,
      version: useCase.version + 1,
      switchSeq: useCase.switchSeq + Number(switched),
    };
    const catalogueVersion = await this.catalogue.saveUseCase(
      useCase.name,
      { ...after, activeModelId: decision.activeModelId, coolDowns: decision.coolDowns },
      request.tx,
    );
    const changed = { catalogueVersion };
    if (!switched) return { outcome: outcomeOf(after, decision), changed };
    const { event, notification } = await this.recorder.record(
      {
        ...request,
        ...decision,
        at,
        basis,
        subject: {
          scope: 'use_case',
          conversationId: null,
          useCase: useCase.name,
          seq: after.switchSeq,
          firstAssignment: false,
          userId: request.grant.userId,
        },
      },
      request.tx,
    );
    const outcome = { ...outcomeOf(after, decision), switchId: event.id };
    return { outcome: { ...outcome, ...(event.notificationShown && { notification }) }, event, changed };
  }
}

const outcomeOf = (useCase: UseCase, { before, after }: UseCaseDecision) => ({
  switched: before.id !== after.id,
  from: before.name,
  to: after.name,
  fromId: before.id,
  toId: after.id,
  scope: 'use_case' as const,
  useCase: useCase.name,
  version: useCase.version,
  etag: useCaseTag(useCase.version),
});
