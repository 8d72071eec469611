import { Logger } from '@nestjs/common';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { BedrockError, type BedrockErrorKind } from '#libs/platform/bedrock/bedrock-error.js';
import type { BedrockRuntimeService } from '#libs/platform/bedrock/bedrock-runtime.service.js';
import { POLICIES } from '#libs/platform/bedrock/failure-policy.js';
import { FakeSharedBreakers } from '../../test/support/fake-breakers.js';
import { FakeClock } from '../../test/support/fake-clock.js';
import { BreakersService } from './breakers.service.js';

const PROBE_SECONDS = 30;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
/** A breaker opens for this long after a failure of each kind, in ms; null: never. */
const PAUSES: Record<BedrockErrorKind, { opensAt: 1 | 3; ms: number } | null> = {
  throttled: { opensAt: 3, ms: PROBE_SECONDS * SECOND },
  unavailable: { opensAt: 3, ms: PROBE_SECONDS * SECOND },
  not_ready: { opensAt: 3, ms: PROBE_SECONDS * SECOND },
  stream_broken: { opensAt: 3, ms: PROBE_SECONDS * SECOND },
  unusable_answer: { opensAt: 3, ms: PROBE_SECONDS * SECOND },
  model_gone: { opensAt: 1, ms: DAY },
  access_pending: { opensAt: 1, ms: 15 * MINUTE },
  access_denied: { opensAt: 1, ms: 15 * MINUTE },
  input_too_long: null,
  invalid_request: null,
  refused: null,
  bad_credentials: null,
  guardrail_unavailable: null,
  cancelled: null,
};
const KINDS = Object.keys(POLICIES) as BedrockErrorKind[];
const OPENING = KINDS.filter((kind) => PAUSES[kind] !== null);
const HARMLESS = KINDS.filter((kind) => PAUSES[kind] === null);

let clock: FakeClock;
let shared: FakeSharedBreakers;
let breakers: BreakersService;
/** Answers a probe. */
let answer: () => Promise<void>;
let probes: number;
beforeEach(() => {
  Logger.overrideLogger(false);
  clock = new FakeClock();
  shared = new FakeSharedBreakers();
  probes = 0;
  answer = async () => undefined;
  const runtime = {
    probe: async () => {
      probes += 1;
      await answer();
    },
  };
  breakers = new BreakersService(shared.asShared(), runtime as unknown as BedrockRuntimeService, clock, {
    BREAKER_PROBE_SECONDS: PROBE_SECONDS,
  });
});

const inMs = (ms: number) => new Date(clock.millis() + ms);
const failing = (kind: BedrockErrorKind) => async () => {
  throw new BedrockError('no', { kind, awsName: kind, modelId: 'm', textShown: false });
};
function open(modelId: string, kind: BedrockErrorKind): void {
  for (let failures = 0; failures < 3; failures += 1) breakers.failed(modelId, kind);
}

describe('a failure', () => {
  it.each(OPENING)('of kind %s opens the breaker of its model, for as long as its kind says', (kind) => {
    const { opensAt, ms } = PAUSES[kind]!;
    for (let failures = 1; failures < opensAt; failures += 1) breakers.failed('m', kind);
    expect(breakers.isOpen('m')).toBe(false);
    breakers.failed('m', kind);
    expect(breakers.all()).toEqual([{ modelId: 'm', kind, recheckAt: inMs(ms).toISOString() }]);
    expect([breakers.openModels(), breakers.isOpen('other')]).toEqual([['m'], false]);
  });

  it.each(HARMLESS)('of kind %s never opens a breaker', (kind) => {
    for (let failures = 0; failures < 10; failures += 1) breakers.failed('m', kind);
    expect(breakers.all()).toEqual([]);
  });

  it('of a harmless kind does not count beside others', () => {
    breakers.failed('m', 'throttled');
    breakers.failed('m', 'refused');
    breakers.failed('m', 'throttled');
    expect(breakers.isOpen('m')).toBe(false);
  });

  it('does not open the breaker while most calls succeed', () => {
    for (let calls = 0; calls < 4; calls += 1) breakers.succeeded('m');
    open('m', 'throttled');
    expect(breakers.isOpen('m')).toBe(false);
  });

  it('that comes late neither prolongs the pause nor changes its kind', () => {
    breakers.failed('m', 'model_gone');
    const [before] = breakers.all();
    clock.advance(SECOND);
    open('m', 'access_denied');
    expect(breakers.all()).toEqual([before]);
  });

  it('before the breaker was closed does not count after it', () => {
    open('m', 'throttled');
    breakers.close('m');
    breakers.failed('m', 'throttled');
    expect(breakers.isOpen('m')).toBe(false);
  });
});

