import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeApiServer, silence, status } from './testing/fake-api-server.js';

const service = new FakeApiServer();
beforeAll(() => service.start());
afterAll(() => service.stop());

async function wordsAfter(line: string, ...replies: Parameters<typeof service.reply>) {
  service.reply(...replies);
  const { exitCode, out, err } = await service.run(['__complete', '--', ...line.split(' ')]);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  return out.split('\n').filter((word) => word !== '');
}

const models = status(200, {
  items: [{ id: 'eu.a:0' }, { id: 'eu.b:0' }, { id: 'us.c:0' }],
  nextCursor: null,
});
const useCases = status(200, { items: [{ name: 'clinical' }, { name: 'health' }], nextCursor: null });

describe('words', () => {
  it('are the commands, without old and hidden names', async () => {
    expect(await wordsAfter('mode')).toEqual(['models']);
    expect(await wordsAfter('models r')).toEqual(['retire']);
    expect(await wordsAfter('hist')).toEqual([]);
    expect(await wordsAfter('__')).toEqual([]);
  });

  it('are the options of a command and those of all', async () => {
    expect(await wordsAfter('models retire m --')).toEqual(
      expect.arrayContaining(['--successor', '--dry-run', '--yes', '--output', '--profile', '--help']),
    );
    expect(await wordsAfter('switches --action ')).toEqual([
      'manual_switch',
      'auto_switch',
      'fallback_switch',
    ]);
    expect(await wordsAfter('switches -o y')).toEqual(['yaml']);
  });

  it.each([
    ['switch eu.', models, ['eu.a:0', 'eu.b:0']],
    ['models show u', models, ['us.c:0']],
    ['use-cases switch health eu.b', models, ['eu.b:0']],
    ['models retire eu.a:0 --successor eu.b', models, ['eu.b:0']],
    ['-o json use-cases show ', useCases, ['clinical', 'health']],
    ['use-case h', useCases, ['health']],
    ['auto-switch c', useCases, ['clinical']],
    ['usage --use-case c', useCases, ['clinical']],
  ])('after %j come from the service', async (line, reply, expected) => {
    expect(await wordsAfter(line, reply)).toEqual(expected);
    expect(service.received).toHaveLength(1);
  });

  it('are none, without an error, where the service refuses, is silent or has no key', async () => {
    expect(await wordsAfter('switch ', status(403, { detail: 'no' }))).toEqual([]);
    expect(await wordsAfter('switch ', silence)).toEqual([]);
    service.reply();
    const env = { SUPABASE_SERVICE_KEY: undefined };
    expect(await service.run(['__complete', '--', 'switch', ''], { env })).toEqual({
      exitCode: 0,
      out: '',
      err: '',
    });
  });
});

const isInstalled = (shell: string) => {
  try {
    execFileSync(shell, ['-c', 'exit 0'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

describe.each(['bash', 'zsh', 'fish'])('the script for %s', (shell) => {
  it('calls the program with the typed words', async () => {
    const { exitCode, out } = await service.run(['completion', shell]);
    expect(exitCode).toBe(0);
    expect(out).toContain('__complete -- ');
    expect(out).toContain('2>/dev/null');
  });

  it.skipIf(!isInstalled(shell))('is valid', async () => {
    const { out } = await service.run(['completion', shell]);
    const check = shell === 'fish' ? '--no-execute' : '-n';
    expect(() => execFileSync(shell, [check, '-c', out])).not.toThrow();
  });
});

it('completes a model id with colons in bash', async () => {
  const { out } = await service.run(['completion', 'bash']);
  const program =
    'fake() { [ "$*" = "__complete -- switch eu.amazon.nova-lite-v1:" ] && echo eu.amazon.nova-lite-v1:0; }';
  const line = 'fake switch eu.amazon.nova-lite-v1:';
  const script = `${out}\n${program}\nCOMP_LINE='${line}' COMP_POINT=${line.length}\n_orchestrate_bedrock\necho "\${COMPREPLY[@]}"`;
  expect(execFileSync('bash', ['-c', script]).toString()).toBe('0\n');
});
