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
/** A product of the marketplace, by public copies of the list. */
const marketplaceProduct = (usage: string, usd: string, dimension: object = { unit: '1M tokens' }) =>
  JSON.stringify({
    product: {
      productFamily: 'Amazon Bedrock',
      attributes: {
        servicecode: 'AmazonBedrockFoundationModels',
        servicename: 'Claude Opus 4.7 (Amazon Bedrock Edition)',
        usagetype: `EUC1-MP:EUC1_${usage}-Units`,
        regionCode: HERE,
        operation: 'Usage',
      },
      sku: 'CLAUDE',
    },
    serviceCode: 'AmazonBedrockFoundationModels',
    terms: {
      OnDemand: {
        'CLAUDE.JRTCKXETXF': {
          effectiveDate: SINCE,
          priceDimensions: { 'CLAUDE.JRTCKXETXF.6YS6EN2CT7': { ...dimension, pricePerUnit: { USD: usd } } },
        },
      },
    },
  });
const OPUS = [
  marketplaceProduct('input_tokens_standard', '5.5000000000'),
  marketplaceProduct('output_tokens_standard', '27.5000000000'),
];
const LISTED_OPUS = {
  model: 'Claude Opus 4.7',
  inputPer1k: '0.0055',
  outputPer1k: '0.0275',
  cacheReadPer1k: null,
  cacheWritePer1k: null,
  cacheWrite1hPer1k: null,
  serviceTiers: {},
  longContext: null,
  validFrom: SINCE,
};
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
  cacheWrite1hPer1k: null,
  serviceTiers: {},
  longContext: null,
  validFrom: SINCE,
};

const withTerms = (OnDemand: object) => JSON.stringify({ ...JSON.parse(NOVA[0]!), terms: { OnDemand } });

describe('the price list', () => {
  it('gives input and output price of a model, with their date', () => {
    expect(readPriceList(NOVA, HERE)).toEqual({ prices: [LISTED], unmatched: 0 });
  });

  it('gives cache prices where it has them', () => {
    const read = product('Nova Lite', 'Prompt cache read input tokens', '0.0000190000');
    const write = product('Nova Lite', 'Prompt cache write input tokens', '0');
    expect(readPriceList([...NOVA, read, write], HERE).prices).toEqual([
      { ...LISTED, cacheReadPer1k: '0.0000190000', cacheWritePer1k: '0' },
    ]);
  });

  it('gives the prices of tiers, also where one of them lacks a kind of token', () => {
    const tiers = [
      product('Nova Lite', 'Input tokens flex', '0.0000390000'),
      product('Nova Lite', 'Output tokens flex', '0.0001560000'),
      product('Nova Lite', 'Prompt cache read input tokens flex', '0.0000100000'),
      product('Nova Lite', 'Prompt cache write input tokens flex', '0'),
      product('Nova Lite', 'Input tokens priority', '0.0001365000'),
    ];
    const flex = { inputPer1k: '0.000039', outputPer1k: '0.000156' };
    expect(readPriceList([...NOVA, ...tiers], HERE)).toEqual({
      prices: [
        {
          ...LISTED,
          serviceTiers: {
            flex: { ...flex, cacheReadPer1k: '0.00001', cacheWritePer1k: '0' },
            priority: { inputPer1k: '0.0001365' },
          },
        },
      ],
      unmatched: 0,
    });
  });

  it('gives no price of a tier that it says twice, and all the others', () => {
    const twice = ['0.01', '0.02'].map((usd) => product('Nova Lite', 'Input tokens flex', usd));
    const output = product('Nova Lite', 'Output tokens flex', '0.03');
    expect(readPriceList([...NOVA, ...twice, output], HERE)).toEqual({
      prices: [{ ...LISTED, serviceTiers: { flex: { outputPer1k: '0.03' } } }],
      unmatched: 2,
    });
  });

  it('gives no tier of a model whose base price it does not have', () => {
    const flex = product('Nova Lite', 'Input tokens flex', '0.01');
    expect(readPriceList([NOVA[0]!, flex], HERE)).toEqual({ prices: [], unmatched: 2 });
  });

  it('knows a kind of token with spaces around its name', () => {
    const input = product('Nova Lite', ' Input tokens ', '0.0000780000');
    expect(readPriceList([input, NOVA[1]!], HERE).prices).toEqual([LISTED]);
  });

  it('has the latest date of the prices of a model', () => {
    const since = (text: string, date: string) => text.replace(SINCE, date);
    const latest = '2026-11-03T00:00:00Z';
    const read = product('Nova Lite', 'Prompt cache read input tokens', '0.1');
    const products = [since(NOVA[0]!, latest), NOVA[1]!, since(read, '2026-11-02T00:00:00Z')];
    expect(readPriceList(products, HERE).prices).toMatchObject([{ validFrom: latest }]);
  });

  it.each<[string, string]>([
    ['of batch inference', product('Nova Lite', 'Input tokens batch', '0.00004')],
    ['of a tier that nobody knows', product('Nova Lite', 'Input tokens turbo', '0.0001')],
    ['of optimized latency', product('Nova Lite', 'Input tokens latency optimized', '0.0001')],
    ['of the tier of a global profile', product('Nova Lite', 'Input tokens global flex', '0.0001')],
    [
      'of another feature',
      product('Nova Lite', 'Input tokens', '0.1', { attributes: { feature: 'Model Customization' } }),
    ],
    [
      'of another region',
      product('Nova Lite', 'Input tokens', '0.1', { attributes: { regionCode: 'us-east-1' } }),
    ],
    [
      'of a feature of a similar name',
      product('Nova Lite', 'Input tokens', '0.1', { attributes: { feature: 'Not On-demand Inference' } }),
    ],
    [
      'of a part of the feature',
      product('Nova Lite', 'Input tokens', '0.1', { attributes: { feature: 'On-demand Inference Batch' } }),
    ],
    ...['image', '11K tokens', '1K tokens per hour', '11M tokens', '1M tokens per hour'].map(
      (unit): [string, string] => [`per ${unit}`, product('Nova Lite', 'Input tokens', '0.1', { unit })],
    ),
    ['without a term', withTerms({})],
    ['without a price in its term', withTerms({ x: { effectiveDate: SINCE, priceDimensions: {} } })],
    [
      'in tiers of volume',
      product('Nova Lite', 'Input tokens', '0.1', {
        more: { x: { unit: '1K tokens', pricePerUnit: { USD: '0' } } },
      }),
    ],
    ['without a model', product('', 'Input tokens', '0.1')],
    ['that is no number', product('Nova Lite', 'Input tokens', 'free')],
    ['below 0', product('Nova Lite', 'Input tokens', '-0.1')],
    ['with its currency', product('Nova Lite', 'Input tokens', '0.1 USD')],
    ['in another currency', product('Nova Lite', 'Input tokens', '0.1').replace('"USD"', '"CNY"')],
    ['in a shape nobody knows', '{"product":{}}'],
    ['that is no JSON', '<html>'],
  ])('counts a price %s and does not use it', (_, stranger) => {
    expect(readPriceList([stranger, ...NOVA], HERE)).toEqual({ prices: [LISTED], unmatched: 1 });
  });

  it('does not choose where it says a price twice, or half of one', () => {
    const twice = [...NOVA, product('Nova Lite', 'Input tokens', '0.1')];
    expect(readPriceList(twice, HERE)).toEqual({ prices: [], unmatched: 3 });
    for (const half of NOVA) expect(readPriceList([half], HERE)).toEqual({ prices: [], unmatched: 1 });
  });
});

