// Runs before every `npm start`, `npm test` and `npm run services`, also in a clone that has no node_modules yet:
// plain JavaScript, nothing but Node's own modules.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const checkout = dirname(dirname(fileURLToPath(import.meta.url)));
const inCheckout = (...path) => join(checkout, ...path);
const readJson = (...path) => JSON.parse(readFileSync(inCheckout(...path), 'utf8'));

const SETTINGS = ['tsconfig.json', 'package.json', 'package-lock.json'];
/** What is built: from which files, how one sees that it was, and with what. Each by itself, only when it has changed. */
const PROGRAMS = {
  label: 'building (tsc)',
  settings: [...SETTINGS, 'tsconfig.build.json'],
  folders: ['apps', 'libs', 'migrations', 'scripts'],
  without: ['apps/console', 'libs/client'],
  isSource: (name) => /\.([cm]?tsx?|json)$/.test(name) && !name.endsWith('.spec.ts'),
  out: 'dist',
  made: 'dist/scripts/start.js',
  command: ['typescript/bin/tsc', '-p', 'tsconfig.build.json'],
};
const CONSOLE = {
  label: 'building the console (vite)',
  settings: SETTINGS,
  folders: ['apps/console', 'libs/client'],
  without: [],
  isSource: () => true,
  out: 'dist/console',
  made: 'dist/console/index.html',
  command: ['vite/bin/vite.js', 'build', 'apps/console', '--logLevel', 'warn'],
};
const LOCK = inCheckout('.data', 'prepare.lock');
const LOCK_GIVES_UP_AFTER_MS = 15 * 60_000;

class PrepareError extends Error {}

function checkNodeVersion() {
  const wanted = readJson('package.json').engines.node;
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

/** npm leaves a copy of the lock file in node_modules that lists what is really there; it writes it last. */
function isInstalled() {
  try {
    const wanted = readJson('package-lock.json').packages;
    const present = readJson('node_modules', '.package-lock.json').packages;
    return Object.entries(wanted)
      .filter(([path, entry]) => path.startsWith('node_modules/') && !entry.link && !entry.optional)
      .every(([path, entry]) => present[path]?.version === entry.version && existsSync(inCheckout(path)));
  } catch {
    return false;
  }
}

function sourceFiles({ settings, folders, without, isSource }) {
  const skipped = ({ name }, path) => ['node_modules', 'dist'].includes(name) || without.includes(path);
  const walk = (folder) =>
    readdirSync(inCheckout(folder), { withFileTypes: true }).flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return skipped(entry, path) ? [] : walk(path);
      return isSource(entry.name) ? [path] : [];
    });
  return [...settings, ...folders.filter((folder) => existsSync(inCheckout(folder))).flatMap(walk)];
}

function fingerprint(files) {
  const hash = createHash('sha256').update(process.version);
  for (const file of files) {
    const { mtimeMs, size } = statSync(inCheckout(file));
    hash.update(`${file}\0${mtimeMs}\0${size}\n`);
  }
  return hash.digest('hex');
}

const stampOf = ({ out }) => inCheckout(out, '.prepared.json');

function lastBuild(part) {
  try {
    return JSON.parse(readFileSync(stampOf(part), 'utf8'));
  } catch {
    return { files: [] };
  }
}

const isBuilt = (part) =>
  lastBuild(part).fingerprint === fingerprint(sourceFiles(part)) && existsSync(inCheckout(part.made));

/** npm tells its scripts where it is itself; without it (`node scripts/prepare.mjs`) the one in PATH must do. */
function npmCommand(args) {
  const npm = process.env.npm_execpath ?? '';
  return basename(npm) === 'npm-cli.js' ? [process.execPath, [npm, ...args]] : ['npm', args];
}

