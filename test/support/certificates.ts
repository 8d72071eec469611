import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate authority that nobody knows, and a server's certificate of it for localhost and 127.0.0.1. */
export interface Certificates {
  /** PEM file, for NODE_EXTRA_CA_CERTS. */
  caFile: string;
  server: { key: Buffer; cert: Buffer };
  remove(): void;
}

const EXTENSIONS = 'subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n';

/** Valid for a day. Needs `openssl` in PATH. */
export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'bedrock-tls-'));
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  writeFileSync(join(folder, 'extensions'), EXTENSIONS);
  openssl(
    'req',
    '-x509',
    ...newKey,
    '-days',
    '1',
    '-subj',
    '/CN=Test CA',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
  );
  openssl('req', ...newKey, '-subj', '/CN=localhost', '-keyout', 'server.key', '-out', 'server.csr');
  const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '1'];
  openssl('x509', '-req', '-in', 'server.csr', ...signing, '-extfile', 'extensions', '-out', 'server.pem');
  return {
    caFile: join(folder, 'ca.pem'),
    server: {
      key: readFileSync(join(folder, 'server.key')),
      cert: readFileSync(join(folder, 'server.pem')),
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
