import { describe, expect, it } from 'vitest';
import type { BreakersService } from '#libs/breakers/breakers.service.js';
import type { Model, UseCase } from '#libs/catalogue/catalogue.js';
import type { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import {
  aCatalogue,
  HAIKU,
  inSeconds,
  NOVA_PRO,
  OPUS,
  policy,
  SONNET,
} from '../../test/support/catalogue-fixture.js';
import { CallAttempts } from './call-attempts.js';
import { FallbackCandidates } from './fallback-candidates.service.js';

interface Given {
  models?: Record<string, Partial<Model>>;
  clinical?: Partial<UseCase>;
  /** Models whose breaker is open. */
  open?: string[];
  inputTokens?: number;
  coolDowns?: Record<string, string>;
  first?: string;
}

function given({
  models,
  clinical,
  open = [],
  inputTokens = 10,
  coolDowns = {},
  first = SONNET,
}: Given = {}) {
  const catalogue = aCatalogue({ models, ...(clinical && { useCases: { clinical } }) });
  const rechecked: string[] = [];
  const fakeCatalogue: Pick<CatalogueService, 'useCase' | 'snapshot' | 'policy'> = {
    useCase: () => catalogue.useCases[0]!,
    snapshot: () => catalogue,
    policy: () => policy(),
  };
  const fakeBreakers: Pick<BreakersService, 'isOpen' | 'recheckSoon'> = {
    isOpen: (id) => open.includes(id),
    recheckSoon: (id) => void rechecked.push(id),
  };
  const candidates = new FallbackCandidates(
    fakeCatalogue as CatalogueService,
    fakeBreakers as BreakersService,
  );
  const model = catalogue.models.find(({ id }) => id === first)!;
  const attempts = new CallAttempts('clinical', model, coolDowns, inputTokens);
  /** Asks each next model until none is left. */
  const all = (largerThan?: number) => {
    const asked: string[] = [];
    for (
      let next = candidates.next(attempts, largerThan);
      next;
      next = candidates.next(attempts, largerThan)
    ) {
      attempts.ask(next).end('failed', 'unavailable');
      asked.push(next.id);
    }
    return asked;
  };
  const passedOver = () =>
    attempts.all
      .filter(({ outcome }) => outcome === 'skipped')
      .map(({ modelId, errorKind }) => [modelId, errorKind]);
  return { hops: candidates, route: attempts, all, passedOver, rechecked };
}

describe('the next model of a call', () => {
  it('is the effective one, then each candidate once', () => {
    expect(given().all()).toEqual([SONNET, HAIKU, OPUS]);
  });

  it('follows the effective one in the order of the use case, and goes round', () => {
    expect(given({ first: HAIKU }).all()).toEqual([HAIKU, OPUS, SONNET]);
    expect(given({ first: NOVA_PRO }).all()).toEqual([NOVA_PRO, SONNET, HAIKU, OPUS]);
  });

  it.each<[why: string, given: Given, reason: string]>([
    ['must not be selected', { models: { [HAIKU]: { available: false } } }, 'not_available'],
    ['cools down in the conversation', { coolDowns: { [HAIKU]: inSeconds(1) } }, 'cooling_down'],
    ['cools down in the use case', { clinical: { coolDowns: { [HAIKU]: inSeconds(1) } } }, 'cooling_down'],
    ['has an open breaker', { open: [HAIKU] }, 'breaker_open'],
  ])('is none that %s', (_, circumstances, reason) => {
    const { all, passedOver } = given(circumstances);
    expect(all()).toEqual([SONNET, OPUS]);
    expect(passedOver()).toEqual([[HAIKU, reason]]);
  });

  it('is never one that would leave the allowed regions by now, not even the effective one', () => {
    const abroad = given({ models: { [SONNET]: { destinationRegions: ['us-east-1'] } } });
    expect(abroad.all()).toEqual([HAIKU, OPUS]);
    expect(abroad.passedOver()).toEqual([[SONNET, 'destination_not_allowed']]);
    const narrowed = given({ clinical: { allowedRegions: ['eu-north-1'] } });
    expect(narrowed.all()).toEqual([]);
  });

  it('is a candidate of a reviewed use case, though another model was selected before the review', () => {
    const reviewed = given({ first: NOVA_PRO, clinical: { control: 'reviewed' } });
    expect(reviewed.all()).toEqual([SONNET, HAIKU, OPUS]);
    expect(reviewed.passedOver()).toEqual([[NOVA_PRO, 'not_a_candidate']]);
    reviewed.route.alone = true;
    expect(reviewed.hops.next(reviewed.route)).toBeUndefined();
  });

  it('has its role by the catalogue that selected it, also after a second attempt', () => {
    const { hops: candidates, route: attempts } = given({ clinical: { control: 'reviewed' } });
    attempts.ask(attempts.first, undefined, candidates.standingOf(attempts.first, attempts));
    attempts.ask(attempts.first, undefined, { control: 'reviewed', role: 'other' });
    expect(attempts.lastStanding).toEqual({ control: 'reviewed', role: 'active' });
  });

  it('has its breaker looked at soon', () => {
    const { hops: candidates, route: attempts, rechecked } = given({ open: [SONNET] });
    expect(candidates.next(attempts)!.id).toBe(HAIKU);
    expect(rechecked).toEqual([SONNET]);
  });

  it('is none where every breaker is open, each of which is looked at soon, once', () => {
    const { hops: candidates, route: attempts, rechecked } = given({ open: [HAIKU, OPUS] });
    attempts.ask(attempts.first).end('failed', 'unavailable');
    expect(candidates.next(attempts)).toBeUndefined();
    expect(rechecked).toEqual([HAIKU, OPUS]);
  });

  it('is not said to be passed over after it was asked', () => {
    const {
      hops: candidates,
      route: attempts,
      passedOver,
    } = given({ models: { [HAIKU]: { available: false } } });
    attempts.ask({ ...attempts.first, id: HAIKU }).end('failed', 'unavailable');
    candidates.next(attempts);
    attempts.ask(attempts.first);
    candidates.next(attempts);
    expect(passedOver()).toEqual([]);
  });

  it('comes last where its window seems too small', () => {
    const small = { contextWindow: 10 };
    const { all, passedOver } = given({ models: { [SONNET]: small, [HAIKU]: small }, inputTokens: 10 });
    expect(all()).toEqual([OPUS, SONNET, HAIKU]);
    expect(passedOver()).toEqual([
      [SONNET, 'window_too_small'],
      [HAIKU, 'window_too_small'],
    ]);
  });

  it.each([
    [11, SONNET],
    [null, SONNET],
    [10, HAIKU],
  ])('has room for 10 tokens in a window of %j: %s', (contextWindow, next) => {
    const { hops: candidates, route: attempts } = given({
      models: { [SONNET]: { contextWindow } },
      inputTokens: 10,
    });
    expect(candidates.next(attempts)!.id).toBe(next);
  });

  it('has a window larger than the one that was too small', () => {
    const models = {
      [SONNET]: { contextWindow: 100 },
      [HAIKU]: { contextWindow: null },
      [OPUS]: { contextWindow: 101 },
    };
    expect(given({ models }).all(100)).toEqual([OPUS]);
  });
});

describe('a call', () => {
  it('has more models until all candidates were asked', () => {
    const { hops: candidates, route: attempts, all } = given();
    expect(candidates.hasMore(attempts)).toBe(true);
    attempts.ask(attempts.first).end('failed', 'unavailable');
    expect(candidates.hasMore(attempts)).toBe(true);
    all();
    expect(candidates.hasMore(attempts)).toBe(false);
  });
});
