// Prints the bill of materials (CycloneDX) of what the image ships, the same for the same lock file.
import { execFileSync } from 'node:child_process';

/** What Dockerfile removes. */
const NOT_SHIPPED = ['typescript'];
const LOCK_ONLY = ['sbom', '--package-lock-only', '--omit=dev', '--sbom-format=cyclonedx'];
const printed = execFileSync('npm', LOCK_ONLY, { encoding: 'utf8', maxBuffer: 64 * 1024 ** 2 });
const { serialNumber: _random, metadata, components, dependencies, ...sbom } = JSON.parse(printed);
delete metadata.timestamp;
const isShipped = (reference) => !NOT_SHIPPED.some((name) => reference.startsWith(`${name}@`));
const shipped = {
  ...sbom,
  metadata,
  components: components.filter((component) => isShipped(component['bom-ref'])),
  dependencies: dependencies
    .filter(({ ref }) => isShipped(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(isShipped) })),
};
process.stdout.write(`${JSON.stringify(shipped, null, 2)}\n`);
