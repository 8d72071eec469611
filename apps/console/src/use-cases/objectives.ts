/** Objectives, which decide the order of candidates. */
export const OBJECTIVES = {
  quality: { short: 'Quality', long: "Quality: the operator's own order" },
  cost: { short: 'Cost', long: 'Cost: what an exchange is expected to cost' },
  latency: { short: 'Latency', long: 'Latency: the measured time to the first word' },
} as const;
