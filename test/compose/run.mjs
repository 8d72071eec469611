// npm run test:compose: the composed stack from a clean checkout, where there is a Docker engine.
import { spawnSync } from 'node:child_process';

const answers = (...args) => spawnSync('docker', args, { stdio: 'ignore' }).status === 0;
if (!answers('info')) {
  console.log('No Docker engine answers (`docker info`): the composed stack was not tried.');
  process.exit(process.env.REQUIRE_DOCKER ? 1 : 0);
}
if (!answers('compose', 'version')) {
  console.log(
    'The Docker engine answers, but Compose v2 is missing (`docker compose version`): install its plugin.',
  );
  process.exit(1);
}
const args = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/compose/vitest.config.ts'];
process.exit(spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1);
