import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock, SystemClock } from '../clock/clock.js';
import { untilAnswered } from './until-answered.js';

const EVERY_MS = 60_000;
const SAMPLES = 3;
/** A smaller difference is left: clocks that NTP keeps have one, and the way to PostgreSQL adds to it. */
const SMALL_MS = 100;
const CONFIRMED_AFTER_MS = 5_000;
/** Difference from which an operator must correct the clock. */
const OFF_MS = 1_000;

/**
 * Measures every minute the difference of the clock of this process to PostgreSQL's, and corrects it. No request waits
 * for it.
 */
@Injectable()
export class ClockCorrection implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('Clock');
  private timer: NodeJS.Timeout | undefined;
  private isOff = false;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Seconds by which the clock of this process is ahead of PostgreSQL's; negative: behind. */
  get aheadSeconds(): number {
    return this.clock instanceof SystemClock ? -this.clock.correctionMs / 1_000 : 0;
  }

  async onModuleInit(): Promise<void> {
    if (!(this.clock instanceof SystemClock)) return;
    const { clock } = this;
    this.correct(clock, await untilAnswered(() => this.measure()));
    this.timer = setInterval(() => void this.follow(clock), EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Corrects a step only if a second measurement confirms it: one during a stall of the process is wrong. */
  private async follow(clock: SystemClock): Promise<void> {
    try {
      const first = await this.measure();
      const isStep = Math.abs(first - clock.correctionMs) > OFF_MS;
      if (isStep) await delay(CONFIRMED_AFTER_MS, undefined, { ref: false });
      const second = isStep ? await this.measure() : first;
      if (Math.abs(second - first) <= OFF_MS) this.correct(clock, second);
    } catch (error) {
      this.logger.debug(`the clock was not compared: ${(error as Error).message}`);
    }
  }

  private correct(clock: SystemClock, correctionMs: number): void {
    clock.correctionMs = Math.abs(correctionMs) < SMALL_MS ? 0 : Math.round(correctionMs);
    const isOff = Math.abs(correctionMs) > OFF_MS;
    if (isOff && !this.isOff)
      this.logger.warn(
        `the clock of this process is ${Math.abs(this.aheadSeconds).toFixed(1)} s ${correctionMs > 0 ? 'behind' : 'ahead of'} ` +
          'the clock of PostgreSQL. The process corrects its times, but not its checks of access tokens: synchronise the clock',
      );
    this.isOff = isOff;
  }

  /** Returns by how many milliseconds PostgreSQL's clock is ahead, from the quickest of a few answers. */
  private async measure(): Promise<number> {
    let best = { tookMs: Number.POSITIVE_INFINITY, aheadMs: 0 };
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      const [asked, began] = [Date.now(), performance.now()];
      const [{ now }] = await this.db.query('SELECT extract(epoch FROM clock_timestamp()) * 1000 AS now');
      const tookMs = performance.now() - began;
      if (tookMs < best.tookMs) best = { tookMs, aheadMs: Number(now) - asked - tookMs / 2 };
    }
    return best.aheadMs;
  }
}
