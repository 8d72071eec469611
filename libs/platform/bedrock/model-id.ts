/**
 * Kinds of ids that Bedrock invokes. `application_profile`: a resource of the account, whose destinations are unknown.
 * `other_profile`: routes outside the EU, or to a place that its id does not name.
 */
export type ModelIdKind = 'foundation_model' | 'eu_profile' | 'application_profile' | 'other_profile';

export interface ModelId {
  kind: ModelIdKind;
  /** AWS region that an ARN names; null: the region of the caller. */
  region: string | null;
}

const ARN = /^arn:[\w-]+:bedrock:([\w-]*):\d*:([\w-]+)\/(.+)$/;
/** `us.`, `jp.`, `us-gov.`, `apac.`, `global.`: no provider of models has a name of two letters. */
const PLACE = /^([a-z]{2}|[a-z]{2}-gov|apac|global)\./i;
/** Run in the region in which they are. */
const IN_ITS_REGION = ['provisioned-model', 'custom-model-deployment', 'imported-model'];
/** Characters of ids and ARNs; Bedrock takes no others. */
export const MODEL_ID = /^[A-Za-z0-9](?:[A-Za-z0-9._:/-]*[A-Za-z0-9])?$/;

/** Returns the kind of an id, regardless of its invocation setting. */
export function readModelId(id: string): ModelId {
  const [, region = '', resource = '', name = ''] = ARN.exec(id) ?? [];
  const at = region || null;
  if (resource === '')
    return { kind: id.startsWith('arn:') ? 'other_profile' : kindOfName(id), region: null };
  if (resource === 'application-inference-profile') return { kind: 'application_profile', region: at };
  if (resource === 'foundation-model' || resource === 'inference-profile')
    return { kind: kindOfName(name), region: at };
  return { kind: IN_ITS_REGION.includes(resource) ? 'foundation_model' : 'other_profile', region: at };
}

function kindOfName(name: string): ModelIdKind {
  if (name.startsWith('eu.')) return 'eu_profile';
  if (PLACE.test(name)) return 'other_profile';
  return name.includes('.') ? 'foundation_model' : 'application_profile';
}
