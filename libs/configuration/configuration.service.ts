import { Injectable } from '@nestjs/common';
import { BudgetsService } from '#libs/budgets/budgets.service.js';
import type { Catalogue } from '#libs/catalogue/catalogue.js';
import type { SettingQuery } from '#libs/catalogue/catalogue-settings.js';
import { CatalogueSettingsService } from '#libs/catalogue/catalogue-settings.service.js';
import { CatalogueWriter } from '#libs/catalogue/catalogue-writer.service.js';
import { checkSettings } from '#libs/catalogue/check-settings.js';
import { ChangeRequestsService } from '#libs/change-control/change-requests.service.js';
import { WebhooksService } from '#libs/notifications/webhooks/webhooks.service.js';
import { actorOf, hasScope, type Principal } from '#libs/platform/auth/principal.js';
import { type Transaction, Transactions } from '#libs/platform/database/transactions.js';
import { AppError } from '#libs/platform/errors/app-error.js';
import { type FieldError, ForbiddenError, InvalidInputError } from '#libs/platform/errors/errors.js';
import type { Caller, SwitchOutcome } from '#libs/switching/switch.js';
import { type PendingSwitch, SwitchService } from '#libs/switching/switch.service.js';
import { SwitchHistoryService } from '#libs/switching/switch-history.service.js';
import { compareConfigurations } from './compare-configurations.js';
import {
  type AttributedDifference,
  type Configuration,
  type ConfigurationFile,
  type Difference,
  type Section,
  settingKey,
} from './configuration.js';
import { operationsFor, splitReviewed } from './reviewed-differences.js';
import { type ApplyPlan, isSwitch, planApply, type WantedSwitch } from './setting-changes.js';

export interface ApplyOptions {
  /** Checks and returns everything, and writes nothing. */
  dryRun: boolean;
  /** Switches use cases to the active models of the file. */
  switchModels: boolean;
}

/** Result of an apply. */
export interface Applied {
  dryRun: boolean;
  /** Differences that the apply removed. */
  applied: Difference[];
  /** Differences that stay. */
  kept: Difference[];
  switches: SwitchOutcome[];
  /** New webhooks with their secrets, which are returned only once; null in a dry run. */
  webhooks: { owner: string; feed: string; url: string; secret: string | null }[];
  /** Change request for the settings of reviewed use cases, which are in `kept`; null: there are none. */
  change: { id: string; state: string; url: string } | null;
}

/** Exports all settings, compares a file with them, and applies a file in one transaction. */
@Injectable()
export class ConfigurationService {
  constructor(
    private readonly transactions: Transactions,
    private readonly writer: CatalogueWriter,
    private readonly settings: CatalogueSettingsService,
    private readonly budgets: BudgetsService,
    private readonly webhooks: WebhooksService,
    private readonly switching: SwitchService,
    private readonly history: SwitchHistoryService,
    private readonly changes: ChangeRequestsService,
  ) {}

  /** Returns the same value as long as no setting changes. Webhooks only for the scope admin. */
  async export(principal: Principal): Promise<Omit<Configuration, 'webhooks'> & Partial<Configuration>> {
    const { webhooks, catalogue: _, ...settings } = await this.transactions.run((tx) => this.read(tx));
    return hasScope(principal, 'admin') ? { ...settings, webhooks } : settings;
  }

  /** Lists the differences with their authors. @throws ForbiddenError for webhooks without the scope admin */
  async diff(file: ConfigurationFile, principal: Principal): Promise<AttributedDifference[]> {
    requireAdminForWebhooks(file, principal);
    const differences = compareConfigurations(file, await this.transactions.run((tx) => this.read(tx)));
    return this.withAuthors(differences);
  }

  /**
   * Changes the installation to the content of the file, all or nothing. It deletes nothing. Repeating it changes nothing.
   * @throws InvalidInputError that names each field by its place in the file; ForbiddenError
   */
  async apply(file: ConfigurationFile, options: ApplyOptions, caller: Caller): Promise<Applied> {
    requireAdminForWebhooks(file, caller.principal);
    const editor = { actor: actorOf(caller.principal), requestId: caller.requestId };
    const work = (tx: Transaction) => this.applyWithin(tx, file, options, caller);
    const { pending, reviewed, ...result } = await (options.dryRun
      ? this.writer.preview(editor, work)
      : this.writer.change(editor, work));
    for (const { publish } of pending) await publish();
    const change = options.dryRun ? null : await this.propose(reviewed, caller);
    return { ...result, dryRun: options.dryRun, change };
  }

  /** Proposes what only an approved change may set. @returns null: nothing */
  private async propose(reviewed: readonly Difference[], caller: Caller): Promise<Applied['change']> {
    if (reviewed.length === 0) return null;
    const { change } = await this.changes.propose(
      { operations: operationsFor(reviewed), reason: REASON },
      { principal: caller.principal, requestId: caller.requestId },
    );
    return { id: change.id, state: change.state, url: `/v1/change-requests/${change.id}` };
  }