describe('the list of the marketplace', () => {
  it('gives the prices of Claude, per 1,000 tokens, under its name', () => {
    const cache = [
      marketplaceProduct('cache_read_tokens_standard', '0.55'),
      marketplaceProduct('cache_write_tokens_standard', '6.875'),
    ];
    expect(readPriceList([...OPUS, ...cache], HERE)).toEqual({
      prices: [{ ...LISTED_OPUS, cacheReadPer1k: '0.00055', cacheWritePer1k: '0.006875' }],
      unmatched: 0,
    });
  });

  it('gives them by their older names, also where only words say that they are per million', () => {
    const words = {
      unit: 'Units',
      description: 'AWS Marketplace software usage|eu-central-1|Million Input Tokens',
    };
    const old = [
      marketplaceProduct('InputTokenCount', '5.5', words),
      marketplaceProduct('OutputTokenCount', '27.5', words),
      marketplaceProduct('CacheReadInputTokenCount', '0.55', words),
      marketplaceProduct('CacheWriteInputTokenCount', '6.875', words),
    ];
    expect(readPriceList(old, HERE).prices).toEqual([
      { ...LISTED_OPUS, cacheReadPer1k: '0.00055', cacheWritePer1k: '0.006875' },
    ]);
  });

  it.each([
    [
      'newer',
      'cache_write_tokens_1h_standard',
      'input_tokens_long_ctx_standard',
      'cache_write_tokens_1h_long_ctx_standard',
    ],
    ['older', 'CacheWrite1hInputTokenCount', 'InputTokenCount_LCtx', 'CacheWrite1hInputTokenCount_LCtx'],
  ])('gives prices of an hour and of a long context, by their %s names', (_, hour, long, hourOfLong) => {
    const beside = [
      marketplaceProduct(hour, '11.0000000000'),
      marketplaceProduct(long, '11'),
      marketplaceProduct(hourOfLong, '22'),
    ];
    expect(readPriceList([...OPUS, ...beside], HERE)).toEqual({
      prices: [
        {
          ...LISTED_OPUS,
          cacheWrite1hPer1k: '0.011',
          longContext: { inputPer1k: '0.011', cacheWrite1hPer1k: '0.022' },
        },
      ],
      unmatched: 0,
    });
  });

  it('gives the prices of tiers', () => {
    const tiers = [
      marketplaceProduct('output_tokens_flex', '13.75'),
      marketplaceProduct('cache_write_tokens_1h_priority', '19.25'),
    ];
    expect(readPriceList([...OPUS, ...tiers], HERE).prices).toEqual([
      {
        ...LISTED_OPUS,
        serviceTiers: { flex: { outputPer1k: '0.01375' }, priority: { cacheWrite1hPer1k: '0.01925' } },
      },
    ]);
  });

  it('gives them also where their usage has only the region in front', () => {
    const short = OPUS.map((text) => text.replace('EUC1-MP:', ''));
    expect(readPriceList(short, HERE).prices).toEqual([LISTED_OPUS]);
  });

  it('takes only the edition at its end from a name', () => {
    const name = 'Claude (Amazon Bedrock Edition) Plus';
    const renamed = OPUS.map((text) => text.replace('Claude Opus 4.7', name));
    expect(readPriceList(renamed, HERE).prices).toMatchObject([{ model: name }]);
  });

  it.each([
    ['of a usage that nobody knows', OPUS[0]!.replace('-Units"', '-Hours"')],
    ['of a usage with more at its end', OPUS[0]!.replace('-Units"', '-Units-Global"')],
    ['of a usage with more at its start', OPUS[0]!.replace('"EUC1-MP:', '"Global-EUC1-MP:')],
    ['of a global profile', marketplaceProduct('input_tokens_global_standard', '5')],
    ['of a global profile, by its older name', marketplaceProduct('InputTokenCount_Global', '5')],
    ['of a batch', marketplaceProduct('input_tokens_batch', '2.75')],
    ['of a cache that lasts half an hour', marketplaceProduct('cache_write_tokens_30m_standard', '11')],
    ['of input that lasts an hour', marketplaceProduct('input_tokens_1h_standard', '11')],
    ['of a long context in a tier', marketplaceProduct('input_tokens_long_ctx_flex', '11')],
    ['of a long context of a global profile', marketplaceProduct('InputTokenCount_LCtx_Global', '11')],
    ['of reserved throughput', marketplaceProduct('Reserved_1Month_InputTPM', '0.06')],
    [
      'in a unit that nobody explains',
      marketplaceProduct('cache_read_tokens_standard', '1', { unit: 'Units' }),
    ],
    ...['Subunits', 'Units per hour'].map((unit): [string, string] => [
      `per ${unit}`,
      marketplaceProduct('cache_read_tokens_standard', '1', { unit, description: 'Million Input Tokens' }),
    ]),
    ['per hour', marketplaceProduct('cache_read_tokens_standard', '1', { unit: 'Hrs' })],
  ])('counts a price %s and does not use it', (_, stranger) => {
    expect(readPriceList([...OPUS, stranger], HERE)).toEqual({ prices: [LISTED_OPUS], unmatched: 1 });
  });
});

