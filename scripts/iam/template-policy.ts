import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** From the folder of the policies. */
const TEMPLATE = '../aws/fargate.yaml';
const POLICY = 'bedrock-models-access.least-privilege.json';
const BLOCK =
  /(# Made by `npm run iam:generate`.*\n( *)PolicyDocument:\n)[\s\S]*?(\n *# End of what is made)/;

/**
 * Returns the CloudFormation template with the policy in place of the one that it has, by its path from the folder of the
 * policies; nothing where there is no template.
 * @throws Error if the template has no place for it
 */
export function templateWithPolicy(files: Record<string, string>, folder: string): Record<string, string> {
  const path = join(folder, TEMPLATE);
  if (!existsSync(path)) return {};
  const template = readFileSync(path, 'utf8');
  if (!BLOCK.test(template))
    throw new Error(`${TEMPLATE} has lost the comments around the policy of the task role.`);
  const text = template.replace(BLOCK, (_, before: string, indent: string, after: string) => {
    const lines = files[POLICY]!.trimEnd().split('\n');
    return before + lines.map((line) => `${indent}  ${line}`).join('\n') + after;
  });
  return { [TEMPLATE]: text };
}
