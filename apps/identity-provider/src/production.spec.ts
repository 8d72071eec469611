import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkout } from '../../../scripts/embedded/checkout.js';

const read = (...path: string[]) => readFileSync(join(checkout, ...path), 'utf8');
const stages = new Map(
  read('docker', 'Dockerfile')
    .split(/^FROM /m)
    .map((stage) => [/ AS (\w+)/.exec(stage)?.[1] ?? '', stage]),
);

it('is not in the production image: only named programs are copied into it', () => {
  const production = stages.get('production')!;
  const copied = [...production.matchAll(/^COPY --from=build \S+ (dist\/apps\S*)/gm)].map(([, to]) => to);
  expect(copied.sort()).toEqual(
    ['api', 'worker', 'all-in-one', 'cli'].map((app) => `dist/apps/${app}`).sort(),
  );
  expect(production).toContain('npm ci --omit=dev');
  expect(stages.get('runtime')).toMatch(/^COPY --from=production \/app \.$/m);
  expect(stages.get('runtime')).not.toContain('--from=build');
});

it('is made of a package that production does not install', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json'));
  expect(Object.keys(devDependencies)).toContain('oidc-provider');
  expect(Object.keys(dependencies)).not.toContain('oidc-provider');
});
