import { Injectable } from '@nestjs/common';
import { BreakersService } from '#libs/breakers/breakers.service.js';
import { findModel, type Model } from '#libs/catalogue/catalogue.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { rankCandidates } from '#libs/catalogue/ranking.js';
import { residencyFault } from '#libs/catalogue/residency.js';
import { laterOf, policyOf } from '#libs/catalogue/selectability.js';
import { REFUSES_FORM, type Route } from './route.js';

/**
 * Which model a call may go to next. Every rule holds for each hop: a fallback is no way around any of them. Asked anew
 * each time, because the catalogue may have changed since the last hop.
 */
@Injectable()
export class HopPolicy {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly breakers: BreakersService,
  ) {}

  /**
   * The first of the effective model and the candidates after it that may be asked. One whose window seems too small
   * comes last: only the model itself can count.
   * @param largerThan tokens: the window of a model that could not hold the request; 0: any window will do
   */
  next(route: Route, largerThan = 0): Model | undefined {
    let tight: Model | undefined;
    for (const model of this.inOrder(route)) {
      if (route.wasAsked(model.id) || isTooSmall(model, largerThan)) continue;
      if (this.isExcluded(model, route)) continue;
      if (fits(model, route)) return model;
      route.passOver(model, 'window_too_small');
      tight ??= model;
    }
    return tight;
  }

  /** Whether anybody is left who could take over. */
  hasMore(route: Route): boolean {
    return this.catalogue.useCase(route.useCase).candidates.some((id) => !route.wasAsked(id));
  }

  private *inOrder(route: Route): Generator<Model> {
    yield route.first;
    const useCase = this.catalogue.useCase(route.useCase);
    const coolDowns = laterOf(useCase.coolDowns, route.coolDowns);
    const ranked = rankCandidates(useCase, this.catalogue.snapshot(), this.catalogue.policy(), coolDowns);
    const start = ranked.findIndex(({ model }) => model.id === route.first.id) + 1;
    for (const { model, reasons } of [...ranked.slice(start), ...ranked.slice(0, start)]) {
      const [reason] = reasons;
      if (!reason) yield model;
      else if (!route.wasAsked(model.id)) route.passOver(model, reason.code);
    }
  }

  private isExcluded(model: Model, route: Route): boolean {
    if (this.leavesRegions(model, route) || this.isResting(model, route)) return true;
    if (route.suits(model)) return false;
    route.passOver(model, REFUSES_FORM);
    return true;
  }

  /** Asked before each call: the catalogue may have changed since the model was selected. */
  private leavesRegions({ id }: Model, route: Route): boolean {
    const model = findModel(this.catalogue.snapshot().models, id) ?? route.first;
    const policy = policyOf(this.catalogue.useCase(route.useCase), this.catalogue.policy());
    if (residencyFault(model, policy) === undefined) return false;
    route.passOver(model, 'destination_not_allowed');
    return true;
  }

  private isResting(model: Model, route: Route): boolean {
    if (!this.breakers.isOpen(model.id)) return false;
    this.breakers.recheckSoon(model.id);
    route.passOver(model, 'breaker_open');
    return true;
  }
}

const fits = ({ contextWindow }: Model, { inputTokens }: Route): boolean =>
  contextWindow === null || inputTokens < contextWindow;

const isTooSmall = ({ contextWindow }: Model, largerThan: number): boolean =>
  largerThan > 0 && (contextWindow ?? 0) <= largerThan;
