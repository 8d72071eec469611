import { spawn } from 'node:child_process';

/** A failure that the person at the terminal can mend: shown without a stack. */
export class PrepareError extends Error {}

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

/** Runs a step, which throws what went wrong, and prints how long it takes. */
export async function step(label, advice, work) {
  const finished = heartbeat(label);
  try {
    await work();
    finished('done');
  } catch (error) {
    finished('failed');
    throw new PrepareError(`${error.message}\n\n${label} failed. ${advice}`);
  }
}

/** Shows the output of the command only if it fails. */
export async function run([command, args], cwd) {
  let output = '';
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const failure = await new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(code === 0 ? undefined : `exit code ${code ?? signal}`));
  });
  if (failure) throw new Error(`${output.trim()}\n(${failure})`);
}