  private async applyWithin(tx: Transaction, file: ConfigurationFile, options: ApplyOptions, caller: Caller) {
    const useCases = (file.useCases ?? []).map(({ name }) => name);
    if (options.switchModels) await this.switching.lockUseCases(useCases, tx);
    await this.settings.lock(useCases, modelIdsOf(file), tx);
    const installed = await this.read(tx);
    const { direct, reviewed } = splitReviewed(
      compareConfigurations(file, installed),
      installed.catalogue.useCases,
      options,
    );
    const plan = planApply(file, direct, options);
    checkSettings(plan.changes, installed.catalogue, activeModelsAfter(plan.switches));
    const editor = { actor: actorOf(caller.principal), requestId: caller.requestId };
    await this.settings.write(plan.changes, { tx, present: installed.catalogue, editor });
    await this.setBudgets(tx, plan, caller.principal);
    const pending = await this.switchAll(tx, plan.switches, options, caller);
    return {
      applied: plan.applied,
      kept: [...plan.kept, ...reviewed],
      reviewed,
      pending,
      switches: pending.map(({ outcome }) => outcome),
      webhooks: await this.createWebhooks(tx, plan, options, caller.principal),
    };
  }

  private async switchAll(
    tx: Transaction,
    switches: readonly WantedSwitch[],
    { dryRun }: ApplyOptions,
    caller: Caller,
  ): Promise<PendingSwitch[]> {
    const pending: PendingSwitch[] = [];
    const errors: FieldError[] = [];
    for (const { useCase, modelId, path } of switches)
      try {
        const command = { useCase, modelId, reason: REASON, showNotification: true, dryRun };
        pending.push(await this.switching.executeWithin(tx, { kind: 'manual', ...command }, caller));
      } catch (error) {
        if (!(error instanceof AppError) || error.kind === 'unavailable') throw error;
        errors.push({ field: path, message: error.message });
      }
    if (errors.length > 0) throw new InvalidInputError(errors);
    return pending;
  }

  private async setBudgets(tx: Transaction, { budgets }: ApplyPlan, principal: Principal): Promise<void> {
    if (budgets.length === 0) return;
    const { useCases } = (await this.settings.read(tx)).settings;
    for (const { path, to } of budgets) {
      if (to.useCase !== null && !useCases.some(({ name }) => name === to.useCase))
        throw new InvalidInputError([{ field: `${path}.useCase`, message: `unknown: ${to.useCase}` }]);
      await this.budgets.saveWithin(tx, to, principal);
    }
  }

  private async createWebhooks(
    tx: Transaction,
    { webhooks }: ApplyPlan,
    { dryRun }: ApplyOptions,
    principal: Principal,
  ): Promise<Applied['webhooks']> {
    const created: Applied['webhooks'] = [];
    for (const { path, to } of webhooks)
      try {
        const secret = await this.webhooks.createWithin(tx, to, principal);
        created.push({ ...to, secret: dryRun ? null : secret });
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        throw new InvalidInputError([{ field: path, message: error.message }]);
      }
    return created;
  }

  private async read(tx: Transaction): Promise<Configuration & { catalogue: Catalogue }> {
    const { settings, catalogue } = await this.settings.read(tx);
    const budgets = byKey('budgets', await this.budgets.settings(tx));
    const webhooks = byKey('webhooks', await this.webhooks.settings(tx));
    return { ...settings, budgets, webhooks, catalogue };
  }

  private async withAuthors(differences: readonly Difference[]): Promise<AttributedDifference[]> {
    const queries = new Map(differences.map((difference) => [difference, queryOf(difference)]));
    const [authors, switches] = await Promise.all([
      this.settings.authorsOf([...queries.values()].filter((query) => query !== null)),
      this.history.lastOfUseCases(differences.filter(isSwitch).map(({ id }) => id)),
    ]);
    const authorOf = (difference: Difference) => {
      const query = queries.get(difference);
      if (!isSwitch(difference)) return query && authors.get(query);
      const last = switches.find(({ useCase }) => useCase === difference.id);
      return last && { actor: last.actor, changedAt: last.occurredAt };
    };
    return differences.map((difference) => ({ ...difference, author: authorOf(difference) ?? null }));
  }
}

/** Sorts settings by their key, and keeps one of each. */
function byKey<Setting extends object>(section: Section, settings: readonly Setting[]): Setting[] {
  const keyed = new Map(settings.map((setting) => [settingKey(section, setting), setting]));
  return [...keyed.keys()].sort().map((key) => keyed.get(key)!);
}

const REASON = 'Configuration file applied';

function requireAdminForWebhooks({ webhooks }: ConfigurationFile, principal: Principal): void {
  if (webhooks && !hasScope(principal, 'admin'))
    throw new ForbiddenError(
      'The section webhooks needs a service key with the scope admin: use one, or remove the section from the file',
    );
}

const modelIdsOf = ({ models = [], prices = [] }: ConfigurationFile) => [
  ...new Set([...models.map(({ id }) => id), ...prices.map(({ modelId }) => modelId)]),
];

const activeModelsAfter = (switches: readonly WantedSwitch[]) =>
  new Map(switches.map(({ useCase, modelId }) => [useCase, modelId]));

const PRICE_FIELD = 'inputPricePer1k';

/** Finds the recorded change of a difference; null: its section records none, or nobody made it. */
function queryOf({ section, id, kind, field, file, installed }: Difference): SettingQuery | null {
  if (kind === 'missing') return null;
  if (section === 'models') return { entity: 'model', entityIds: [id], field };
  if (section === 'assistants') return { entity: 'assistant', entityIds: [id], field };
  if (section === 'prices')
    return { entity: 'model', entityIds: [id.slice(0, id.indexOf(' '))], field: field ?? PRICE_FIELD };
  if (section !== 'useCases') return null;
  if (field !== 'candidates') return { entity: 'use_case', entityIds: [id], field };
  const models = new Set([...(file as string[]), ...(installed as string[])]);
  return { entity: 'candidate', entityIds: [...models].map((modelId) => `${id} ${modelId}`), field: null };
}
