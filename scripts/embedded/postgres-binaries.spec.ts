import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { installedNative, restoreLinks, runnableBinaries } from './postgres-binaries.js';
import { serverAccount } from './server-account.js';

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'binaries-spec-'));
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

it('makes the library links that `npm ci --ignore-scripts` leaves out', () => {
  const native = join(scratch, 'native');
  mkdirSync(join(native, 'lib'), { recursive: true });
  writeFileSync(join(native, 'lib', 'libpq.so.5.18'), '');
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
  writeFileSync(join(native, 'pg-symlinks.json'), JSON.stringify(links));
  restoreLinks(native);
  restoreLinks(native);
  expect(readlinkSync(join(native, 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18');
});

it.runIf(process.getuid?.() === 0)(
  'copies binaries that the account of the server cannot reach',
  () => {
    // scratch is 0700, like root's home; home is where the account may go.
    const packaged = join(scratch, 'package', 'native');
    cpSync(dirname(installedNative()), dirname(packaged), { recursive: true, verbatimSymlinks: true });
    const links = JSON.parse(readFileSync(join(packaged, 'pg-symlinks.json'), 'utf8'));
    for (const { target } of links) rmSync(join(dirname(packaged), target), { force: true });
    const home = mkdtempSync(join(tmpdir(), 'binaries-home-'));
    chmodSync(home, 0o755);
    try {
      const binaries = runnableBinaries(home, serverAccount(join(home, 'cluster')), packaged);
      expect(binaries.startsWith(home)).toBe(true);
      for (const { target } of links) expect(existsSync(join(binaries, '..', '..', target))).toBe(true);
    } finally {
      rmSync(home, { recursive: true });
    }
  },
  15_000,
);
