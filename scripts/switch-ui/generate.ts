import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { SWITCH_TEXTS } from '#libs/switch-texts/switch-texts.js';
import { bundleSwitchUi, sizeOf } from './bundle.js';
import { dartTexts } from './dart-texts.js';

/** Run by `npm run switch-ui` in the checkout. With `--check` it writes nothing and fails if it would. */
const check = process.argv.includes('--check');
const GENERATED = {
  'docs/switch-ui/model-switch.js': await bundleSwitchUi(),
  'clients/flutter/lib/custom_code/model_switch_texts.dart': dartTexts(SWITCH_TEXTS),
};
for (const [file, content] of Object.entries(GENERATED)) {
  const isCurrent = existsSync(file) && readFileSync(file, 'utf8') === content;
  if (!check) writeFileSync(file, content);
  if (check && !isCurrent) process.exitCode = 1;
  const advice = check && !isCurrent ? ' — is not what its sources make: npm run switch-ui' : '';
  console.log(`${file}: ${sizeOf(content)}${advice}`);
}
