/** Changes whenever the effective model of a conversation may have changed, for whatever cause. */
export const conversationTag = (version: number, useCaseVersion: number, modelId: string): string =>
  `"${version}-${useCaseVersion}-${modelId}"`;

export const useCaseTag = (version: number): string => `"${version}"`;
