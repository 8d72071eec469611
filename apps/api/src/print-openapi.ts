import { loadEnv } from '#libs/platform/config/env.js';
import { createApi } from './create-api.js';
import { openapiDocument } from './openapi.js';

/** Prints the OpenAPI document. Needs no database: in preview nothing is connected. */
const env = loadEnv({ DATABASE_URL: 'postgres://unused@unused/unused', REDIS_URL: 'redis://unused' });
const api = await createApi(env, { preview: true });
process.stdout.write(`${JSON.stringify(openapiDocument(api), null, 2)}\n`);
