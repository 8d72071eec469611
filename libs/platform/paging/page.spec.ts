import { expect, it } from 'vitest';
import { pageOf } from './page.js';

it.each([
  [[], { items: [] }],
  [['a', 'b'], { items: ['a', 'b'] }],
  [['a', 'b', 'c'], { items: ['a', 'b'], next: 'b' }],
])('%j with a limit of two', (found, page) => {
  expect(pageOf<string>(found, 2)).toEqual(page);
});
