import type { IncomingHttpHeaders } from 'node:http';
import { ConverseRequest, parsed } from './converse-request.js';

type Processing = Pick<ConverseRequest, 'guardrailConfig' | 'serviceTier' | 'performanceConfig'>;

const GUARDRAIL = 'x-amzn-bedrock-guardrailidentifier';
const TIER = 'x-amzn-bedrock-service-tier';
const LATENCY = 'x-amzn-bedrock-performanceconfig-latency';

/** Reads what InvokeModel has in headers and Converse in its body. @throws AwsError */
export function processingIn(headers: IncomingHttpHeaders): Processing {
  const { [GUARDRAIL]: guardrailIdentifier, [TIER]: type, [LATENCY]: latency } = headers;
  const { guardrailConfig, serviceTier, performanceConfig } = parsed(ConverseRequest, {
    ...(guardrailIdentifier && {
      guardrailConfig: {
        guardrailIdentifier,
        guardrailVersion: headers['x-amzn-bedrock-guardrailversion'],
      },
    }),
    ...(type && { serviceTier: { type } }),
    ...(latency && { performanceConfig: { latency } }),
  });
  return { guardrailConfig, serviceTier, performanceConfig };
}

/** Returns the headers with which InvokeModel says how a request was processed. */
export const processingHeaders = ({
  serviceTier,
  performanceConfig,
}: Omit<Processing, 'guardrailConfig'>): Record<string, string> => ({
  ...(serviceTier && { [TIER]: serviceTier.type }),
  ...(performanceConfig?.latency && { [LATENCY]: performanceConfig.latency }),
});
