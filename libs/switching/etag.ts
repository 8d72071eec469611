/** Neither a quote nor a comma nor anything that a header cannot hold: SQL may have stored any id. */
const UNFIT = /[^\x21\x23\x24\x26-\x2b\x2d-\x7e]/gu;

/**
 * Changes whenever the effective model of a conversation may have changed, for whatever cause. One that nobody has
 * switched yet has no state of its own: `"0"` says that it was not there.
 */
export const conversationTag = (version: number, useCaseVersion: number, modelId: string): string =>
  version === 0 ? '"0"' : `"${version}-${useCaseVersion}-${modelId.replace(UNFIT, encodeURIComponent)}"`;

export const useCaseTag = (version: number): string => `"${version}"`;