function heartbeat(label) {
  const started = Date.now();
  const seconds = () => ((Date.now() - started) / 1000).toFixed(1);
  const onTerminal = process.stdout.isTTY;
  if (!onTerminal) console.log(`  ${label} ...`);
  const tick = () => {
    if (onTerminal) process.stdout.write(`\r  ${label} ... ${seconds()} s`);
    else console.log(`  still ${label} (${Math.round(seconds())} s)`);
  };
  const timer = setInterval(tick, onTerminal ? 200 : 10_000);
  return (outcome) => {
    clearInterval(timer);
    console.log(`${onTerminal ? '\r\x1b[K' : ''}  ${label}: ${outcome} (${seconds()} s)`);
  };
}

/** Output of the command is shown only when it fails: npm and tsc have little to say when all is well. */
async function run(label, [command, args], advice) {
  const finished = heartbeat(label);
  let output = '';
  const child = spawn(command, args, { cwd: checkout, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const failure = await new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(code === 0 ? undefined : `exit code ${code ?? signal}`));
  });
  finished(failure ?? 'done');
  if (failure) throw new PrepareError(`${output.trim()}\n\n${label} failed (${failure}). ${advice}`);
}

async function install() {
  // npm ci removes node_modules first; its list must not outlive what it lists if that is interrupted.
  rmSync(inCheckout('node_modules', '.package-lock.json'), { force: true });
  await run(
    'installing packages (npm ci)',
    npmCommand(['ci', '--include=dev', '--loglevel=error', '--no-audit', '--no-fund']),
    'Is the npm registry reachable (`npm ping`)? If package.json was edited, run `npm install` once.',
  );
}

async function build(part) {
  const files = sourceFiles(part);
  const stamp = JSON.stringify({ fingerprint: fingerprint(files), files });
  // A file that lost its source would live on in dist: a deleted migration would still be run.
  const orphaned = lastBuild(part).files.some((file) => !existsSync(inCheckout(file)));
  if (orphaned || !existsSync(inCheckout(part.made))) {
    rmSync(inCheckout(part.out), { recursive: true, force: true });
  }
  rmSync(stampOf(part), { force: true });
  const [program, ...args] = part.command;
  await run(
    part.label,
    [process.execPath, [inCheckout('node_modules', program), ...args]],
    'Correct the errors above and run the same command again.',
  );
  writeFileSync(stampOf(part), stamp);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** The pid of whoever holds the lock now; undefined when this process got it. */
function takeLock() {
  mkdirSync(dirname(LOCK), { recursive: true });
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return undefined;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  try {
    const holder = Number(readFileSync(LOCK, 'utf8'));
    const age = Date.now() - statSync(LOCK).mtimeMs;
    // Just created, its pid not written yet: alive.
    const held = (isAlive(holder) && holder !== 0 && age < LOCK_GIVES_UP_AFTER_MS) || age < 1000;
    if (held) return holder;
    unlinkSync(LOCK);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  return takeLock();
}

async function waitForLock() {
  let holder = takeLock();
  if (holder !== undefined)
    console.log(`  waiting for another npm command that is preparing (pid ${holder})`);
  while (holder !== undefined) {
    await delay(250);
    holder = takeLock();
  }
  const release = () => rmSync(LOCK, { force: true });
  process.once('exit', release);
  // npm and tsc get the same signal from the terminal; leaving runs the `exit` handler above.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
}

async function prepare() {
  checkNodeVersion();
  // In this order: the console's output is in that of the programs.
  const parts = [PROGRAMS, CONSOLE].filter(({ folders: [folder] }) => existsSync(inCheckout(folder)));
  if (isInstalled() && parts.every(isBuilt)) return;
  await waitForLock();
  if (!isInstalled()) await install();
  for (const part of parts) if (!isBuilt(part)) await build(part);
}

function explain(error) {
  if (error instanceof PrepareError) return error.message;
  const denied = error.code === 'EACCES' || error.code === 'EPERM' || error.code === 'EROFS';
  return denied
    ? `${error.message}\nThis checkout has files that belong to another user: \`ls -ln ${checkout}\` shows whose.`
    : error.stack;
}

prepare().catch((error) => {
  console.error(`\n${explain(error)}`);
  process.exit(1);
});
