import { AwsError, invalid } from './aws-error.js';

/** Guardrails of the emulated account, by id: their versions. */
const GUARDRAILS: Record<string, string[]> = { emulated0001: ['DRAFT', '1', '2'] };

export interface GuardrailConfig {
  guardrailIdentifier?: string | undefined;
  guardrailVersion?: string | undefined;
}

const exists = (idOrArn: string, version: string): boolean =>
  GUARDRAILS[idOrArn.replace(/^arn:.*:guardrail\//, '')]?.includes(version) === true;

/** Returns the guardrail that a body names; undefined: none. */
export const guardrailIn = (body: unknown): string | undefined =>
  (body as { guardrailConfig?: GuardrailConfig } | undefined)?.guardrailConfig?.guardrailIdentifier;

/** @throws AwsError where Bedrock would refuse the guardrail of a call */
export function assertGuardrail(config: GuardrailConfig | undefined): void {
  if (!config) return;
  const { guardrailIdentifier = '', guardrailVersion = '' } = config;
  if (!exists(guardrailIdentifier, guardrailVersion))
    throw invalid('The guardrail identifier or version provided in the request does not exist.');
}

/** Answers GetGuardrail. @throws AwsError */
export function guardrailView(id: string, version: string): unknown {
  if (!exists(id, version))
    throw new AwsError('ResourceNotFoundException', {
      message: `The guardrail ${id} in version ${version} does not exist.`,
    });
  return { guardrailId: id, version, name: 'emulated', status: 'READY' };
}
