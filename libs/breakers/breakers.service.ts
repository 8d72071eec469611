import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { BedrockError, type BedrockErrorKind } from '#libs/platform/bedrock/bedrock-error.js';
import { BedrockRuntimeService } from '#libs/platform/bedrock/bedrock-runtime.service.js';
import { type FailurePolicy, POLICIES } from '#libs/platform/bedrock/failure-policy.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { FailureWindow } from './failure-window.js';
import { type OpenBreaker, SharedBreakers } from './shared-breakers.js';

const QUARTER_MS = 15 * 60_000;
const DAY_MS = 24 * 3_600_000;

/**
 * Keeps calls from failing models. A breaker opens on all instances. While it is open, one instance probes the model,
 * and no user's request is used for that. Single failures never change `validation_status`.
 */
@Injectable()
export class BreakersService implements OnModuleInit, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private readonly windows = new Map<string, FailureWindow>();
  private readonly probing = new Map<string, Promise<boolean>>();
  private readonly logger = new Logger('Breaker');

  constructor(
    private readonly shared: SharedBreakers,
    private readonly runtime: BedrockRuntimeService,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'BREAKER_PROBE_SECONDS'>,
  ) {}

  /** Probes also models without calls: a healthy one must be ready when it is needed. */
  onModuleInit(): void {
    const recheckAll = () => {
      for (const modelId of this.openModels()) this.recheckSoon(modelId);
    };
    this.timer = setInterval(recheckAll, this.env.BREAKER_PROBE_SECONDS * 1000).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  isOpen(modelId: string): boolean {
    return this.shared.get(modelId) !== undefined;
  }

  /** Returns the time of the next probe of an open breaker; undefined: it is closed. */
  recheckAt(modelId: string): Date | undefined {
    const open = this.shared.get(modelId);
    return open && new Date(open.recheckAt);
  }

  openModels(): string[] {
    return this.all().map(({ modelId }) => modelId);
  }

  /** Returns the open breakers. */
  all(): OpenBreaker[] {
    return this.shared.all();
  }

  /** Calls back when a breaker was opened or closed on any instance. @returns a function that ends the subscription */
  watch(changed: () => void): () => void {
    return this.shared.watch(changed);
  }

  /** Returns the seconds until the next probe of an open breaker, at least one. */
  secondsUntilProbe(modelId: string): number {
    const ms = (this.recheckAt(modelId)?.getTime() ?? 0) - this.now();
    return Math.max(1, Math.ceil(ms / 1000));
  }

  succeeded(modelId: string): void {
    this.windowOf(modelId).add(false, this.now());
  }

  failed(modelId: string, kind: BedrockErrorKind): void {
    const { health, alert }: FailurePolicy = POLICIES[kind];
    if (alert) this.logger.error(`${modelId} failed with ${kind}: an operator must act`);
    if (health === 'none' || this.isOpen(modelId)) return;
    const window = this.windowOf(modelId);
    window.add(true, this.now());
    if (health !== 'breaker' || window.isFailing(this.now())) this.open(modelId, kind);
  }

  /**
   * Probes a model with an open breaker, if it is due and no other instance does it.
   * @returns whether its breaker is closed now
   */
  async recheck(modelId: string): Promise<boolean> {
    const open = this.shared.get(modelId);
    if (!open) return true;
    if (Date.parse(open.recheckAt) > this.now()) return false;
    return this.probeOnce(open, () => this.shared.takeProbe(modelId, this.pauseMs('unavailable')));
  }

  /** Probes a model with an open breaker now, as an operator asks. @returns whether its breaker is closed now */
  async recheckNow(modelId: string): Promise<boolean> {
    const open = this.shared.get(modelId);
    return !open || this.probeOnce(open, async () => true);
  }

  /** Starts `recheck` without waiting for it. */
  recheckSoon(modelId: string): void {
    this.recheck(modelId).catch((error: Error) =>
      this.logger.error(`the check of ${modelId} failed: ${error.message}`),
    );
  }

  /** Closes breakers of models that were gone, after a sync has read Bedrock's offering. */
  forgetGone(): void {
    for (const { modelId, kind } of this.shared.all())
      if (POLICIES[kind].health === 'unavailable_until_sync') this.close(modelId);
  }

  /** Clears the results of a model, and closes its breaker on every instance. */
  close(modelId: string): void {
    if (this.isOpen(modelId)) this.logger.log(`the breaker of ${modelId} is closed`);
    this.windows.delete(modelId);
    this.shared.close(modelId);
  }

  /** Joins a running probe of this instance. */
  private probeOnce(open: OpenBreaker, take: () => Promise<boolean>): Promise<boolean> {
    const running = this.probing.get(open.modelId);
    if (running !== undefined) return running;
    const probing = this.probe(open, take).finally(() => this.probing.delete(open.modelId));
    this.probing.set(open.modelId, probing);
    return probing;
  }

  private async probe({ modelId, kind }: OpenBreaker, take: () => Promise<boolean>): Promise<boolean> {
    if (!(await take())) return false;
    try {
      await this.runtime.probe(modelId);
    } catch (error) {
      if (!(error instanceof BedrockError)) throw error;
      this.open(modelId, POLICIES[error.kind].health === 'none' ? kind : error.kind);
      return false;
    }
    this.close(modelId);
    return true;
  }

  private open(modelId: string, kind: BedrockErrorKind): void {
    if (!this.isOpen(modelId)) this.logger.warn(`the breaker of ${modelId} is open: ${kind}`);
    const recheckAt = new Date(this.now() + this.pauseMs(kind)).toISOString();
    this.shared.open({ modelId, kind, recheckAt });
  }

  private pauseMs(kind: BedrockErrorKind): number {
    const { health }: FailurePolicy = POLICIES[kind];
    if (health === 'unavailable_until_sync') return DAY_MS;
    return health === 'breaker' ? this.env.BREAKER_PROBE_SECONDS * 1000 : QUARTER_MS;
  }

  private windowOf(modelId: string): FailureWindow {
    const window = this.windows.get(modelId) ?? new FailureWindow();
    this.windows.set(modelId, window);
    return window;
  }

  private now(): number {
    return this.clock.millis();
  }
}
