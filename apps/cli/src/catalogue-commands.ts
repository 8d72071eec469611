import type { Command } from 'commander';
import type { z } from 'zod';
import { assistantView, modelView, useCaseView } from './answers.js';
import {
  assistantsScreen,
  assistantText,
  modelsScreen,
  modelText,
  useCasesScreen,
  useCaseText,
} from './catalogue-screens.js';
import { examples, filled } from './command-words.js';
import {
  bodyOf,
  capabilities,
  changesOf,
  count,
  type Field,
  factor,
  field,
  guardrail,
  jsonObject,
  names,
  oneOf,
  orNone,
  text,
  usd,
  withFields,
  yesOrNo,
} from './fields.js';
import { listed } from './lists.js';
import type { Page } from './page.js';
import type { Ask, Question } from './question.js';
import type { ServiceRequest } from './service-client.js';

type Options = Readonly<Record<string, unknown>>;

const NOVA_PRO = 'eu.amazon.nova-pro-v1:0';
const NEEDS_OPERATE = '(needs the scope operate)';

const MODEL_FIELDS: readonly Field[] = [
  field('--name <name>', 'name', 'what people call it', text),
  field('--provider <name>', 'provider', 'amazon, anthropic, ...', text),
  field('--foundation-model <id>', 'foundationModelId', 'its bare id, without eu.', text),
  field(
    '--invoke-with <how>',
    'invokeWith',
    'inference_profile, foundation_model or none',
    orNone(oneOf('inference_profile', 'foundation_model')),
  ),
  field('--use-case <name>', 'useCase', 'its primary use case, or none', orNone(text)),
  field('--max-tokens <n>', 'maxTokens', 'our limit for an answer, or none', orNone(count)),
  field('--context-window <n>', 'contextWindow', 'limit of tokens of one call, or none', orNone(count)),
  field('--tier <n>', 'tier', 'distinguishes an upgrade from a downgrade, or none', orNone(count)),
  field(
    '--destinations <regions>',
    'destinationRegions',
    'where a prompt may go: a,b,c or none',
    orNone(names),
  ),
  field('--successor <modelId>', 'successorId', 'what to take instead of it, or none', orNone(text)),
  field('--input-price <usd>', 'inputPricePer1k', 'USD per 1,000 tokens, or none: not known', orNone(usd)),
  field('--output-price <usd>', 'outputPricePer1k', 'USD per 1,000 tokens, or none: not known', orNone(usd)),
  field('--cache-read-price <usd>', 'cacheReadPricePer1k', 'of cached tokens, or none', orNone(usd)),
  field('--cache-write-price <usd>', 'cacheWritePricePer1k', 'of tokens to cache, or none', orNone(usd)),
  field(
    '--price-dimensions <json>',
    'priceDimensions',
    'prices by time to live, service tier and long context: the JSON of the API, or none',
    jsonObject,
  ),
  field('--token-factor <n>', 'tokenFactor', 'tokens it counts where most models count one', factor),
  field(
    '--capabilities <list>',
    'capabilities',
    'forms of requests: guardrail=yes,topP=no,temperature=unknown',
    capabilities,
  ),
  field('--available <yes|no>', 'available', 'whether it may be used at all', yesOrNo),
];
const NEEDED_OF_A_NEW_MODEL = ['name', 'provider', 'foundationModelId', 'invokeWith'];

const USE_CASE_FIELDS: readonly Field[] = [
  field(
    '--objective <objective>',
    'objective',
    'quality, cost or latency',
    oneOf('quality', 'cost', 'latency'),
  ),
  field('--candidates <ids>', 'candidates', 'model ids a,b,c, best first', names),
  field('--input-tokens <n>', 'inputTokensPerExchange', 'of a question and its context', count),
  field('--output-tokens <n>', 'outputTokensPerExchange', 'of an answer', count),
  field('--exchanges <n>', 'exchangesPerConversation', 'how long a conversation gets', count),
  field('--exchanges-30-days <n>', 'exchangesPer30Days', 'how many there are in 30 days', count),
  field(
    '--allowed-regions <regions>',
    'allowedRegions',
    'narrows where its prompts may go: a,b,c; none: as the service',
    orNone(names),
  ),
  field(
    '--guardrail <id:version>',
    'guardrail',
    'Bedrock guardrail of every call: id:version, id:version:optional or none',
    orNone(guardrail),
  ),
  field('--clients <keys|users|both>', 'clients', 'who may chat in it', oneOf('keys', 'users', 'both')),
  field(
    '--system-prompt <text>',
    'systemPrompt',
    'replaces the system prompt of users, or none',
    orNone(text),
  ),
  field(
    '--on-failure <switch|alert>',
    'onModelFailure',
    'when its model fails validation: move on, or only tell',
    oneOf('switch', 'alert'),
  ),
  field(
    '--on-recovery <manual|auto>',
    'onModelRecovery',
    'when that model is healthy again: stay, or go back',
    oneOf('manual', 'auto'),
  ),
];

const ASSISTANT_FIELDS: readonly Field[] = [
  field('--name <name>', 'name', 'what people call it', text),
  field('--use-case <name>', 'useCase', 'the use case it belongs to', text),
  field(
    '--system-prompt <text>',
    'systemPrompt',
    'replaces the system prompt of users, or none',
    orNone(text),
  ),
];

export function addCatalogueCommands(program: Command, ask: Ask): void {
  addModels(program, ask);
  addUseCases(program, ask);
  addAssistants(program, ask);
}

