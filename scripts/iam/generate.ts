import { generatePolicies } from './policy-generator.js';

/** `npm run iam:generate`; npm runs it in the checkout. */
try {
  const { failed, text } = generatePolicies(process.argv.slice(2), 'iam');
  (failed ? process.stderr : process.stdout).write(text);
  process.exitCode = failed ? 1 : 0;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
