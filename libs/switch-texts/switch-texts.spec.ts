import { describe, expect, it } from 'vitest';
import { ENGLISH, fillIn, openingOf, SWITCH_TEXTS, textsByKey } from './switch-texts.js';

describe.each(Object.keys(SWITCH_TEXTS))('the texts in %s', (language) => {
  const texts = textsByKey(SWITCH_TEXTS[language]!);

  it('have the code of a language', () => {
    expect(language).toMatch(/^[a-z]{2,3}$/);
  });

  it('are those of English, no more and no fewer', () => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(textsByKey(ENGLISH)).sort());
    expect(Object.values(texts).filter((text) => text.trim() === '')).toEqual([]);
  });

  it('take the same values', () => {
    const taken = (text: string) => text.match(/\{\w+\}/g)?.sort() ?? [];
    const english = Object.entries(textsByKey(ENGLISH)).map(([key, text]) => [key, taken(text)]);
    expect(Object.entries(texts).map(([key, text]) => [key, taken(text)])).toEqual(
      expect.arrayContaining(english),
    );
  });

  it('have no brace that is left over', () => {
    const rests = Object.values(texts).map((text) => text.replaceAll(/\{\w+\}/g, ''));
    expect(rests.filter((rest) => /[{}]/.test(rest))).toEqual([]);
  });
});

it('values replace their names once, whatever is in them', () => {
  expect(fillIn('From {from} to {to}.', { from: '{to}', to: '$& "x"' })).toBe('From {to} to $& "x".');
  expect(fillIn('{unknown}', {})).toBe('{unknown}');
});

it('the opening of a template ends at its first value', () => {
  expect(openingOf('Upgraded from {from} to {to}')).toBe('Upgraded from ');
  expect(openingOf('Cancel')).toBe('Cancel');
});

it('the key of a text names what it is within', () => {
  expect(textsByKey({ title: { auto: 'A' }, cancel: 'C' })).toEqual({ 'title.auto': 'A', cancel: 'C' });
});
