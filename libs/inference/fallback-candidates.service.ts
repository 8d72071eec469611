import { Injectable } from '@nestjs/common';
import { BreakersService } from '#libs/breakers/breakers.service.js';
import { takes } from '#libs/catalogue/capabilities.js';
import { findModel, type Guardrail, type Model } from '#libs/catalogue/catalogue.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { isOutsideReview, type Standing, standingOf } from '#libs/catalogue/model-role.js';
import { rankCandidates } from '#libs/catalogue/ranking.js';
import { residencyFault } from '#libs/catalogue/residency.js';
import { mergeCoolDowns, policyOf } from '#libs/catalogue/selectability.js';
import { type CallAttempts, TAKES_NO_GUARDRAIL } from './call-attempts.js';

/**
 * Selects the next model of a call. Every rule applies to each fallback, so that none is bypassed. The rules are
 * checked again each time, because the catalogue may have changed since the last attempt.
 */
@Injectable()
export class FallbackCandidates {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly breakers: BreakersService,
  ) {}

  /**
   * Returns the first of the effective model and the candidates after it that may be called. A model whose window seems
   * too small comes last: only the model itself counts exactly.
   * @param largerThan tokens: the window of a model that could not hold the request; 0: any window is accepted
   */
  next(attempts: CallAttempts, largerThan = 0): Model | undefined {
    let tight: Model | undefined;
    for (const model of this.inOrder(attempts)) {
      if (attempts.wasAsked(model.id) || isTooSmall(model, largerThan)) continue;
      if (this.isExcluded(model, attempts)) continue;
      if (fits(model, attempts)) return model;
      attempts.passOver(model, 'window_too_small');
      tight ??= model;
    }
    return tight;
  }

  /** Returns the guardrail of the use case by the current catalogue; null: none. */
  guardrailOf({ useCase }: CallAttempts): Guardrail | null {
    return this.catalogue.useCase(useCase).guardrail;
  }

  /** Returns the standing of a model in the use case by the current catalogue. */
  standingOf({ id }: Model, { useCase }: CallAttempts): Standing {
    return standingOf(this.catalogue.useCase(useCase), id);
  }

  /** Returns whether another candidate is left that can take the request. */
  hasMore(attempts: CallAttempts): boolean {
    if (attempts.alone) return false;
    const { models } = this.catalogue.snapshot();
    return this.catalogue.useCase(attempts.useCase).candidates.some((id) => {
      const model = attempts.wasAsked(id) ? undefined : findModel(models, id);
      return model !== undefined && attempts.lackOf(model) === undefined;
    });
  }

  private *inOrder(attempts: CallAttempts): Generator<Model> {
    yield attempts.first;
    if (attempts.alone) return;
    const useCase = this.catalogue.useCase(attempts.useCase);
    const coolDowns = mergeCoolDowns(useCase.coolDowns, attempts.coolDowns);
    const ranked = rankCandidates(useCase, this.catalogue.snapshot(), this.catalogue.policy(), coolDowns);
    const start = ranked.findIndex(({ model }) => model.id === attempts.first.id) + 1;
    for (const { model, reasons } of [...ranked.slice(start), ...ranked.slice(0, start)]) {
      const [reason] = reasons;
      if (!reason) yield model;
      else if (!attempts.wasAsked(model.id)) attempts.passOver(model, reason.code);
    }
  }

  private isExcluded(model: Model, attempts: CallAttempts): boolean {
    if (this.isRefused(model, attempts) || this.isBreakerOpen(model, attempts)) return true;
    if (this.guardrailOf(attempts)?.required && !takes(model, 'guardrail')) {
      attempts.passOver(model, TAKES_NO_GUARDRAIL);
      return true;
    }
    const lack = attempts.lackOf(model);
    if (lack) attempts.passOver(model, lack.reason, lack.lacks);
    return lack !== undefined;
  }

  /** Checked before each call: the catalogue may have changed since the model was selected. */
  private isRefused({ id }: Model, attempts: CallAttempts): boolean {
    const model = findModel(this.catalogue.snapshot().models, id) ?? attempts.first;
    const useCase = this.catalogue.useCase(attempts.useCase);
    if (isOutsideReview(useCase, id)) {
      attempts.passOver(model, 'not_a_candidate');
      return true;
    }
    if (residencyFault(model, policyOf(useCase, this.catalogue.policy())) === undefined) return false;
    attempts.passOver(model, 'destination_not_allowed');
    return true;
  }

  private isBreakerOpen(model: Model, attempts: CallAttempts): boolean {
    if (!this.breakers.isOpen(model.id)) return false;
    this.breakers.recheckSoon(model.id);
    attempts.passOver(model, 'breaker_open');
    return true;
  }
}

const fits = ({ contextWindow }: Model, { inputTokens }: CallAttempts): boolean =>
  contextWindow === null || inputTokens < contextWindow;

const isTooSmall = ({ contextWindow }: Model, largerThan: number): boolean =>
  largerThan > 0 && (contextWindow ?? 0) <= largerThan;
