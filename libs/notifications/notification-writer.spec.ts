import { expect, it } from 'vitest';
import { z } from 'zod';
import { idOfOccasion } from './notification-writer.js';

it('gives an occasion the same id each time, and another one to each other', () => {
  const id = idOfOccasion('alert', 'clinical', '2026-11-22');
  expect(z.uuid().parse(id)).toBe(idOfOccasion('alert', 'clinical', '2026-11-22'));
  const others = [
    idOfOccasion('alert', 'clinical', '2026-11-23'),
    idOfOccasion('alert', 'clinical2026-11-22'),
  ];
  expect(new Set([id, ...others]).size).toBe(3);
});
