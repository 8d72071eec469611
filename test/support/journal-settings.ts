import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Env } from '#libs/platform/config/env.js';

type JournalSettings = Pick<
  Env,
  'USAGE_DURABILITY' | 'USAGE_JOURNAL_DIR' | 'USAGE_JOURNAL_BYTES' | 'DATABASE_URL' | 'DATABASE_SCHEMA'
>;

/** Settings of a journal in an empty folder. */
export const journalSettings = (changes: Partial<JournalSettings> = {}): JournalSettings => ({
  USAGE_DURABILITY: 'postgres',
  USAGE_JOURNAL_DIR: mkdtempSync(join(tmpdir(), 'usage-journal-')),
  USAGE_JOURNAL_BYTES: 16_777_216,
  DATABASE_URL: 'postgres://127.0.0.1:5432/orchestrator',
  DATABASE_SCHEMA: 'public',
  ...changes,
});
