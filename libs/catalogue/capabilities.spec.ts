import { describe, expect, it } from 'vitest';
import { BY_OPERATOR, type Capabilities, replaceStated, statedIn, withStated } from './capabilities.js';

const AT = new Date('2026-11-30T23:59:00Z');
const published = (supported: boolean) => ({ supported, source: 'AWS model card', readOn: '2026-10-06' });
const stated = (supported: boolean, readOn = '2026-11-30') => ({ supported, source: BY_OPERATOR, readOn });
const known: Capabilities = { topP: published(false), guardrail: stated(false, '2026-01-02') };

describe('a statement of an operator', () => {
  it('replaces what public sources say, with its day', () => {
    expect(withStated(known, { topP: true, temperature: false }, AT)).toEqual({
      topP: stated(true),
      temperature: stated(false),
      guardrail: stated(false, '2026-01-02'),
    });
  });

  it('keeps its first day while it is repeated', () => {
    expect(withStated(known, { guardrail: false }, AT)).toEqual(known);
    expect(withStated(known, { guardrail: true }, AT).guardrail).toEqual(stated(true));
  });

  it('is removed by null, and nothing else is', () => {
    expect(withStated(known, { guardrail: null, topP: null, temperature: null }, AT)).toEqual({
      topP: published(false),
    });
  });
});

it('a list of all statements removes those that it lacks', () => {
  expect(statedIn(known)).toEqual({ guardrail: false });
  expect(replaceStated(known, {}, AT)).toEqual({ topP: published(false) });
  expect(replaceStated(known, { temperature: true, guardrail: false }, AT)).toEqual({
    ...known,
    temperature: stated(true),
  });
});
