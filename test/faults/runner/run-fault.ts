import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { brokenInvariants, countAudited } from '../../support/invariants.js';
import type { Fault } from './fault.js';
import { CLIENTS, KeyedLoad } from './keyed-load.js';
import { assertIntactChain, complaintsOf } from './promises.js';
import type { Result } from './report.js';
import type { Stage } from './stage.js';

/** Switches before the fault, so that it meets a system at work, and after it. */
const WARM_UP = 100;
/** Leases (15 s) must end and what failed be tried again. */
const DRAIN_TIMEOUT_MS = 90_000;
const FAULT_TIMEOUT_MS = 600_000;

/** How much is asked of the system with each fault. */
export interface Effort {
  /** Acknowledged, at least ... */
  switches: number;
  /** ... unless it is this late, as of `performance.now`. */
  until: number;
}

/**
 * Lets a fault happen to the system under load, until so many switches are acknowledged. What the system does wrong is
 * in `broken`; it never throws for that.
 */
export async function runFault(fault: Fault, stage: Stage, effort: Effort): Promise<Result> {
  const load = new KeyedLoad(stage.urls, fault.clients ?? CLIENTS);
  const broken = await complaintsOf(async () => {
    await inTime(play(fault, stage, load, effort));
    await stage.drained(DRAIN_TIMEOUT_MS);
  });
  await load.abandon();
  if (broken.length > 0) await stage.postgres.heal();
  broken.push(
    ...load.record.wrong,
    ...stage.dead,
    ...(await complaintsOf(() => assertIntactChain(stage.apis[0]!))),
  );
  return {
    title: fault.title,
    load: load.description,
    ...(await stage.look((owner) => figuresOf(owner, load, broken))),
  };
}

async function play(fault: Fault, stage: Stage, load: KeyedLoad, effort: Effort): Promise<void> {
  const around = fault.clients === 0 ? 0 : WARM_UP;
  await load.more(around);
  await fault.inject(stage, load);
  await load.more(around);
  if (around > 0) await load.reach(effort.switches, effort.until);
  await load.stop();
}

async function figuresOf(owner: Client, { record }: KeyedLoad, broken: string[]) {
  const { acknowledged, longestStallMs, errors } = record;
  const { audited, doubled } = await countAudited(owner, acknowledged);
  return {
    acknowledged: acknowledged.length,
    audited,
    lost: acknowledged.length - audited,
    doubled,
    longestStallMs,
    errors,
    broken: [...broken, ...(await brokenInvariants(owner, acknowledged))],
  };
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  const over = new AbortController();
  const late = delay(FAULT_TIMEOUT_MS, undefined, { signal: over.signal }).then(() => {
    throw new Error(`not over after ${FAULT_TIMEOUT_MS / 1000} s`);
  });
  // Whichever comes second has nobody who listens.
  for (const promise of [work, late]) promise.catch(() => undefined);
  return Promise.race([work, late]).finally(() => over.abort());
}
