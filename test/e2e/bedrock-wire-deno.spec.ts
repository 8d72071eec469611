import { execFile } from 'node:child_process';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { checkout } from '../../scripts/embedded/checkout.js';
import { DENO } from '../../tools/deno.js';
import { inherited } from '../support/run-folder.js';
import { SERVICE_KEY } from '../support/test-env.js';
import { WireSystem } from '../support/wire-system.js';

it('the AWS SDK in Deno, set up by two variables, gets answers and uses of tools over HTTP/2', async () => {
  const system = await WireSystem.start();
  const versions: string[] = [];
  system.chats.system.api
    .getHttpServer()
    .on('request', ({ httpVersion }: IncomingMessage) => versions.push(httpVersion));
  const { stdout } = await promisify(execFile)(
    DENO,
    [
      'run',
      '--allow-all',
      '--no-prompt',
      '--no-remote',
      join(checkout, 'test/fixtures/deno/bedrock-client.mjs'),
    ],
    {
      env: {
        ...inherited(),
        DENO_DIR: join(tmpdir(), 'deno'),
        DENO_NO_UPDATE_CHECK: '1',
        AWS_ENDPOINT_URL_BEDROCK_RUNTIME: `${system.chats.url}/bedrock`,
        AWS_BEARER_TOKEN_BEDROCK: SERVICE_KEY,
      },
    },
  );
  const said = expect.stringContaining('You wrote: How are you?');
  expect(JSON.parse(stdout)).toEqual({ whole: said, text: said, input: '{"city":"city"}', isWhole: true });
  expect(versions).toEqual(['2.0', '2.0', '2.0']);
  await system.close();
});
