/** Headers of the native operations that the model gets; everything else of the client stays here. */
const FOR_THE_MODEL = [
  'accept',
  'content-type',
  'x-amzn-bedrock-accept',
  'x-amzn-bedrock-trace',
  'x-amzn-bedrock-guardrailidentifier',
  'x-amzn-bedrock-guardrailversion',
  'x-amzn-bedrock-performanceconfig-latency',
  'x-amzn-bedrock-service-tier',
  'x-amzn-bedrock-request-metadata',
];

/** Returns the headers of a request that its model gets. */
export function modelHeadersOf(
  headers: Record<string, string | string[] | undefined>,
): Record<string, string> {
  const given = FOR_THE_MODEL.map((name) => [name, headers[name]] as const);
  return Object.fromEntries(
    given.filter((header): header is [string, string] => typeof header[1] === 'string'),
  );
}
