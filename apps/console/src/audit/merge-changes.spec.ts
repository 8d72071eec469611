import { describe, expect, it } from 'vitest';
import { type Change, differencesOf, merged, nextToRead } from './merge-changes.js';

const changes = (...times: string[]): Change[] =>
  times.map((at) => ({
    ...{ id: at, entity: 'model', entityId: 'm', actor: 'service:a', at },
    ...{ requestId: null, before: null, after: null },
  }));
const times = (list: Change[]) => list.map(({ at }) => at);

describe('the changes of several lists', () => {
  it('are merged down to where each list was read', () => {
    const lists = [
      { items: changes('2026-05', '2026-03'), hasMore: true },
      { items: changes('2026-04', '2026-02', '2026-01'), hasMore: false },
    ];
    expect(times(merged(lists))).toEqual(['2026-05', '2026-04', '2026-03']);
    expect(nextToRead(lists)).toBe(0);
  });

  it('continue with the list that was read least far back', () => {
    const lists = [
      { items: changes('2026-05', '2026-01'), hasMore: true },
      { items: changes('2026-04'), hasMore: true },
    ];
    expect(times(merged(lists))).toEqual(['2026-05', '2026-04']);
    expect(nextToRead(lists)).toBe(1);
  });

  it('are complete when nothing more can be read', () => {
    const lists = [{ items: changes('2026-05'), hasMore: false }];
    expect(times(merged(lists))).toEqual(['2026-05']);
    expect(nextToRead(lists)).toBeUndefined();
  });
});

describe('the differences of a change', () => {
  it('are the fields with another value, without those that change with every edit', () => {
    const before = { price: '1', name: 'a', regions: ['x'], updated_at: 1 };
    const after = { price: '2', name: 'a', regions: ['x'], updated_at: 2 };
    expect(differencesOf({ before, after })).toEqual([{ field: 'price', before: '1', after: '2' }]);
  });

  it('are all values of an added row', () => {
    expect(differencesOf({ before: null, after: { name: 'a', note: null } })).toEqual([
      { field: 'name', before: null, after: 'a' },
    ]);
  });
});