describe('a sync', () => {
  it('closes the breakers of models that were gone, and of no other kind', () => {
    for (const kind of OPENING) open(`model-${kind}`, kind);
    breakers.forgetGone();
    expect(breakers.openModels()).toEqual(
      OPENING.filter((kind) => kind !== 'model_gone').map((kind) => `model-${kind}`),
    );
  });
});

describe('an open breaker', () => {
  it('is probed when its pause is over, and not a millisecond before', async () => {
    open('m', 'throttled');
    clock.advance(PROBE_SECONDS * SECOND - 1);
    expect([await breakers.recheck('m'), probes]).toEqual([false, 0]);
    clock.advance(1);
    expect([await breakers.recheck('m'), probes, breakers.isOpen('m')]).toEqual([true, 1, false]);
  });

  it('is probed immediately when an operator asks, also in its pause and while another instance probes', async () => {
    open('m', 'model_gone');
    shared.othersProbe = true;
    answer = failing('throttled');
    expect([await breakers.recheckNow('m'), probes, breakers.isOpen('m')]).toEqual([false, 1, true]);
    answer = async () => undefined;
    expect([await breakers.recheckNow('m'), probes, breakers.isOpen('m')]).toEqual([true, 2, false]);
    expect([await breakers.recheckNow('m'), probes]).toEqual([true, 2]);
  });

  it('is probed once by those who ask at the same time, and not while another instance is at it', async () => {
    open('m', 'throttled');
    clock.advance(PROBE_SECONDS * SECOND);
    shared.othersProbe = true;
    expect([await breakers.recheck('m'), probes]).toEqual([false, 0]);
    shared.othersProbe = false;
    expect(await Promise.all([breakers.recheck('m'), breakers.recheck('m')])).toEqual([true, true]);
    expect(probes).toBe(1);
  });

  it.each(OPENING)('takes its probe for the shortest pause, also after %s', async (kind) => {
    open('m', kind);
    clock.advance(DAY);
    await breakers.recheck('m');
    expect(shared.probesTaken).toEqual([['m', PROBE_SECONDS * SECOND]]);
  });

  it.each(OPENING)(
    'stays open after a probe that fails with %s, for the pause of that kind',
    async (kind) => {
      open('m', 'not_ready');
      clock.advance(PROBE_SECONDS * SECOND);
      answer = failing(kind);
      expect(await breakers.recheck('m')).toBe(false);
      expect(breakers.all()).toEqual([
        { modelId: 'm', kind, recheckAt: inMs(PAUSES[kind]!.ms).toISOString() },
      ]);
    },
  );

  it.each(HARMLESS)('keeps its kind and its pause after a probe that fails with %s', async (kind) => {
    open('m', 'model_gone');
    clock.advance(DAY);
    answer = failing(kind);
    expect(await breakers.recheck('m')).toBe(false);
    expect(breakers.all()).toEqual([
      { modelId: 'm', kind: 'model_gone', recheckAt: inMs(DAY).toISOString() },
    ]);
  });

  it('stays open and may be probed again after a probe that broke in our own code', async () => {
    open('m', 'throttled');
    clock.advance(PROBE_SECONDS * SECOND);
    answer = async () => {
      throw new Error('our own');
    };
    await expect(breakers.recheck('m')).rejects.toThrow('our own');
    answer = async () => undefined;
    expect([breakers.isOpen('m'), await breakers.recheck('m')]).toEqual([true, true]);
  });

  it('says for how many seconds its model is not asked, rounded up, and at least one', () => {
    open('m', 'throttled');
    expect(breakers.secondsUntilProbe('m')).toBe(PROBE_SECONDS);
    clock.advance(1);
    expect(breakers.secondsUntilProbe('m')).toBe(PROBE_SECONDS);
    clock.advance(PROBE_SECONDS * SECOND);
    expect([breakers.secondsUntilProbe('m'), breakers.secondsUntilProbe('closed')]).toEqual([1, 1]);
  });
});

it('a closed breaker needs no probe', async () => {
  expect([await breakers.recheck('m'), probes, breakers.recheckAt('m')]).toEqual([true, 0, undefined]);
});

it('a breaker is rechecked also while nobody asks for its model, and no more after the end of the process', async () => {
  vi.useFakeTimers();
  breakers.onModuleInit();
  open('m', 'unavailable');
  await vi.advanceTimersByTimeAsync(PROBE_SECONDS * SECOND);
  expect([probes, breakers.isOpen('m')]).toEqual([0, true]);
  clock.advance(PROBE_SECONDS * SECOND);
  await vi.advanceTimersByTimeAsync(PROBE_SECONDS * SECOND);
  expect([probes, breakers.isOpen('m')]).toEqual([1, false]);
  breakers.onModuleDestroy();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});
