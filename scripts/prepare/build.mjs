import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { step } from './progress.mjs';

/** One line for each state of a file: another line, another content. */
function markOf(file) {
  const { mtimeMs, size } = statSync(file);
  return `${mtimeMs} ${size}`;
}

function sourcesOf({ folders, without, isSource }) {
  const skipped = ({ name }, path) => ['node_modules', 'dist'].includes(name) || without.includes(path);
  const walk = (folder) =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return skipped(entry, path) ? [] : walk(path);
      return isSource(entry.name) ? [path] : [];
    });
  const files = folders.filter((folder) => existsSync(folder)).flatMap(walk);
  return Object.fromEntries(files.map((file) => [file, markOf(file)]));
}

function settingsOf({ settings }) {
  const hash = createHash('sha256').update(process.version);
  for (const file of settings.filter((each) => existsSync(each))) hash.update(`${file}\0${markOf(file)}\n`);
  return hash.digest('hex');
}

const stateOf = (part) => ({ settings: settingsOf(part), files: sourcesOf(part) });
const stampOf = ({ out }) => join(out, '.prepared.json');

/** The state that was built last; undefined where that is not known, as after an interrupted build. */
function lastBuild(part) {
  try {
    const { settings, files } = JSON.parse(readFileSync(stampOf(part), 'utf8'));
    return existsSync(part.made) && files ? { settings, files } : undefined;
  } catch {
    return undefined;
  }
}

export const isBuilt = (part) => JSON.stringify(lastBuild(part)) === JSON.stringify(stateOf(part));

/** Builds what changed; all of it where the settings changed or nothing is known of the last build. */
export async function build(part) {
  const state = stateOf(part);
  const last = lastBuild(part);
  const known = last?.settings === state.settings ? last.files : undefined;
  // A file that lost its source would live on in dist: a deleted migration would still be run.
  if (!known) rmSync(part.out, { recursive: true, force: true });
  rmSync(stampOf(part), { force: true });
  const changed = Object.keys(state.files).filter((file) => known?.[file] !== state.files[file]);
  const gone = Object.keys(known ?? {}).filter((file) => !state.files[file]);
  await step(part.label, 'Correct the errors above and run the same command again.', () =>
    part.make({ changed, gone }),
  );
  writeFileSync(stampOf(part), JSON.stringify(state));
}
