import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bytes, filled, markdownOf, number } from './page-template.js';
import { PAGE, scalingPage } from './scaling-page.js';

describe('docs/scaling.md', () => {
  it('has the figures of the stored results: npm run bench:scaling -- --page writes them', () => {
    expect(readFileSync(PAGE, 'utf8')).toBe(scalingPage());
  });
});

describe('a page from a template', () => {
  it('has a figure in each place', () => {
    expect(filled('{{one}} of {{two}}, {{one}}', { one: '1', two: '2' })).toBe('1 of 2, 1');
  });

  it('has no place without a figure, and no figure without a place', () => {
    expect(() => filled('{{one}}', { two: '2' })).toThrow(
      'the template misses figures: one; and does not use: two',
    );
  });

  it('has numbers of two or three digits', () => {
    expect([0.0123456, 4.567, 56.7, 123.4, 1_234, 98_765].map(number)).toEqual([
      ...['0.012', '4.6', '57', '123'],
      ...['1,230', '98,800'],
    ]);
  });

  it('has bytes in their unit', () => {
    expect([0, 950, 12_345, 3.2e9, 5e15].map(bytes)).toEqual([
      ...['0 bytes', '950 bytes', '12 kB'],
      ...['3.2 GB', '5,000 TB'],
    ]);
  });

  it('has tables', () => {
    expect(markdownOf({ columns: ['a', 'b'], rows: [['1', '2']] })).toBe(
      '| a | b |\n| --- | --- |\n| 1 | 2 |',
    );
  });
});
