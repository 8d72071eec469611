import type { PricingClient } from '@aws-sdk/client-pricing';
import type { BedrockSettings } from './bedrock-clients.js';
import { BedrockError } from './bedrock-error.js';
import { type CallLimits, guarded } from './call-deadline.js';
import { type ListedPrice, readPriceList, SERVICES } from './price-list.js';

/** The Price List has few endpoints, and this one has the prices of all regions. */
const ENDPOINT_REGION = 'us-east-1';
const PAGE_SIZE = 100;
const MAX_PAGES = 30;

/**
 * Reads the AWS Price List. Needs credentials with `pricing:GetProducts`; see `price-list.ts` for the rows that it
 * uses.
 */
export class PriceListService {
  constructor(private readonly settings: BedrockSettings) {}

  /** False with a custom endpoint: real prices would not apply to an emulator. */
  get isWanted(): boolean {
    return this.settings.AWS_ENDPOINT_URL_BEDROCK === undefined;
  }

  /** Reads all pages of both services within one deadline, or throws. @throws BedrockError */
  async read(limits: CallLimits): Promise<{ prices: ListedPrice[]; unmatched: number }> {
    // Imported here, because only one worker needs it once a day.
    const { PricingClient } = await import('@aws-sdk/client-pricing');
    const client = new PricingClient({ region: ENDPOINT_REGION, maxAttempts: 2 });
    try {
      const products = await guarded(null, limits, (signal) =>
        Promise.all(SERVICES.map((service) => this.allPages(client, service, signal))),
      );
      return readPriceList(products.flat(), this.settings.AWS_REGION);
    } finally {
      client.destroy();
    }
  }

  private async allPages(
    client: PricingClient,
    service: string,
    abortSignal: AbortSignal,
  ): Promise<string[]> {
    const { GetProductsCommand } = await import('@aws-sdk/client-pricing');
    const products: string[] = [];
    let nextToken: string | undefined;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const command = new GetProductsCommand({
        ServiceCode: service,
        FormatVersion: 'aws_v1',
        Filters: [{ Type: 'TERM_MATCH', Field: 'regionCode', Value: this.settings.AWS_REGION }],
        MaxResults: PAGE_SIZE,
        NextToken: nextToken,
      });
      const answer = await client.send(command, { abortSignal });
      products.push(...(answer.PriceList ?? []).map(String));
      nextToken = answer.NextToken;
      if (!nextToken) return products;
    }
    throw new BedrockError(`The price list of ${service} did not end within ${MAX_PAGES} pages.`, {
      kind: 'unavailable',
      awsName: 'TooManyPages',
      modelId: null,
      textShown: false,
    });
  }
}
