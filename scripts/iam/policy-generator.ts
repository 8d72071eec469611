import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadEnv } from '#libs/platform/config/env.js';
import { policyFiles } from './policies.js';
import { type CataloguedModel, CataloguedModelsSchema, seededModels } from './seeded-models.js';
import type { Reach } from './statements.js';
import { templateWithPolicy } from './template-policy.js';

const USAGE = `Makes the policies in iam/, and the one in aws/fargate.yaml, from the seeded catalogue and the default regions.

  npm run iam:generate                   writes them
  npm run iam:generate -- --check        fails when a file differs
  npm run iam:generate -- --print NAME   prints one instead, for other models or regions:

  --models FILE            rows of bedrock_models as a JSON array; /dev/stdin reads standard input
  --region REGION          where the service calls Bedrock, as AWS_REGION
  --allowed-regions LIST   where a prompt may be routed, as ALLOWED_REGIONS
  --without-price-list     leaves pricing:GetProducts out
`;

const OPTIONS = {
  check: { type: 'boolean' },
  print: { type: 'string' },
  models: { type: 'string' },
  region: { type: 'string' },
  'allowed-regions': { type: 'string' },
  'without-price-list': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Options = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

/** Output of the generator, and whether it failed. */
export interface Outcome {
  failed: boolean;
  text: string;
}

/**
 * @param folder folder of the policies
 * @throws Error that names an invalid argument
 */
export function generatePolicies(args: string[], folder: string): Outcome {
  const options = parseArgs({ args, options: OPTIONS }).values;
  if (options.help) return { failed: false, text: USAGE };
  const files = policyTexts(options);
  if (options.print !== undefined) return { failed: false, text: oneOf(files, options.print) };
  if (Object.keys(options).some((name) => name !== 'check'))
    throw new Error('What differs from the defaults is printed, not kept: add --print NAME.');
  const wanted = { ...files, ...templateWithPolicy(files, folder) };
  const changed = Object.keys(wanted).filter((name) => contentOf(join(folder, name)) !== wanted[name]);
  if (options.check) return verdictOn(changed);
  for (const name of changed) writeFileSync(join(folder, name), wanted[name]!);
  return {
    failed: false,
    text: changed.length === 0 ? 'Up to date.\n' : `Written: ${changed.join(', ')}\n`,
  };
}

/** @returns the text of every file by its name */
function policyTexts(options: Options): Record<string, string> {
  const policies = Object.entries(policyFiles(modelsOf(options), reachOf(options)));
  const isKept = ({ Sid }: { Sid: string }) => Sid !== 'OptionalPriceList' || !options['without-price-list'];
  return Object.fromEntries(
    policies.map(([name, policy]) => {
      const kept = { ...policy, Statement: policy.Statement.filter(isKept) };
      return [name, `${JSON.stringify(kept, null, 2)}\n`];
    }),
  );
}

function modelsOf({ models }: Options): CataloguedModel[] {
  if (models === undefined) return seededModels();
  return CataloguedModelsSchema.parse(JSON.parse(readFileSync(models, 'utf8')));
}

/** Uses the defaults of the service itself, so that policy and service have the same regions. */
function reachOf(options: Options): Reach {
  const { AWS_REGION, ALLOWED_REGIONS } = loadEnv({
    DATABASE_URL: 'postgres://unused@unused/unused',
    REDIS_URL: 'redis://unused',
    AWS_REGION: options.region ?? '',
    ALLOWED_REGIONS: options['allowed-regions'] ?? '',
  });
  return { region: AWS_REGION, allowedRegions: ALLOWED_REGIONS };
}

function oneOf(files: Record<string, string>, name: string): string {
  const text = files[name];
  if (text === undefined) throw new Error(`There is no ${name}; there are ${Object.keys(files).join(', ')}.`);
  return text;
}

function verdictOn(changed: string[]): Outcome {
  if (changed.length === 0) return { failed: false, text: '' };
  const advice = 'run `npm run iam:generate` and commit the result.';
  return { failed: true, text: `Not what the catalogue makes: ${changed.join(', ')}; ${advice}\n` };
}

const contentOf = (path: string): string | undefined =>
  existsSync(path) ? readFileSync(path, 'utf8') : undefined;
