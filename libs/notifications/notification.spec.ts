import { expect, it } from 'vitest';
import { z } from 'zod';
import { deduplicationId } from './notification.js';

it('gives an occasion the same id each time, and another one to each other', () => {
  const id = deduplicationId('alert', 'clinical', '2026-11-22');
  expect(z.uuid().parse(id)).toBe(deduplicationId('alert', 'clinical', '2026-11-22'));
  const others = [
    deduplicationId('alert', 'clinical', '2026-11-23'),
    deduplicationId('alert', 'clinical2026-11-22'),
  ];
  expect(new Set([id, ...others]).size).toBe(3);
});
