import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from './fault.js';
import { KeptLoad } from './kept-load.js';
import type { Stage } from './stage.js';

const BOTH = [0, 1];
/** Longer than the lock of a job (15 s), the search for stalled ones (5 s) and the lease of an outbox entry (15 s). */
const OUTLASTS_LOCKS_MS = 22_000;
const HOUR_MS = 3_600_000;

/** A module that goes before everything else in a process and moves its clock. */
const clockModule = (shiftMs: number) => `const RealDate = Date;
globalThis.Date = class Date extends RealDate {
  constructor(...given) { if (given.length === 0) super(RealDate.now() + ${shiftMs}); else super(...given); }
  static now() { return RealDate.now() + ${shiftMs}; }
};`;
const withClock = (shiftMs: number) => ({
  NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(clockModule(shiftMs))}`,
});

/** Each process ends in good order and is replaced, one after the other. */
async function restartAll(stage: Stage, between: () => Promise<unknown>): Promise<void> {
  for (const number of BOTH) {
    await stage.stop('apis', number);
    await stage.startApi(number);
    await between();
  }
  for (const number of BOTH) {
    await stage.stop('workers', number);
    stage.startWorker(number);
    await between();
  }
}

/** Each of these switches once more in the queue, as after a lease that ended too early. */
async function repeatJobs(stage: Stage, ids: string[]): Promise<void> {
  const jobs = ids.flatMap((id) =>
    ['again', 'and-again'].map((word) => ({
      name: 'switching.record-switch',
      data: { id },
      opts: { jobId: `${id}_${word}`, removeOnComplete: true, removeOnFail: true },
    })),
  );
  await stage.queue('switching.record-switch').addBulk(jobs);
}

export const PROCESS_FAULTS: Fault[] = [
  {
    name: 'api-killed',
    title: 'kill -9 of one api, of the other, of both',
    inSubset: true,
    async inject(stage, load) {
      for (const killed of [[0], [1], BOTH]) {
        await Promise.all(killed.map((number) => stage.apis[number]!.kill()));
        await delay(300);
        await Promise.all(killed.map((number) => stage.startApi(number)));
        await load.more(50);
      }
    },
  },
  {
    name: 'worker-killed',
    title: 'kill -9 of one worker, of both, during work; each job thrice',
    inSubset: true,
    async inject(stage, load) {
      for (const killed of [[0], BOTH]) {
        while ((await stage.waiting()) === 0) await delay(5);
        await Promise.all(killed.map((number) => stage.workers[number]!.kill()));
        await load.more(50);
        await repeatJobs(
          stage,
          load.record.acknowledged.slice(-200).map(({ switchId }) => switchId),
        );
        for (const number of killed) stage.startWorker(number);
      }
    },
  },
  {
    name: 'worker-frozen',
    title: 'a worker frozen 22 s, awake after its successor did its jobs',
    async inject(stage, load) {
      while ((await stage.waiting()) === 0) await delay(5);
      stage.workers[0]!.signal('SIGSTOP');
      await delay(OUTLASTS_LOCKS_MS);
      stage.workers[0]!.signal('SIGCONT');
      await load.more(50);
    },
  },
  {
    name: 'clocks-apart',
    title: 'clocks 1 h fast and 1 h slow, one api and one worker each',
    stage: {
      variables: (program, number) => withClock((program === 'api') === (number === 0) ? HOUR_MS : -HOUR_MS),
    },
    async inject(_stage, load) {
      await load.more(200);
    },
  },
  {
    name: 'rolling-restart',
    title: 'rolling restart of all four under streaming and switching load',
    clients: 0,
    stage: { modelPaceMs: 300, variables: () => ({ SHUTDOWN_DELAY_SECONDS: '1' }) },
    async inject(stage, load) {
      const kept = new KeptLoad(stage.urls, load.record);
      await kept.more(2);
      await restartAll(stage, () => kept.more(2));
      await kept.stop();
      load.description = `${kept.description}, ${kept.chats.length} streams`;
      const unrecorded = await stage.look((owner) => kept.unrecorded(owner));
      if (unrecorded.length > 0) throw new Error(`${unrecorded.length} calls left no record`);
      if (load.record.errors.size > 0) throw new Error('clients that keep their connections saw errors');
    },
  },
  {
    name: 'rolling-restart-without-redis',
    title: 'rolling restart of all four while Redis is down',
    async inject(stage, load) {
      await stage.redis.kill();
      await restartAll(stage, () => load.more(50));
      await stage.redis.startAgain();
    },
  },
];
