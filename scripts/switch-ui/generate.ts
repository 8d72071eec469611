import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { bundleSwitchUi, sizeOf } from './bundle.js';

/** Run by `npm run switch-ui` in the checkout. With `--check` it writes nothing and fails if it would. */
const check = process.argv.includes('--check');
const file = 'docs/switch-ui/model-switch.js';
const code = await bundleSwitchUi();
const current = existsSync(file) && readFileSync(file, 'utf8') === code;
if (!check) writeFileSync(file, code);
if (check && !current) process.exitCode = 1;
console.log(
  `${file}: ${sizeOf(code)}${check && !current ? ' — is not what libs/switch-ui makes: npm run switch-ui' : ''}`,
);
