import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withoutAwsAccount } from '../../../test/support/bedrock-emulator.js';
import { readPriceList } from './price-list.js';
import { PriceListService } from './price-list.service.js';

const HERE = 'eu-central-1';
const SINCE = '2026-11-01T00:00:00Z';

/** A product as GetProducts is documented to give it; written by hand, not recorded. */
const product = (
  model: string,
  inferenceType: string,
  usd: string,
  changes: { attributes?: object; unit?: string; more?: object } = {},
) =>
  JSON.stringify({
    product: {
      productFamily: 'Amazon Bedrock',
      attributes: {
        servicecode: 'AmazonBedrock',
        usagetype: `EUC1-${model.replaceAll(' ', '')}-${inferenceType}`,
        regionCode: HERE,
        provider: 'Amazon',
        feature: 'On-demand Inference',
        model,
        inferenceType,
        ...changes.attributes,
      },
      sku: 'ABCDEF',
    },
    serviceCode: 'AmazonBedrock',
    terms: {
      OnDemand: {
        'ABCDEF.JRTCKXETXF': {
          effectiveDate: SINCE,
          priceDimensions: {
            'ABCDEF.JRTCKXETXF.6YS6EN2CT7': {
              unit: changes.unit ?? '1K tokens',
              beginRange: '0',
              endRange: 'Inf',
              pricePerUnit: { USD: usd },
            },
            ...changes.more,
          },
        },
      },
    },
  });
const NOVA = [
  product('Nova Lite', 'Input tokens', '0.0000780000'),
  product('Nova Lite', 'Output tokens', '0.0003120000'),
];
const LISTED = {
  model: 'Nova Lite',
  inputPer1k: '0.0000780000',
  outputPer1k: '0.0003120000',
  cacheReadPer1k: null,
  cacheWritePer1k: null,
  validFrom: SINCE,
};

describe('the price list', () => {
  it('gives input and output price of a model, with their date', () => {
    expect(readPriceList(NOVA, HERE)).toEqual({ prices: [LISTED], unmatched: 0 });
  });

  it('gives cache prices where it has them', () => {
    const read = product('Nova Lite', 'Prompt cache read input tokens', '0.0000190000');
    expect(readPriceList([...NOVA, read], HERE).prices).toEqual([
      { ...LISTED, cacheReadPer1k: '0.0000190000' },
    ]);
  });

  it.each<[string, string]>([
    ['of batch inference', product('Nova Lite', 'Input tokens batch', '0.00004')],
    ['of a tier of its own', product('Nova Lite', 'Input tokens priority', '0.0001')],
    [
      'of another feature',
      product('Nova Lite', 'Input tokens', '0.1', { attributes: { feature: 'Model Customization' } }),
    ],
    [
      'of another region',
      product('Nova Lite', 'Input tokens', '0.1', { attributes: { regionCode: 'us-east-1' } }),
    ],
    ['by another unit', product('Nova Lite', 'Input tokens', '0.1', { unit: '1M tokens' })],
    [
      'in tiers of volume',
      product('Nova Lite', 'Input tokens', '0.1', {
        more: { x: { unit: '1K tokens', pricePerUnit: { USD: '0' } } },
      }),
    ],
    ['without a model', product('', 'Input tokens', '0.1')],
    ['that is no number', product('Nova Lite', 'Input tokens', 'free')],
    ['in another currency', product('Nova Lite', 'Input tokens', '0.1').replace('"USD"', '"CNY"')],
    ['in a shape nobody knows', '{"product":{}}'],
    ['that is no JSON', '<html>'],
  ])('counts a price %s and does not use it', (_, stranger) => {
    expect(readPriceList([stranger, ...NOVA], HERE)).toEqual({ prices: [LISTED], unmatched: 1 });
  });

  it('does not choose where it says a price twice, or half of one', () => {
    const twice = [...NOVA, product('Nova Lite', 'Input tokens', '0.1')];
    expect(readPriceList(twice, HERE)).toEqual({ prices: [], unmatched: 3 });
    expect(readPriceList([NOVA[0]!], HERE)).toEqual({ prices: [], unmatched: 1 });
  });
});

describe('reading it through the SDK', () => {
  let server: Server;
  let pages: ((token: string | undefined) => object)[] = [];
  const asked: { NextToken?: string; ServiceCode: string; Filters: object[] }[] = [];
  beforeEach(async () => {
    withoutAwsAccount();
    asked.length = 0;
    server = createServer(async (request, response) => {
      const body = (await json(request)) as (typeof asked)[number];
      asked.push(body);
      const page = pages[asked.length - 1] ?? pages.at(-1)!;
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify(page(body.NextToken)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    vi.stubEnv('AWS_ENDPOINT_URL_PRICING', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    server.close();
  });
  const withCredentials = () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'EXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'not-a-secret');
  };
  const list = new PriceListService({ AWS_REGION: HERE });

  it('turns all pages, of one service and one region', async () => {
    withCredentials();
    pages = [() => ({ PriceList: [NOVA[0]], NextToken: 'more' }), () => ({ PriceList: [NOVA[1]] })];
    expect(await list.read({ deadlineMs: 60_000 })).toEqual({ prices: [LISTED], unmatched: 0 });
    expect(asked.map(({ NextToken }) => NextToken)).toEqual([undefined, 'more']);
    expect(asked[0]).toMatchObject({
      ServiceCode: 'AmazonBedrock',
      Filters: [{ Type: 'TERM_MATCH', Field: 'regionCode', Value: HERE }],
    });
  });

  it('gives up where pages never end', async () => {
    withCredentials();
    pages = [() => ({ PriceList: [], NextToken: 'again' })];
    await expect(list.read({ deadlineMs: 60_000 })).rejects.toMatchObject({ awsName: 'TooManyPages' });
  });

  it('says so where there are no credentials', async () => {
    await expect(list.read({ deadlineMs: 60_000 })).rejects.toMatchObject({ kind: 'bad_credentials' });
    expect(asked).toEqual([]);
  });

  it('is not wanted beside an emulated Bedrock', () => {
    const env = { AWS_REGION: HERE, AWS_ENDPOINT_URL_BEDROCK: 'http://127.0.0.1:1' };
    expect([list.isWanted, new PriceListService(env).isWanted]).toEqual([true, false]);
  });
});
