import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { ProblemView } from './http/responds.decorator.js';
import { CreateKey } from './keys/keys.schemas.js';
import { OrchestrateRequest } from './orchestrate/orchestrate.schemas.js';

type SchemaObject = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

/** Where the method's own name would not say enough in a generated client. */
const OPERATION_IDS: Record<string, string> = {
  'CatalogueController.models': 'listModels',
  'CatalogueController.useCases': 'listUseCases',
  'CatalogueController.assistants': 'listAssistants',
  'CatalogueSyncController.sync': 'syncCatalogue',
  'CatalogueSyncController.importPrices': 'importPrices',
  'ConversationsController.model': 'getConversationModel',
  'ConversationsController.history': 'getConversationHistory',
  'SwitchesController.list': 'listSwitches',
  'ValidationsController.validations': 'listValidations',
  'ValidationsController.report': 'getLifecycle',
  'KeysController.create': 'createKey',
  'KeysController.list': 'listKeys',
  'KeysController.revoke': 'revokeKey',
};

const BEARER = 'bearer';

/** The OpenAPI 3.1 description, made from the same zod schemas that validate requests and serialise answers. */
export function openapiDocument(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Bedrock Model Orchestrator')
    .setDescription('Decides, switches and records which Amazon Bedrock model answers.')
    .setVersion('1')
    .addServer('/', 'This instance')
    .addBearerAuth(
      { type: 'http', description: 'A service key, or an access token of Supabase Auth' },
      BEARER,
    )
    .addSecurityRequirements(BEARER)
    .addTag('orchestrate', 'The seven actions')
    .addTag('catalogue', 'Models, use cases and assistants')
    .addTag('conversations', 'Which model answers, and what was switched')
    .addTag('switches', 'The audit trail')
    .addTag('validation', 'What sweeps found, and what ends when')
    .addTag('keys', 'Service keys')
    .addTag('health', 'Probes')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => OPERATION_IDS[`${controller}.${method}`] ?? method,
    standardSchemaConverter: (schema, { schemaType }) => toOpenApi(schema as z.ZodType, schemaType),
  });
  document.components ??= {};
  document.components.schemas = {
    ...document.components.schemas,
    ...toOpenApi(ProblemView, 'output').components,
    ...toOpenApi(OrchestrateRequest, 'input').components,
    ...toOpenApi(CreateKey, 'input').components,
  };
  nameActionPaths(document);
  return document;
}

/** One handler serves both paths; its operations still need names of their own. */
function nameActionPaths({ paths }: OpenAPIObject): void {
  Object.assign(paths['/orchestrate']!.post!, { operationId: 'orchestrate' });
  Object.assign(paths['/functions/v1/orchestrate-bedrock-models']!.post!, {
    operationId: 'orchestrateBedrockModels',
    summary: 'As /orchestrate, at the path of the old edge function',
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

export function serveDocs(app: NestFastifyApplication, document: OpenAPIObject): void {
  SwaggerModule.setup('docs', app, document, { jsonDocumentUrl: 'docs-json', yamlDocumentUrl: 'docs-yaml' });
}
