import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../../scripts/embedded/checkout.js';
import { runCommand } from './run-command.js';

const MIGRATION = /^\d+-[\w-]+\.ts$/;

export interface PreviousRelease {
  commit: string;
  /** Of the commit. */
  subject: string;
  /** Files of migrations that this checkout has and the release has not. */
  newMigrations: string[];
}

const git = (...args: string[]) => runCommand(checkout, 'git', args);
const attempt = (...args: string[]) => git(...args).catch(() => undefined);

/**
 * Finds the release to upgrade from.
 * @param from commit; default: the one before the first migration that is new since the base of this branch on
 * `origin/main`, else since the last tag
 * @throws when there is no such commit
 */
export async function previousRelease(from?: string): Promise<PreviousRelease> {
  const commit = await commitOf(from ?? (await beforeFirstNewMigration()));
  const listed = await git('ls-tree', '--name-only', commit, 'migrations/');
  const known = new Set(listed.split('\n').map((path) => path.replace('migrations/', '')));
  const newMigrations = readdirSync(join(checkout, 'migrations'))
    .filter((file) => MIGRATION.test(file) && !known.has(file))
    .sort();
  return { commit, subject: await git('log', '-1', '--format=%s', commit), newMigrations };
}

async function commitOf(name: string): Promise<string> {
  const commit = await attempt('rev-parse', '--verify', '--quiet', `${name}^{commit}`);
  if (!commit) throw new Error(`There is no commit ${name} here.`);
  return commit;
}

async function beforeFirstNewMigration(): Promise<string> {
  const base =
    (await attempt('merge-base', 'HEAD', 'origin/main')) ??
    (await attempt('describe', '--tags', '--abbrev=0'));
  if (!base) throw new Error('Neither origin/main nor a tag is here: name a commit with --from.');
  const added = ['log', '--reverse', '--diff-filter=A', '--format=%H', `${base}..HEAD`];
  const [first] = (await git(...added, '--', 'migrations/[0-9]*.ts')).split('\n');
  return first ? `${first}^` : base;
}
