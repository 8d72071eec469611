import { Injectable } from '@nestjs/common';
import { actorOf, type Principal } from '#libs/platform/auth/principal.js';
import { Clock } from '#libs/platform/clock/clock.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { type Page, pageOf } from '#libs/platform/paging/page.js';
import type { BudgetChange, BudgetPeriod, BudgetSettings, BudgetSpend, BudgetSubject } from './budget.js';
import { BudgetNotFoundError, TooManyBudgetsError, UnknownSubjectError } from './budgets.errors.js';
import { BudgetsRepository } from './budgets.repository.js';

/** Bounds the list, and what a check of all budgets reads. */
const MAX_BUDGETS = 1_000;

/** Manages budgets. */
@Injectable()
export class BudgetsService {
  constructor(
    private readonly budgets: BudgetsRepository,
    private readonly clock: Clock,
  ) {}

  /** Lists all budgets with the spend of the present day or month. */
  async list(): Promise<BudgetSpend[]> {
    return this.budgets.spends(this.clock.now());
  }

  /**
   * Makes a budget, or sets its limit; the same limit changes nothing.
   * @throws UnknownSubjectError, TooManyBudgetsError
   */
  async save(
    subject: BudgetSubject,
    period: BudgetPeriod,
    limitUsd: string,
    principal: Principal,
  ): Promise<BudgetSpend> {
    const limit = { ...(await this.resolve(subject)), period, limitUsd, updatedAt: this.clock.now() };
    const id = await this.budgets.save(limit, MAX_BUDGETS, actorOf(principal));
    if (id === null) throw new TooManyBudgetsError(MAX_BUDGETS);
    return this.find(id);
  }

  /** Reads the budgets of all calls and of use cases within a transaction. */
  async settings(tx: Transaction): Promise<BudgetSettings[]> {
    return this.budgets.settings(tx);
  }

  /** Sets a limit as a part of a transaction that changes more. @throws TooManyBudgetsError */
  async saveWithin(tx: Transaction, settings: BudgetSettings, principal: Principal): Promise<void> {
    const limit = { ...settings, key: null, userId: null, updatedAt: this.clock.now() };
    const id = await this.budgets.saveWithin(tx, limit, MAX_BUDGETS, actorOf(principal));
    if (id === null) throw new TooManyBudgetsError(MAX_BUDGETS);
  }

  /** @returns the removed budget. @throws UnknownSubjectError, BudgetNotFoundError */
  async remove(subject: BudgetSubject, period: BudgetPeriod, principal: Principal): Promise<BudgetSpend> {
    const id = await this.budgets.find(await this.resolve(subject), period);
    if (id === null) throw new BudgetNotFoundError();
    const removed = await this.find(id);
    await this.budgets.remove(id, actorOf(principal));
    return removed;
  }

  /** Lists recorded changes, the newest first, a page at a time. */
  async changes(budgetId: string | undefined, limit: number, before?: number): Promise<Page<BudgetChange>> {
    return pageOf(await this.budgets.changes(budgetId, limit + 1, before), limit);
  }

  private async find(id: string): Promise<BudgetSpend> {
    const found = (await this.list()).find((budget) => budget.id === id);
    if (!found) throw new BudgetNotFoundError();
    return found;
  }

  /** Replaces the id or name of a key by its owner. */
  private async resolve(subject: BudgetSubject): Promise<BudgetSubject> {
    const { useCase, key } = subject;
    if (useCase !== null && !(await this.budgets.hasUseCase(useCase)))
      throw new UnknownSubjectError('useCase', useCase);
    if (key === null) return subject;
    const owner = await this.budgets.ownerOfKey(key);
    if (owner === null) throw new UnknownSubjectError('key', key);
    return { ...subject, key: owner };
  }
}
