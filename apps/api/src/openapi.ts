import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { VerificationView, VerifyAudit } from './audit/audit.schemas.js';
import { CreateChannel, EditChannel, ResumeChannel } from './channels/channels.schemas.js';
import { ConfigurationFile } from './configuration/configuration.schemas.js';
import { describeProblems, ProblemView } from './http/api-responses.js';
import { CreateKey, RotateKey } from './keys/keys.schemas.js';
import { addExamples } from './openapi-examples.js';
import { OrchestrateRequest } from './orchestrate/orchestrate.schemas.js';
import { Requeue } from './outbox/outbox.schemas.js';
import { OpenSession } from './session/session.schemas.js';
import { CreateWebhook, ResumeWebhook, RotateWebhook } from './webhooks/webhooks.schemas.js';
import { AnthropicErrorView } from './wires/anthropic.schemas.js';
import { describeAnthropic } from './wires/describe-anthropic.js';
import { AwsErrorView, describeWires } from './wires/describe-wires.js';
import { OpenAiErrorView } from './wires/openai.schemas.js';

type SchemaObject = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

const BEARER = 'bearer';

const DESCRIPTION = `Decides, switches and records which Amazon Bedrock model answers.

## Sign in
Send \`Authorization: Bearer <key>\`. The key is a service key, which an administrator makes with \`POST /v1/keys\` or
\`orchestrate-bedrock keys create\`, and which has scopes; or the access token of a user of Supabase Auth, who sees and
switches only its own conversations. \`npm start\` prints a first key. On this page, *Authorize* takes the key and keeps it
in this browser.

## Pages
A list is \`{items, nextCursor}\`. Send \`nextCursor\` as \`cursor\` for the next page; null says that there is none.
\`limit\` is at most 100, and 50 by default.

## Errors
An error is \`application/problem+json\` (RFC 9457). \`code\` is for programs, \`detail\` for people, and \`requestId\`
finds the request in the logs. 400 names each wrong field in \`errors\`. 409 says what stands against the request.

## Retries
Retry after 429 and 503, at the time in \`Retry-After\`, and after a lost connection. Do not retry after other 4xx.
Send an \`Idempotency-Key\` with every switch, and the same one with its retry: for 24 hours a repeated request gets the
first response. \`If-Match\` with the ETag that you read makes a switch conditional.`;

/** Describes the api as a whole: authentication and the groups of operations. */
const overview = () =>
  new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Bedrock Model Orchestrator')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .addServer('/', 'This instance')
    .addBearerAuth(
      { type: 'http', description: 'A service key, or an access token of Supabase Auth' },
      BEARER,
    )
    .addSecurityRequirements(BEARER)
    .addApiKey(
      {
        type: 'apiKey',
        name: 'apikey',
        in: 'header',
        description: 'A service key, in the header that Supabase clients send',
      },
      'apikey',
    )
    .addSecurityRequirements('apikey')
    .addCookieAuth(
      'session',
      { type: 'apiKey', description: 'The session of a browser, from POST /v1/session' },
      'session',
    )
    .addSecurityRequirements('session')
    .addTag('orchestrate', 'The seven actions that list, validate and switch models')
    .addTag('catalogue', 'Models, use cases and assistants')
    .addTag('configuration', 'Settings as one file: export, compare and apply')
    .addTag('conversations', 'Effective models and switches of conversations')
    .addTag('chat', 'Answers of the effective model or of a fallback')
    .addTag('wires', 'The forms of Amazon Bedrock, OpenAI and Anthropic, for clients that exist')
    .addTag('calls', 'Calls of models, with their attempts')
    .addTag('switches', 'Switches, with their audit rows')
    .addTag('moves', 'Moves of everything that runs on a model to others')
    .addTag('outbox', 'Dead letters')
    .addTag('audit', 'Hash chain of the audit rows, and its verification')
    .addTag('validation', 'Model health, circuit breakers and lifecycle')
    .addTag('notifications', 'Messages about switches, models and use cases')
    .addTag('webhooks', 'Delivery of notifications to back ends')
    .addTag('channels', 'Delivery of notifications to people, by Slack and e-mail')
    .addTag('analytics', 'Usage, costs and savings')
    .addTag('budgets', 'Limits of spend that warn operators')
    .addTag('session', 'Sign-in with a browser')
    .addTag('keys', 'Service keys, and changes of service keys, webhooks and channels')
    .addTag('users', 'Export and erasure of the data of a user')
    .addTag('health', 'Liveness, readiness and metrics')
    .build();

/** The OpenAPI 3.1 description, made from the same zod schemas that validate requests and serialise answers. */
export function openapiDocument(app: NestFastifyApplication): OpenAPIObject {
  const document = SwaggerModule.createDocument(app, overview(), {
    operationIdFactory: (_controller, method) => method,
    standardSchemaConverter: (schema, { schemaType }) => toOpenApi(schema as z.ZodType, schemaType),
  });
  document.components ??= {};
  document.components.schemas = {
    ...document.components.schemas,
    ...toOpenApi(ProblemView, 'output').components,
    ...toOpenApi(OrchestrateRequest, 'input').components,
    ...toOpenApi(ConfigurationFile, 'input').components,
    ...toOpenApi(OpenSession, 'input').components,
    ...toOpenApi(CreateKey, 'input').components,
    ...toOpenApi(RotateKey, 'input').components,
    ...toOpenApi(Requeue, 'input').components,
    ...toOpenApi(CreateWebhook, 'input').components,
    ...toOpenApi(RotateWebhook, 'input').components,
    ...toOpenApi(ResumeWebhook, 'input').components,
    ...toOpenApi(CreateChannel, 'input').components,
    ...toOpenApi(EditChannel, 'input').components,
    ...toOpenApi(ResumeChannel, 'input').components,
    ...toOpenApi(VerifyAudit, 'input').components,
    ...toOpenApi(VerificationView, 'output').components,
    ...toOpenApi(AwsErrorView, 'output').components,
    ...toOpenApi(OpenAiErrorView, 'output').components,
    ...toOpenApi(AnthropicErrorView, 'output').components,
  };
  describeProblems(document);
  nameActionPaths(document);
  describeWires(document);
  describeAnthropic(document);
  addExamples(document);
  return document;
}

/** Names the operations of the two paths that one handler serves. */
function nameActionPaths({ paths }: OpenAPIObject): void {
  Object.assign(paths['/orchestrate']!.post!, { operationId: 'orchestrate' });
  Object.assign(paths['/functions/v1/orchestrate-bedrock-models']!.post!, {
    operationId: 'orchestrateBedrockModels',
    summary: 'Run an action at the path of the old edge function',
  });
}

/** Schemas with an id become components. Answers may gain fields, so they are not closed. */
function toOpenApi(schema: z.ZodType, io: 'input' | 'output') {
  const converted = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      if (io === 'output') delete jsonSchema.additionalProperties;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  const {
    $schema: _,
    $defs,
    ...root
  } = JSON.parse(JSON.stringify(converted).replaceAll('"#/$defs/', '"#/components/schemas/'));
  return { schema: root, components: $defs as Record<string, SchemaObject> | undefined };
}

/** Serves the document, which is made on the first request. */
export function serveDocs(app: NestFastifyApplication, document: () => OpenAPIObject): void {
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'docs-json',
    yamlDocumentUrl: 'docs-yaml',
    customSiteTitle: 'Bedrock Model Orchestrator: API',
    swaggerOptions: { persistAuthorization: true },
  });
}
