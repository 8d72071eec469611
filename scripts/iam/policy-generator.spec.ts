import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { generatePolicies } from './policy-generator.js';
import { seededModels } from './seeded-models.js';

const COMMITTED = join(import.meta.dirname, '../../iam');
const ACCESS_POLICY = 'bedrock-models-access.least-privilege.json';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'iam-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const printed = (...args: string[]) => generatePolicies(['--print', ACCESS_POLICY, ...args], folder).text;

it('finds the committed policies up to date', () => {
  expect(generatePolicies(['--check'], COMMITTED)).toEqual({ failed: false, text: '' });
});

it('writes what it then finds up to date, and names the file that was edited by hand', () => {
  expect(generatePolicies(['--check'], folder).failed).toBe(true);
  expect(generatePolicies([], folder).text).toMatch(/^Written: /);
  expect(readdirSync(folder)).toHaveLength(3);
  expect(generatePolicies([], folder).text).toBe('Up to date.\n');

  const path = join(folder, ACCESS_POLICY);
  writeFileSync(path, readFileSync(path, 'utf8').replace('eu-west-1', 'us-east-1'));
  expect(generatePolicies(['--check'], folder)).toEqual({
    failed: true,
    text: `Not what the catalogue makes: ${ACCESS_POLICY}; run \`npm run iam:generate\` and commit the result.\n`,
  });
});

it('writes the policy into the template for Fargate, and into nothing else of it', () => {
  const policies = join(folder, 'iam');
  const template = join(folder, 'aws', 'fargate.yaml');
  for (const path of [policies, join(folder, 'aws')]) mkdirSync(path);
  const committed = readFileSync(join(COMMITTED, '../aws/fargate.yaml'), 'utf8');
  writeFileSync(template, committed.replace('bedrock:GetInferenceProfile', 'bedrock:*'));
  expect(generatePolicies(['--check'], policies).text).toContain('../aws/fargate.yaml');
  generatePolicies([], policies);
  expect(readFileSync(template, 'utf8')).toBe(committed);
  writeFileSync(template, committed.replace('# Made by', '# Was made by'));
  expect(() => generatePolicies([], policies)).toThrow('has lost the comments');
});

it('prints a policy for the models and regions of a deployment, without the price list', () => {
  const model = {
    model_id: 'eu.example.new-v1:0',
    foundation_model_id: 'example.new-v1:0',
    invoke_with: 'inference_profile',
    destination_regions: ['eu-west-1', 'eu-west-3'],
    is_available: true,
  };
  const outside = { ...model, model_id: 'eu.example.far-v1:0', destination_regions: ['eu-south-1'] };
  const direct = {
    ...model,
    model_id: 'example.direct-v1:0',
    foundation_model_id: 'example.direct-v1:0',
    invoke_with: 'foundation_model',
  };
  const file = join(folder, 'models.json');
  writeFileSync(file, JSON.stringify([model, outside, direct]));
  const text = printed(
    ...['--models', file, '--region', 'eu-west-1', '--allowed-regions', 'eu-west-1,eu-west-3'],
    '--without-price-list',
  );
  expect(text).toContain('arn:aws:bedrock:eu-west-3::foundation-model/example.new-v1:0');
  expect(text).toContain('arn:aws:bedrock:eu-west-1::foundation-model/example.direct-v1:0');
  expect(text).not.toMatch(/eu-central-1|example\.far|pricing/);
});

it('refuses to keep what is not the default, and a model list that IAM would not take', () => {
  expect(() => generatePolicies(['--region', 'eu-west-1'], folder)).toThrow('add --print NAME');
  expect(() => generatePolicies(['--print', 'other.json'], folder)).toThrow('There is no other.json');
  expect(() => printed('--region', 'us-east-1')).toThrow('must contain AWS_REGION');

  const [model] = seededModels();
  const many = Array.from({ length: 20 }, (_, i) => ({ ...model, model_id: `eu.example.model-${i}` }));
  writeFileSync(join(folder, 'many.json'), JSON.stringify(many));
  expect(() => printed('--models', join(folder, 'many.json'))).toThrow(/IAM takes 10240 inline/);
});
