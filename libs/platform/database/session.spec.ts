import type { QueryResult } from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { SharedSession } from './session.js';

const sent: object[] = [];
const failures: Record<string, Error> = {};
const session = new SharedSession(async (query) => {
  sent.push(query);
  if (failures[query.text]) throw failures[query.text];
  return { command: query.text } as QueryResult;
}, 'SETTINGS');
const named = { name: 'find', text: 'SELECT 42', values: [1] };
const unnamed = { text: 'SELECT 42', values: [1] };

beforeEach(() => {
  sent.length = 0;
  for (const text of Object.keys(failures)) delete failures[text];
});

describe('where each transaction has another session', () => {
  it('a statement outside of a transaction gets one, with the settings', async () => {
    expect(await session.query(named)).toEqual({ command: 'SELECT 42' });
    expect(sent).toEqual([{ text: 'BEGIN; SETTINGS' }, unnamed, { text: 'COMMIT' }]);
  });

  it.each(['BEGIN ISOLATION LEVEL READ COMMITTED', 'START TRANSACTION'])(
    'what is begun with %s has the settings, and ends once',
    async (text) => {
      await session.query({ text });
      await session.query(named);
      await session.query({ text: 'ROLLBACK TO SAVEPOINT one' });
      await session.query(named);
      await session.query({ text: 'COMMIT' });
      const savepoint = { text: 'ROLLBACK TO SAVEPOINT one' };
      expect(sent).toEqual([{ text: `${text}; SETTINGS` }, unnamed, savepoint, unnamed, { text: 'COMMIT' }]);
    },
  );

  it('nothing is sent outside of a transaction, also after one that could not begin', async () => {
    failures['BEGIN; SETTINGS'] = new Error('away');
    await expect(session.query({ text: 'BEGIN' })).rejects.toThrow('away');
    await expect(session.query(named)).rejects.toThrow('away');
    expect(sent).not.toContainEqual(unnamed);
  });

  it('a statement fails with what it failed with, and its transaction is over', async () => {
    failures['SELECT 42'] = new Error('refused');
    await expect(session.query(named)).rejects.toThrow('refused');
    expect(sent.at(-1)).toEqual({ text: 'COMMIT' });
  });

  it('a statement outside of a transaction is not done before its commit is', async () => {
    failures.COMMIT = new Error('Query read timeout');
    await expect(session.query(named)).rejects.toThrow('Query read timeout');
  });

  it('a pooler without transactions is not taken for a PostgreSQL that is away', async () => {
    failures['BEGIN; SETTINGS'] = new Error('transaction blocks not allowed in statement pooling mode');
    await expect(session.query(named)).rejects.toThrow('set the pooler to transaction or session mode');
  });
});
