// Runs before every `npm start`, `npm test` and `npm run services`, also in a clone that has no node_modules yet:
// plain JavaScript, nothing but Node's own modules until these are installed.
import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, isBuilt } from './prepare/build.mjs';
import { waitForLock } from './prepare/lock.mjs';
import { install, isInstalled } from './prepare/packages.mjs';
import { PrepareError, run } from './prepare/progress.mjs';
import { removeOutput, transpileAll } from './prepare/transpile.mjs';

const checkout = dirname(dirname(fileURLToPath(import.meta.url)));

const typescript = {
  settings: ['package-lock.json', 'scripts/prepare/transpile.mjs'],
  isSource: (name) =>
    (name.endsWith('.ts') && !/\.(spec|d)\.ts$/.test(name)) || /\.(facts|texts)\.json$/.test(name),
  async make({ changed, gone }) {
    for (const file of gone) removeOutput(file);
    await transpileAll(changed);
  },
};
/** Parts that are built separately, when they have changed. The output of the others is in that of the programs. */
const PROGRAMS = {
  ...typescript,
  label: 'building',
  folders: ['apps', 'libs', 'migrations', 'scripts'],
  without: ['apps/console', 'libs/switch-ui'],
  out: 'dist',
  made: 'dist/scripts/start.js',
};
const CONSOLE = {
  label: 'building the console (vite)',
  settings: ['tsconfig.json', 'package.json', 'package-lock.json'],
  folders: ['apps/console', 'libs/client'],
  without: [],
  isSource: () => true,
  out: 'dist/console',
  made: 'dist/console/index.html',
  make: () =>
    run([process.execPath, ['node_modules/vite/bin/vite.js', 'build', 'apps/console', '--logLevel', 'warn']]),
};
const LOAD = {
  ...typescript,
  label: 'building bench and tests',
  folders: ['bench', 'test/faults', 'test/mutation', 'test/support', 'test/upgrade'],
  without: [],
  out: 'dist/bench',
  made: 'dist/bench/run.js',
};

const packages = (folder, label) => ({
  isDone: () => isInstalled(folder),
  make: () => install(folder, label),
});
const built = (part) => ({
  isDone: () => isBuilt(part) || !existsSync(part.folders[0]),
  make: () => build(part),
});
const ALWAYS = [packages('.', 'installing packages (npm ci)'), built(PROGRAMS), built(CONSOLE)];
/** Parts that some commands need besides: `prepare.mjs load`, `prepare.mjs tools`. */
const ON_DEMAND = {
  load: built(LOAD),
  tools: packages('tools', 'installing the tools of npm run check (npm ci)'),
};

function checkNodeVersion() {
  const wanted = JSON.parse(readFileSync('package.json', 'utf8')).engines.node;
  const [major, minor] = process.versions.node.split('.').map(Number);
  const isWithin = (range) => {
    const [, operator, wantedMajor, wantedMinor] = /^(\^|>=)(\d+)\.(\d+)/.exec(range);
    if (major === Number(wantedMajor)) return minor >= Number(wantedMinor);
    return operator === '>=' && major > Number(wantedMajor);
  };
  if (wanted.split(' || ').some(isWithin)) return;
  throw new PrepareError(
    `This needs Node ${wanted}; ${process.execPath} is ${process.versions.node}.\n` +
      'Install a current Node (https://nodejs.org, or `nvm install --lts`) and try again.',
  );
}

async function prepare(asked) {
  checkNodeVersion();
  const parts = [...ALWAYS, ...asked.map((name) => ON_DEMAND[name])];
  if (parts.every((part) => part.isDone())) return;
  await waitForLock();
  for (const part of parts) if (!part.isDone()) await part.make();
}

function explain(error) {
  if (error instanceof PrepareError) return error.message;
  const denied = error.code === 'EACCES' || error.code === 'EPERM' || error.code === 'EROFS';
  return denied
    ? `${error.message}\nThis checkout has files that belong to another user: \`ls -ln ${checkout}\` shows whose.`
    : error.stack;
}

process.chdir(checkout);
prepare(process.argv.slice(2)).catch((error) => {
  console.error(`\n${explain(error)}`);
  process.exit(1);
});
