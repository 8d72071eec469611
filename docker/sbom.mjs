// Prints the bill of materials (CycloneDX) of what the image ships, the same for the same lock file.
import { execFileSync } from 'node:child_process';

const LOCK_ONLY = ['sbom', '--package-lock-only', '--omit=dev', '--sbom-format=cyclonedx'];
const printed = execFileSync('npm', LOCK_ONLY, { encoding: 'utf8', maxBuffer: 64 * 1024 ** 2 });
const { serialNumber: _random, metadata, ...shipped } = JSON.parse(printed);
delete metadata.timestamp;
process.stdout.write(`${JSON.stringify({ metadata, ...shipped }, null, 2)}\n`);