describe('reading it through the SDK', () => {
  let server: Server;
  let answer: (question: (typeof asked)[number]) => object;
  const asked: { NextToken?: string; ServiceCode: string; Filters: object[] }[] = [];
  beforeEach(async () => {
    withoutAwsAccount();
    asked.length = 0;
    server = createServer(async (request, response) => {
      const body = (await json(request)) as (typeof asked)[number];
      asked.push(body);
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify(answer(body)));
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

  it('turns all pages of both services, of one region', async () => {
    withCredentials();
    const lists: Record<string, string[]> = { AmazonBedrock: NOVA, AmazonBedrockFoundationModels: OPUS };
    answer = ({ ServiceCode, NextToken }) =>
      NextToken
        ? { PriceList: [lists[ServiceCode]![1]] }
        : { PriceList: [lists[ServiceCode]![0]], NextToken: 'more' };
    expect(await list.read({ deadlineMs: 60_000 })).toEqual({ prices: [LISTED, LISTED_OPUS], unmatched: 0 });
    expect(asked.map(({ ServiceCode, NextToken }) => `${ServiceCode} ${NextToken}`).sort()).toEqual([
      'AmazonBedrock more',
      'AmazonBedrock undefined',
      'AmazonBedrockFoundationModels more',
      'AmazonBedrockFoundationModels undefined',
    ]);
    for (const { Filters } of asked)
      expect(Filters).toEqual([{ Type: 'TERM_MATCH', Field: 'regionCode', Value: HERE }]);
  });

  it('gives up where pages never end', async () => {
    withCredentials();
    answer = () => ({ PriceList: [], NextToken: 'again' });
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
