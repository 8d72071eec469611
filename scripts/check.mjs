import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Runs every `check:*` script, shows the output of those that fail, and lists their names. */
const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const checks = Object.keys(scripts).filter((name) => name.startsWith('check:'));
const failed = checks.filter((name) => {
  const started = Date.now();
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', name], {
    encoding: 'utf8',
    env: { ...process.env, FORCE_COLOR: '0' },
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? '  ok   ' : '  FAIL '} ${name} (${seconds} s)`);
  if (status !== 0) console.log(`${stdout}${stderr}`);
  return status !== 0;
});
console.log(
  failed.length === 0 ? 'All checks hold.' : `Fix ${failed.join(', ')}; npm run format mends style.`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
