import { describe, expect, it } from 'vitest';
import { carries, fit, highestRate } from './capacity.js';
import { type ServiceTimes, simulate, type Workload } from './simulation.js';

const nothing = { api: 0, worker: 0, postgres: 0, redis: 0 };
/** A millisecond of the api for a read and a call, of PostgreSQL for a switch. */
const TIMES: ServiceTimes = {
  demands: {
    read: { ...nothing, api: 1_000 },
    call: { ...nothing, api: 1_000 },
    switch: { ...nothing, api: 10, postgres: 1_000, worker: 100 },
    useCaseSwitch: nothing,
  },
  eventMicros: 0,
  flushMs: 2,
  modelCalls: 100,
  poolSize: 10,
};
const IDLE: Workload = {
  calls: 0,
  switches: 0,
  useCaseSwitches: 0,
  reads: 0,
  streamSeconds: 1,
  eventsPerStream: 1,
};
const ONE = { api: 1, worker: 1, postgres: 1, redis: 1 };

describe('a simulated installation', () => {
  it('has the same result each time', () => {
    const workload = { ...IDLE, reads: 300, switches: 200, calls: 20 };
    expect(simulate(workload, ONE, TIMES)).toEqual(simulate(workload, ONE, TIMES));
  });

  it('uses a core as much as requests a second take of it', () => {
    const { utilisation, waitedMs } = simulate({ ...IDLE, reads: 400 }, ONE, TIMES);
    expect(utilisation.api).toBeGreaterThan(0.36);
    expect(utilisation.api).toBeLessThan(0.44);
    expect(utilisation.postgres).toBe(0);
    expect(waitedMs.p99).toBeGreaterThan(0);
  });

  it('spreads requests over its instances', () => {
    const { utilisation } = simulate({ ...IDLE, reads: 400 }, { ...ONE, api: 4 }, TIMES);
    expect(utilisation.api).toBeGreaterThan(0.09);
    expect(utilisation.api).toBeLessThan(0.11);
  });

  it('lets requests wait longer the busier it is', () => {
    const waited = [100, 500, 900].map((reads) => simulate({ ...IDLE, reads }, ONE, TIMES).waitedMs.p99);
    expect(waited).toEqual([...waited].sort((a, b) => a - b));
    expect(waited[2]).toBeGreaterThan(waited[0]! * 2);
  });

  it('shows how much more arrives than it can do', () => {
    expect(simulate({ ...IDLE, reads: 3_000 }, ONE, TIMES).utilisation.api).toBeGreaterThan(2.8);
  });

  it('writes commits that wait for the disk in one flush', () => {
    const demands = { ...TIMES.demands, switch: { ...nothing, postgres: 1 } };
    const fast = { ...TIMES, demands, poolSize: 100 };
    const [few, many] = [10, 4_000].map((switches) => simulate({ ...IDLE, switches }, ONE, fast));
    expect(few!.commitsPerFlush).toBeLessThan(1.2);
    expect(many!.commitsPerFlush).toBeGreaterThan(5);
  });

  it('makes switches wait for connections', () => {
    const workload = { ...IDLE, switches: 400 };
    const slowDisk = { ...TIMES, flushMs: 20 };
    const few = simulate(workload, { ...ONE, postgres: 4 }, { ...slowDisk, poolSize: 2 });
    const enough = simulate(workload, { ...ONE, postgres: 4 }, { ...slowDisk, poolSize: 50 });
    expect(few.waitedMs.p99).toBeGreaterThan(enough.waitedMs.p99 * 5);
  });

  it('refuses calls beyond the places of its instances', () => {
    const times = { ...TIMES, demands: { ...TIMES.demands, call: { ...nothing, api: 1 } } };
    const refused = (calls: number, api: number) =>
      simulate({ ...IDLE, calls }, { ...ONE, api }, times).refused;
    expect(refused(60, 1)).toBe(0);
    expect(refused(200, 1)).toBeGreaterThan(0.4);
    expect(refused(200, 4)).toBe(0);
  });

  it('counts each event of a stream', () => {
    const times = { ...TIMES, eventMicros: 100 };
    const used = (eventsPerStream: number) =>
      simulate({ ...IDLE, calls: 20, eventsPerStream }, ONE, times).utilisation.api;
    expect(used(100) / used(0)).toBeGreaterThan(9);
  });
});

describe('the parts that a workload needs', () => {
  it('are one of each for a little', () => {
    expect(fit({ ...IDLE, reads: 10 }, TIMES)).toMatchObject({ parts: ONE, first: null });
  });

  it('are more of what is busy', () => {
    const { parts, first, simulated } = fit({ ...IDLE, reads: 3_000 }, TIMES);
    expect(first).toBe('api');
    expect(parts).toMatchObject({ postgres: 1, worker: 1, redis: 1 });
    expect(parts!.api).toBeGreaterThanOrEqual(5);
    expect(carries(simulated)).toBe(true);
    expect(fit({ ...IDLE, switches: 2_000 }, TIMES)).toMatchObject({
      first: 'postgres',
      parts: { api: 1, postgres: 3, redis: 1 },
    });
  });

  it('are more instances where calls find no place', () => {
    const times = { ...TIMES, demands: { ...TIMES.demands, call: { ...nothing, api: 1 } } };
    const { parts, first } = fit({ ...IDLE, calls: 300 }, times);
    expect(first).toBe('places');
    expect(parts!.api).toBeGreaterThan(3);
  });

  it('do not exist where Redis is the limit', () => {
    const times = { ...TIMES, demands: { ...TIMES.demands, switch: { ...nothing, redis: 1_000 } } };
    expect(fit({ ...IDLE, switches: 900 }, times)).toMatchObject({ parts: null, first: 'redis' });
  });

  it('carry as much as their busiest core allows', () => {
    const rate = highestRate((reads) => ({ ...IDLE, reads }), TIMES);
    expect(rate).toBeGreaterThan(620);
    expect(rate).toBeLessThan(760);
  });
});