function addModels(program: Command, ask: Ask): void {
  const models = program
    .command('models')
    .description('the models of the catalogue: list, add, edit, retire');
  const list = models
    .command('list')
    .description('list the available models')
    .option('--all', 'also those that are not available, or have ended')
    .action(({ all }: { all?: true }) =>
      ask(
        listed({
          path: '/v1/models',
          what: 'models',
          row: modelView,
          keep: (model) => all === true || model.available !== false,
          show: (rows, page) => modelsScreen(rows, page, all === true),
          none: ({ program }) => `No model is available. See them all: ${program} models list --all`,
        }),
      ),
    );
  examples(list, '', '--all');

  const add = models
    .command('add')
    .description(`add a model; it can be used when it is available, invokable and priced ${NEEDS_OPERATE}`)
    .argument('<modelId>', 'what one invokes it with', filled);
  withFields(add, MODEL_FIELDS, NEEDED_OF_A_NEW_MODEL).action((id: string, options: Options) =>
    ask(
      saving('added', modelView, modelText, {
        method: 'POST',
        path: '/v1/models',
        body: { id, ...bodyOf(MODEL_FIELDS, options) },
        effect: 'once',
      }),
    ),
  );
  examples(
    add,
    `${NOVA_PRO} --name "Amazon Nova Pro" --provider amazon --foundation-model amazon.nova-pro-v1:0 --invoke-with inference_profile`,
  );
  addChangesOfModels(models, ask);
}

function addChangesOfModels(models: Command, ask: Ask): void {
  const edit = models
    .command('edit')
    .description(`change a model, only what you name ${NEEDS_OPERATE}`)
    .argument('<modelId>', 'as `models list` shows it', filled);
  withFields(edit, MODEL_FIELDS).action((id: string, options: Options) =>
    ask({
      ...saving('saved', modelView, modelText, {
        method: 'PATCH',
        path: `/v1/models/${encodeURIComponent(id)}`,
        body: changesOf(MODEL_FIELDS, options),
        effect: 'repeatable',
      }),
      modelId: id,
    }),
  );
  examples(edit, `${NOVA_PRO} --input-price 0.00096 --output-price 0.00384`, `${NOVA_PRO} --available yes`);

  const retire = models
    .command('retire')
    .description(`take a model out of use; what runs on it moves on first ${NEEDS_OPERATE}`)
    .argument('<modelId>', 'as `models list` shows it', filled)
    .option('--successor <modelId>', 'what to take instead of it', filled)
    .action((id: string, { successor }: { successor?: string }) =>
      ask(
        saving('retired', modelView, modelText, {
          method: 'POST',
          path: `/v1/models/${encodeURIComponent(id)}/retire`,
          body: { successorId: successor },
          effect: 'repeatable',
        }),
      ),
    );
  examples(retire, NOVA_PRO, `${NOVA_PRO} --successor eu.amazon.nova-2-lite-v1:0`);
}

function addUseCases(program: Command, ask: Ask): void {
  const useCases = program.command('use-cases').description('the use cases: list, make, edit');
  useCases
    .command('list')
    .description('list the use cases with their models')
    .action(() =>
      ask(
        listed({
          path: '/v1/use-cases',
          what: 'use cases',
          row: useCaseView,
          show: useCasesScreen,
          none: ({ program }) =>
            `No use cases yet. Make one: ${program} use-cases edit <name> --candidates <modelId>`,
        }),
      ),
    );
  const edit = useCases
    .command('edit')
    .description(
      `change a use case, only what you name, or make one: then with --candidates ${NEEDS_OPERATE}`,
    )
    .argument('<name>', 'clinical, health, operations, platform or another use case', filled);
  withFields(edit, USE_CASE_FIELDS).action((name: string, options: Options) =>
    ask(
      saving('saved', useCaseView, useCaseText, {
        method: 'PUT',
        path: `/v1/use-cases/${encodeURIComponent(name)}`,
        body: changesOf(USE_CASE_FIELDS, options),
        effect: 'repeatable',
      }),
    ),
  );
  examples(
    edit,
    'health --objective cost',
    `triage --candidates ${NOVA_PRO},eu.amazon.nova-lite-v1:0 --allowed-regions eu-central-1`,
  );
}

function addAssistants(program: Command, ask: Ask): void {
  const assistants = program.command('assistants').description('the assistants: list, make, move');
  assistants
    .command('list')
    .description('list the assistants with their use cases')
    .action(() =>
      ask(
        listed({
          path: '/v1/assistants',
          what: 'assistants',
          row: assistantView,
          show: assistantsScreen,
          none: ({ program }) =>
            `No assistants yet. Make one: ${program} assistants edit <id> --name <name> --use-case <name>`,
        }),
      ),
    );
  const edit = assistants
    .command('edit')
    .description(`make an assistant, or move it to another use case ${NEEDS_OPERATE}`)
    .argument('<id>', 'as `assistants list` shows it', filled);
  withFields(edit, ASSISTANT_FIELDS, ['name', 'useCase']).action((id: string, options: Options) =>
    ask(
      saving('saved', assistantView, assistantText, {
        method: 'PUT',
        path: `/v1/assistants/${encodeURIComponent(id)}`,
        body: bodyOf(ASSISTANT_FIELDS, options),
        effect: 'repeatable',
      }),
    ),
  );
  examples(edit, 'triage-bot --name "Triage bot" --use-case clinical');
}

/** A request that changes one thing, whose answer is that thing as it is now. */
function saving<T>(
  what: string,
  answer: z.ZodType<T>,
  show: (what: string, saved: T, page: Page) => string,
  request: ServiceRequest,
): Question<T> {
  return {
    send: (service) => service.send(request),
    answer,
    show: (saved, page) => show(what, saved, page),
  };
}
