import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { UseCaseNotFoundError } from '#libs/catalogue/catalogue.errors.js';
import type { Catalogue } from '#libs/catalogue/catalogue.js';
import { CatalogueWriter } from '#libs/catalogue/catalogue-writer.service.js';
import type { FreezeEvent } from '#libs/notifications/notification.js';
import { NotificationsService } from '#libs/notifications/notifications.service.js';
import { actorOf } from '#libs/platform/auth/principal.js';
import { Clock } from '#libs/platform/clock/clock.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { type Page, pageOf } from '#libs/platform/paging/page.js';
import type { Caller } from '#libs/switching/switch.js';
import { SwitchService } from '#libs/switching/switch.service.js';
import { freezeNotification } from './change-notification.js';
import { FreezeEndedError, FreezeNotFoundError } from './change-time.errors.js';
import { assertFreezeTimes, assertMayEnd, type Freeze } from './freeze.js';
import { type FreezeFilter, FreezesRepository } from './freezes.repository.js';

/** Freeze that a person wants. */
export interface FreezeOrder {
  /** Undefined: now. */
  from?: Date | undefined;
  to: Date;
  /** Null: all. */
  useCases: string[] | null;
  reason: string;
}

/** Makes freezes, ends them early and shows them. */
@Injectable()
export class FreezesService {
  constructor(
    private readonly writer: CatalogueWriter,
    private readonly switching: SwitchService,
    private readonly freezes: FreezesRepository,
    private readonly notifications: NotificationsService,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a freeze. Switches that are being decided commit before it.
   * @throws InvalidInputError for its times; UseCaseNotFoundError
   */
  async create({ from, ...order }: FreezeOrder, caller: Caller): Promise<Freeze> {
    const now = this.clock.now();
    const times = { from: from ?? now, to: order.to };
    assertFreezeTimes(times, now);
    const useCases = order.useCases && [...new Set(order.useCases)].sort();
    const freeze = {
      ...{ ...order, ...times, useCases, id: randomUUID(), madeBy: actorOf(caller.principal), madeAt: now },
      ...{ endedEarlyBy: null, endedEarlyAt: null },
    };
    await this.change(caller, 'frozen', async (tx, present) => {
      const unknown = useCases?.find((name) => !present.useCases.some((known) => known.name === name));
      if (unknown !== undefined) throw new UseCaseNotFoundError(unknown);
      await this.freezes.insert(freeze, tx);
      return freeze;
    });
    return freeze;
  }

  /**
   * Ends a freeze now; one that is ahead never begins.
   * @throws FreezeNotFoundError, FreezeEndedError; OwnFreezeError for who made it
   */
  async end(id: string, caller: Caller): Promise<Freeze> {
    const now = this.clock.now();
    const actor = actorOf(caller.principal);
    await this.change(caller, 'freeze_ended', async (tx) => {
      const freeze = await this.freezes.lock(id, tx);
      if (!freeze) throw new FreezeNotFoundError(id);
      if (freeze.endedEarlyAt !== null || freeze.to <= now) throw new FreezeEndedError(id);
      assertMayEnd(freeze, actor);
      await this.freezes.endEarly(id, actor, now, tx);
      return freeze;
    });
    return this.get(id);
  }

  /** @throws FreezeNotFoundError */
  async get(id: string): Promise<Freeze> {
    const freeze = await this.freezes.find(id);
    if (!freeze) throw new FreezeNotFoundError(id);
    return freeze;
  }

  /** Lists freezes, the last to end first. */
  async list(
    filter: FreezeFilter,
    page: { limit: number; after?: string | undefined },
  ): Promise<Page<Freeze>> {
    const now = this.clock.now();
    return pageOf(await this.freezes.list(filter, now, page.limit + 1, page.after), page.limit);
  }

  /** Changes a freeze, and what its use cases know of freezes, behind the locks of the use cases. Operators are notified. */
  private async change(
    { principal, requestId }: Caller,
    event: FreezeEvent,
    work: (tx: Transaction, present: Catalogue) => Promise<Freeze>,
  ): Promise<void> {
    const editor = { actor: actorOf(principal), requestId };
    await this.writer.change(editor, async (tx, present) => {
      const freeze = await work(tx, present);
      const names = freeze.useCases ?? present.useCases.map(({ name }) => name).sort();
      await this.switching.lockUseCases(names, tx);
      const at = this.clock.now();
      await this.freezes.updateFrozenUntil(names, at, tx);
      await this.notifications.write(freezeNotification(freeze, { event, at, useCases: names }), tx);
    });
  }
}
