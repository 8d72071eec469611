import { expect, it } from 'vitest';
import { CallLog } from './call-log.js';

it('keeps the last calls and counts all', () => {
  const log = new CallLog(3);
  for (let n = 0; n < 5; n += 1)
    log.begin({
      plane: 'runtime',
      operation: 'Converse',
      modelId: 'a.model',
      httpVersion: '1.1',
      connection: 1,
      auth: 'sigv4',
    });
  expect(log.list().map(({ id }) => id)).toEqual([3, 4, 5]);
  expect(log.total).toBe(5);
});
