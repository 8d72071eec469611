import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completionScript, SHELLS } from '../../apps/cli/src/completion-scripts.js';
import { BUILT } from '../support/processes.js';
import { SERVICE_KEY } from '../support/test-env.js';

type Shell = (typeof SHELLS)[number];

const MODELS = ['eu.amazon.nova-lite-v1:0', 'eu.amazon.nova-lite-v2:0', 'eu.amazon.nova-micro-v1:0'];
const HANGS_AFTER_MS = 100_000;
const isInstalled = (shell: Shell) => spawnSync(shell, ['--version']).status === 0;

const server = createServer((_, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ items: MODELS.map((id) => ({ id })), nextCursor: null }));
});
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'completion-'));
  const program = `#!/bin/sh\nexec '${process.execPath}' '${BUILT.cli}' "$@"\n`;
  writeFileSync(join(folder, 'orchestrate-bedrock'), program, { mode: 0o755 });
  for (const shell of SHELLS) writeFileSync(scriptOf(shell), completionScript(shell));
  writeFileSync(join(folder, 'settings.yaml'), '');
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

const scriptOf = (shell: Shell) => join(folder, `completion.${shell}`);

function run(shell: Shell, args: string[]): Promise<string> {
  const env = {
    PATH: `${folder}:${process.env.PATH}`,
    ...{ HOME: folder, XDG_CONFIG_HOME: folder, TERM: 'dumb', LANG: 'C.UTF-8' },
    SUPABASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    SUPABASE_SERVICE_KEY: SERVICE_KEY,
  };
  return new Promise((resolve, reject) => {
    execFile(shell, args, { env, cwd: folder, timeout: HANGS_AFTER_MS }, (error, stdout, stderr) =>
      error ? reject(new Error(`${error.message}: ${stderr}`)) : resolve(stdout),
    );
  });
}

/** Runs the function as bash does after a tab: it breaks words at colons. */
const BASH = `source "$1"; COMP_LINE=$2; COMP_POINT=\${#2}; _orchestrate_bedrock; printf '%s\\n' "\${COMPREPLY[@]}"`;
const FISH = 'source $argv[1]; complete --do-complete $argv[2]';
/** Types the line into an interactive zsh, presses tab, and prints the line that stands there then. */
const ZSH = `
zmodload zsh/zpty
read-until() {
  local seen= chunk=
  while [[ $seen != *$1* ]]; do zpty -r -t z chunk && seen+=$chunk || sleep 0.05; done
  REPLY=$seen
}
show-line() { }
zpty z zsh -f -i
zpty -w z "PS1=; unsetopt zle_bracketed_paste; autoload -U compinit; compinit -u -D; source '$1'"
zpty -w z 'show-line() { zle -I; print -r -- "<<$BUFFER>>" }; zle -N show-line'
zpty -w z 'bindkey "^I" complete-word; bindkey "^X" show-line; print RE""ADY'
read-until READY
zpty -w -n z "$2"$'\\t'$'\\C-x'
read-until '>>'
print -r -- "\${\${REPLY##*<<}%%>>*}"`;

describe.skipIf(!isInstalled('bash'))('the completion of bash (skipped where it is not installed)', () => {
  const words = async (line: string) =>
    (await run('bash', ['-c', BASH, 'bash', scriptOf('bash'), line])).split('\n').filter(Boolean);

  it('offers commands, values of options, and what follows the last colon of a model', async () => {
    expect(await words('orchestrate-bedrock models ret')).toEqual(['retire']);
    expect(await words('orchestrate-bedrock models show eu.amazon.nova-lite-v1:')).toEqual(['0']);
    expect(await words('orchestrate-bedrock models show eu.amazon.nova-m')).toEqual([MODELS[2]]);
  });
});

describe.skipIf(!isInstalled('zsh'))('the completion of zsh (skipped where it is not installed)', () => {
  const completed = async (line: string) =>
    (await run('zsh', ['-f', '-c', ZSH, 'zsh', scriptOf('zsh'), line])).trim();

  it.each([
    ['models ret', 'models retire'],
    ['models show eu.amazon.nova-m', `models show ${MODELS[2]}`],
    ['models show eu.amazon.nova-l', 'models show eu.amazon.nova-lite-v'],
    ['models move --to "eu.amazon.nova-m', `models move --to "${MODELS[2]}"`],
    ['config diff settings', 'config diff settings.yaml'],
  ])('completes %j', async (typed, expected) => {
    expect(await completed(`orchestrate-bedrock ${typed}`)).toBe(`orchestrate-bedrock ${expected}`);
  });
});

describe.skipIf(!isInstalled('fish'))('the completion of fish (skipped where it is not installed)', () => {
  const words = async (line: string) =>
    (await run('fish', ['--no-config', '-c', FISH, scriptOf('fish'), line])).split('\n').filter(Boolean);

  it('offers commands, values and options, and files only where there is nothing else', async () => {
    expect(await words('orchestrate-bedrock models ret')).toEqual(['retire']);
    expect(await words('orchestrate-bedrock models show eu.amazon.nova-l')).toEqual(MODELS.slice(0, 2));
    expect(await words('orchestrate-bedrock models show ')).toEqual(MODELS);
    expect(await words('orchestrate-bedrock models retire m --succ')).toEqual(['--successor']);
    expect(await words('orchestrate-bedrock config diff settings')).toEqual(['settings.yaml']);
  });
});
