import type { CacheTtl, Prompt } from './prompt.js';

/** Tokens of a prompt by how they are charged. */
export interface InputTokens {
  /** Neither read from the cache nor written to it. */
  inputTokens: number;
  cacheRead: number;
  cacheWrite: number;
  /** Tokens written, by their time to live; absent: the request has no cache point. */
  written?: { ttl: CacheTtl; inputTokens: number }[];
}

const TTL_MS: Record<CacheTtl, number> = { '5m': 300_000, '1h': 3_600_000 };

/** Beginnings of prompts that models have seen, of any length: Bedrock has a minimum of some thousand tokens. */
export class PromptCache {
  /** Times at which they expire, by model and beginning. */
  private readonly expiries = new Map<string, number>();

  constructor(private readonly now: () => Date) {}

  clear(): void {
    this.expiries.clear();
  }

  /** Reads the longest beginning that is cached, and writes the rest up to the last cache point. */
  use(modelId: string, { tokens, prefixes }: Prompt): InputTokens {
    if (prefixes.length === 0) return { inputTokens: tokens, cacheRead: 0, cacheWrite: 0 };
    this.removeExpired();
    const keys = prefixes.map(({ key }) => `${modelId} ${key}`);
    const last = keys.findLastIndex((key) => this.expiries.has(key));
    const cacheRead = prefixes[last]?.tokens ?? 0;
    for (const [at, { ttl }] of prefixes.entries())
      this.expiries.set(keys[at]!, this.now().getTime() + TTL_MS[ttl]);
    const written = (['5m', '1h'] as const).map((ttl) => ({
      ttl,
      inputTokens: prefixes.reduce(
        (sum, prefix, at) =>
          at > last && prefix.ttl === ttl ? sum + prefix.tokens - (prefixes[at - 1]?.tokens ?? 0) : sum,
        0,
      ),
    }));
    const cacheWrite = prefixes.at(-1)!.tokens - cacheRead;
    return {
      inputTokens: tokens - cacheRead - cacheWrite,
      cacheRead,
      cacheWrite,
      written: written.filter(({ inputTokens }) => inputTokens > 0),
    };
  }

  private removeExpired(): void {
    const now = this.now().getTime();
    for (const [key, expiry] of this.expiries) if (expiry <= now) this.expiries.delete(key);
  }
}
