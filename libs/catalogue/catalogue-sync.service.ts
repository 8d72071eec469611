import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import {
  BedrockCatalogueService,
  type BedrockOffering,
} from '#libs/platform/bedrock/bedrock-catalogue.service.js';
import { asBedrockUnavailable } from '#libs/platform/bedrock/failure-policy.js';
import { Clock } from '#libs/platform/clock/clock.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { ImplausibleSyncError, SyncRunningError } from './catalogue.errors.js';
import type { Catalogue } from './catalogue.js';
import { CatalogueSyncRepository } from './catalogue-sync.repository.js';
import { CatalogueWriter } from './catalogue-writer.service.js';
import { implausibleReason, planSync } from './sync-plan.js';

/** Model ids; `gone` are those that cannot be invoked any more. */
export interface SyncResult {
  added: string[];
  changed: string[];
  gone: string[];
}

interface SyncOptions {
  /** Believe an answer that would otherwise be refused as implausible. */
  force?: boolean | undefined;
  requestId?: string | undefined;
}

/** Brings the catalogue in line with what Bedrock offers. What belongs to the operator stays as it is. */
@Injectable()
export class CatalogueSyncService {
  private readonly logger = new Logger('CatalogueSync');

  constructor(
    private readonly bedrock: BedrockCatalogueService,
    private readonly writer: CatalogueWriter,
    private readonly repository: CatalogueSyncRepository,
    private readonly clock: Clock,
  ) {}

  /** All or nothing. @throws BedrockUnavailableError, SyncRunningError, ImplausibleSyncError */
  async sync({ force = false, requestId = randomUUID() }: SyncOptions = {}): Promise<SyncResult> {
    const offering = await this.readOffering();
    const result = await this.writer.change(
      { actor: 'system:sync', requestId },
      (tx, { models }) => this.apply(tx, models, { offering, force }),
      (tx) => this.reserve(tx),
    );
    const { added, changed, gone } = result;
    this.logger.log({ requestId, added: added.length, changed: changed.length, gone: gone.length });
    return result;
  }

  /** @throws BedrockUnavailableError */
  private async readOffering(): Promise<BedrockOffering> {
    try {
      return await this.bedrock.listOffering();
    } catch (error) {
      throw asBedrockUnavailable(error);
    }
  }

  private async reserve(tx: Transaction): Promise<void> {
    if (!(await this.repository.reserve(tx))) throw new SyncRunningError();
  }

  private async apply(
    tx: Transaction,
    present: Catalogue['models'],
    { offering, force }: { offering: BedrockOffering; force: boolean },
  ): Promise<SyncResult> {
    const plan = planSync(offering, present, this.clock.now());
    const doubt = force ? null : implausibleReason(offering, present, plan);
    if (doubt !== null) throw new ImplausibleSyncError(doubt);
    const added = await this.repository.add(plan.added, tx);
    await this.repository.update([...plan.changed, ...plan.gone], tx);
    // A statement without a row would count as a change of the catalogue.
    if (present.some(({ refusedForms }) => refusedForms.length > 0))
      await this.repository.forgetRefusedForms(tx);
    return { added, changed: plan.changed.map(idOf), gone: plan.gone.map(idOf) };
  }
}

const idOf = ({ id }: { id: string }): string => id;
