import { describe, expect, it } from 'vitest';
import type { Model, UseCase } from '#libs/catalogue/catalogue.js';
import { aModel, aUseCase, inSeconds, NOW, policy, SONNET } from '../../test/support/catalogue-fixture.js';
import { outlookOf, proposedSuccessor, upcoming, warningsOf } from './lifecycle.js';

const DAY = 86_400;
const ending = (days: number) =>
  aModel('ends', {
    lifecycle: {
      status: 'ACTIVE',
      legacyAt: null,
      extendedAccessAt: null,
      endOfLifeAt: inSeconds(days * DAY),
    },
  });
const thresholdAt = (days: number) => warningsOf(upcoming(ending(days), NOW))[0]?.threshold;

it.each([
  [365, undefined],
  [181, undefined],
  [180, 180],
  [91, 180],
  [90, 90],
  [46, 90],
  [45, 45],
  [15, 45],
  [14, 14],
  [0.5, 14],
])('%s days before its end the warning of day %s is due', (days, expected) => {
  expect(thresholdAt(days)).toBe(expected);
});

it('no warning is due before the first of them', () => {
  expect(warningsOf(upcoming(ending(181), NOW))).toEqual([]);
});

it('the dates to come are listed with the next one first', () => {
  const model = aModel('changes', {
    lifecycle: {
      status: 'ACTIVE',
      legacyAt: inSeconds(60 * DAY),
      extendedAccessAt: inSeconds(30 * DAY),
      endOfLifeAt: inSeconds(90 * DAY),
    },
  });
  expect(upcoming(model, NOW)).toEqual([
    { milestone: 'extended_access', at: inSeconds(30 * DAY), days: 30 },
    { milestone: 'legacy', at: inSeconds(60 * DAY), days: 60 },
    { milestone: 'end_of_life', at: inSeconds(90 * DAY), days: 90 },
  ]);
});

it('a date that has come is no longer to come', () => {
  expect(upcoming(ending(0), NOW)).toEqual([]);
  expect(upcoming(ending(1 / DAY), NOW)).toEqual([expect.objectContaining({ days: 0 })]);
});

describe('the outlook of a model without an end date', () => {
  const promised = (
    earliestEndAt: string | null,
    noticeDays: number | null,
    lifecycle: Partial<Model['lifecycle']> = {},
  ) =>
    outlookOf(
      aModel('promised', {
        lifecycle: {
          ...{ status: 'ACTIVE', legacyAt: null, extendedAccessAt: null, endOfLifeAt: null },
          ...lifecycle,
        },
        guarantee: { earliestEndAt, noticeDays, source: 'card', readOn: '2026-10-06' },
      }),
      NOW,
    );

  it('is the promised date where that comes after the notice', () =>
    expect(promised(inSeconds(200 * DAY), 180)).toEqual({
      earliestEndAt: inSeconds(200 * DAY),
      noticeDays: 180,
      source: 'card',
      readOn: '2026-10-06',
      hasRunOut: false,
      endsNotBefore: inSeconds(200 * DAY),
    }));
  it.each<[string, [days: number, noticeDays: number | null], object]>([
    [
      'the date is nearer than the notice',
      [10, 180],
      { hasRunOut: false, endsNotBefore: inSeconds(180 * DAY) },
    ],
    ['the date has come', [0, 45], { hasRunOut: true, endsNotBefore: inSeconds(45 * DAY) }],
    ['the date is past', [-400, 180], { hasRunOut: true, endsNotBefore: inSeconds(180 * DAY) }],
    ['nothing is known of a notice', [10, null], { hasRunOut: false, endsNotBefore: inSeconds(10 * DAY) }],
    ['the date is past and no notice is known', [-1, null], { hasRunOut: true, endsNotBefore: null }],
  ])('where %s', (_, [days, noticeDays], expected) =>
    expect(promised(inSeconds(days * DAY), noticeDays)).toMatchObject(expected),
  );
  it('is none where no date was promised, or the end has a date or has come', () => {
    expect(promised(null, 180)).toBeNull();
    expect(promised(inSeconds(-1), 180, { endOfLifeAt: inSeconds(30 * DAY) })).toBeNull();
    expect(promised(inSeconds(200 * DAY), 180, { status: 'EOL' })).toBeNull();
    expect(outlookOf(aModel('silent'), NOW)).toBeNull();
  });
});

describe('the proposed successor', () => {
  const old = aModel('eu.old', { useCase: 'clinical', tier: 50, contextWindow: 200_000 });
  /** Proposes a successor of the first of these models. */
  const successorOf = (models: [Model, ...Model[]], useCases: UseCase[] = []) =>
    proposedSuccessor(
      models[0],
      { version: 1, models, useCases, assistants: [], nextPriceAt: null },
      policy(),
    )?.id;
  const proposed = (...others: Model[]) => successorOf([old, ...others]);
  const other = (id: string, changes: Parameters<typeof aModel>[1] = {}) =>
    aModel(`eu.${id}`, { useCase: 'clinical', tier: 50, contextWindow: 200_000, ...changes });

  it('is never the model itself', () => expect(proposed()).toBeUndefined());
  it('has at least the same window', () => {
    expect(proposed(other('small', { contextWindow: 199_999 }))).toBeUndefined();
    expect(proposed(other('unknown', { contextWindow: null }))).toBeUndefined();
    expect(proposed(other('same'))).toBe('eu.same');
    expect(proposed(other('larger', { contextWindow: 1_000_000 }))).toBe('eu.larger');
  });
  it('serves the same use case', () =>
    expect(proposed(other('foreign', { useCase: 'health' }))).toBeUndefined());
  it('serves any use case where the model is made for none', () => {
    const anywhere = { ...old, useCase: null };
    expect(successorOf([anywhere, other('foreign', { useCase: 'health' })])).toBe('eu.foreign');
  });
  it('may serve it as a candidate only, of every use case that runs on the model', () => {
    const foreign = other('foreign', { useCase: 'health' });
    const running = (name: string, ...others: string[]) => aUseCase(name, [old.id, ...others]);
    const operations = running('operations', foreign.id);
    const elsewhere = aUseCase('research', [SONNET]);
    expect(successorOf([old, foreign], [operations, elsewhere])).toBe(foreign.id);
    expect(successorOf([old, foreign], [operations, running('clinical', SONNET)])).toBeUndefined();
  });
  it('does not end sooner', () => {
    const endingIn = (days: number) => ({ lifecycle: ending(days).lifecycle });
    const dying = { ...old, ...endingIn(100) };
    const next = (days: number) => successorOf([dying, other('next', endingIn(days))]);
    expect([next(99), next(101)]).toEqual([undefined, 'eu.next']);
  });
  it('is the one that the catalogue names, where that fits', () => {
    const named = (changes = {}) =>
      successorOf([
        { ...old, successorId: 'eu.named' },
        other('named', { tier: 90, ...changes }),
        other('near'),
      ]);
    expect([named(), named({ contextWindow: 1_000 })]).toEqual(['eu.named', 'eu.near']);
  });
  it('is the nearest in tier', () =>
    expect(
      proposed(other('far', { tier: 90 }), other('near', { tier: 40 }), other('low', { tier: 10 })),
    ).toBe('eu.near'));
  it('stays where prompts may go', () =>
    expect(proposed(other('abroad', { destinationRegions: ['eu-central-1', 'us-east-1'] }))).toBeUndefined());
});
