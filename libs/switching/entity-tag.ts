/**
 * Changes whenever the effective model of a conversation may have changed, for whatever cause. One that nobody has
 * switched yet has no state of its own: `"0"` says that it was not there.
 */
export const conversationTag = (version: number, useCaseVersion: number, modelId: string): string =>
  version === 0 ? '"0"' : `"${version}-${useCaseVersion}-${modelId}"`;

export const useCaseTag = (version: number): string => `"${version}"`;
