import { invalid } from './aws-error.js';
import type { EmulatedModel, RefusedForm } from './models.js';

/** Parts of a request that some models refuse, whichever way they are sent. */
export interface RequestForm {
  temperature?: number | undefined;
  topP?: number | undefined;
  roles: ('user' | 'assistant')[];
  guardrail?: boolean;
}

const MESSAGES: Record<RefusedForm, string> = {
  temperature: '`temperature` is deprecated for this model.',
  topP: '`top_p` is deprecated for this model.',
  temperatureWithTopP:
    '`temperature` and `top_p` cannot both be specified for this model. Please use only one.',
  guardrail: 'The model does not support guardrails.',
  assistantPrefill:
    'This model does not support assistant message prefill. The conversation must end with a user message.',
};

const APPLIES: Record<RefusedForm, (form: RequestForm) => boolean> = {
  temperature: ({ temperature }) => temperature !== undefined,
  topP: ({ topP }) => topP !== undefined,
  temperatureWithTopP: ({ temperature, topP }) => temperature !== undefined && topP !== undefined,
  guardrail: ({ guardrail }) => guardrail === true,
  assistantPrefill: ({ roles }) => roles.at(-1) === 'assistant',
};

/** Refuses what the model itself refuses. @throws AwsError */
export function assertFormTaken({ refuses }: EmulatedModel, form: RequestForm): void {
  const refused = refuses?.find((name) => APPLIES[name](form));
  if (refused) throw invalid(`The model returned the following errors: ${MESSAGES[refused]}`);
}

/** Refuses what Converse refuses of every model. @throws AwsError */
export function assertAlternating(roles: RequestForm['roles']): void {
  if (roles.some((role, at) => role === roles[at - 1]))
    throw invalid(
      'A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again.',
    );
}
