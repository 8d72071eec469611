import { SERVICE_KEY } from './test-env.js';

/** Everyone who may turn up, besides those whom nobody knows. */
export type Someone =
  | 'own user'
  | 'foreign user'
  | 'read'
  | 'switch'
  | 'act-as'
  | 'switch + act-as'
  | 'operate'
  | 'audit'
  | 'admin'
  | 'person who operates';

export interface Row {
  /** Path parameters and query. */
  at?: Record<string, string>;
  query?: string;
  /** Made for each caller separately, so that none finds what another has left. */
  body?: (n: number) => object;
  /** Instead of a body: a file. */
  yaml?: string;
  /** Makes what the operation is about, as the bootstrap key. @returns further path parameters */
  first?: (
    send: (method: 'POST', path: string, body: object) => Promise<{ id: string; data: { switchId: string } }>,
    n: number,
  ) => Promise<Record<string, string>>;
  /** Callers that are let in; everyone else is answered with 403. */
  may: readonly Someone[] | 'everyone, without a token too';
  /** To whom it does not exist. */
  hidden?: readonly Someone[];
  /** Status for those whom nobody knows; 401 by default. */
  strangers?: number;
  /** True: only a key with the scope operate may, and no person. */
  keysOnly?: true;
  /** Status for everyone: the request decides. */
  always?: string;
}

const USERS = ['own user', 'foreign user'] as const;
const CATALOGUE: Someone[] = [...USERS, 'read', 'operate'];
const OPERATORS: Someone[] = ['operate'];
const AUDITORS: Someone[] = ['audit'];
const ADMINS: Someone[] = ['admin'];
const FEED: Someone[] = [...USERS, 'read', 'operate'];
const EVERYONE: Someone[] = [...FEED, 'switch', 'act-as', 'switch + act-as', 'audit', 'admin'];
const ACTS_AS: Someone[] = ['act-as', 'switch + act-as'];
const WITH_WEBHOOKS: Someone[] = [...ACTS_AS, 'read', 'operate', 'admin'];
const nobodys = { at: { id: '00000000-0000-4000-8000-000000000000' } };
const conversation = { at: { id: 'conv-123' } };
/** Of user-456: a key without act-as has its own conversations only. */
const OF_ITS_OWNER = { may: ['own user', 'switch + act-as'], hidden: ['foreign user', 'switch'] } as const;
const READS_CONVERSATIONS: Someone[] = ['own user', 'switch + act-as', 'read', 'audit'];
const CHATTERS: Someone[] = ['switch', 'switch + act-as'];
/** Service keys only, unless WIRE_USERS says otherwise; AWS answers a wrong key with 403. */
const ON_THE_WIRE: Row = {
  at: { modelId: 'clinical' },
  body: () => ({ messages: [{ role: 'user', content: [{ text: 'Hi' }] }] }),
  may: CHATTERS,
  strangers: 403,
};
const INVOKED_ON_THE_WIRE: Row = {
  ...ON_THE_WIRE,
  body: () => ({
    anthropic_version: 'bedrock-2023-05-31',
    max_tokens: 9,
    messages: [{ role: 'user', content: 'Hi' }],
  }),
};
const ON_OPENAI_WIRE: Row = {
  body: () => ({ model: 'clinical', messages: [{ role: 'user', content: 'Hi' }] }),
  may: CHATTERS,
};
const ON_ANTHROPIC_WIRE: Row = {
  body: () => ({ model: 'clinical', max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }] }),
  may: CHATTERS,
};
/** Names of the catalogue, for keys that read it or call by it. */
const WIRE_NAMES = { may: [...CHATTERS, 'read', 'operate'] } as const;
const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const NEW_MODEL = (n: number) => ({
  id: `eu.matrix.model-${n}`,
  name: 'Matrix',
  provider: 'matrix',
  foundationModelId: `matrix.model-${n}`,
  invokeWith: 'inference_profile',
});
const aModel: Row['first'] = async (send, n) => ({ id: (await send('POST', '/v1/models', NEW_MODEL(n))).id });
const aKey: Row['first'] = async (send, n) => ({
  id: (await send('POST', '/v1/keys', { name: `matrix-${n}`, scopes: ['read'] })).id,
});

/** The actions of the old function, with their callers, over either path. */
const ACTIONS: Record<string, Row> = {
  'list-all': { body: () => ({ action: 'list-all' }), may: CATALOGUE },
  'get-for-use-case': { body: () => ({ action: 'get-for-use-case', useCase: 'clinical' }), may: CATALOGUE },
  validate: { body: () => ({ action: 'validate', modelId: HAIKU }), may: CATALOGUE },
  'validate deep': { body: () => ({ action: 'validate', modelId: HAIKU, deep: true }), may: OPERATORS },
  'switch a conversation': {
    body: () => ({ action: 'switch', modelId: HAIKU, conversationId: 'conv-123' }),
    ...OF_ITS_OWNER,
  },
  'switch for a user': {
    body: () => ({ action: 'switch', modelId: HAIKU, conversationId: 'conv-123', userId: 'user-456' }),
    may: ['own user', 'switch + act-as'],
  },
  'switch a use case': {
    body: () => ({ action: 'switch', modelId: HAIKU, useCase: 'clinical' }),
    may: OPERATORS,
  },
  'auto-switch a conversation': {
    body: () => ({ action: 'auto-switch', useCase: 'clinical', conversationId: 'conv-123' }),
    ...OF_ITS_OWNER,
  },
  'auto-switch a use case': { body: () => ({ action: 'auto-switch', useCase: 'clinical' }), may: OPERATORS },
  'fallback-switch a conversation': {
    body: () => ({ action: 'fallback-switch', reason: 'x', conversationId: 'conv-123', dryRun: true }),
    ...OF_ITS_OWNER,
  },
  'fallback-switch a use case': {
    body: () => ({ action: 'fallback-switch', reason: 'x', useCase: 'clinical', dryRun: true }),
    may: OPERATORS,
  },
  'clear-cache': { body: () => ({ action: 'clear-cache' }), may: OPERATORS },
};

const aSwitch: Row['first'] = async (send, n) => {
  const conversationId = `switched-${n}`;
  await send('POST', '/orchestrate', {
    action: 'auto-switch',
    useCase: 'clinical',
    conversationId,
    userId: 'user-456',
  });
  const switched = await send('POST', '/orchestrate', { action: 'switch', modelId: HAIKU, conversationId });
  return { id: switched.data.switchId };
};

/** By operation id; several rows where one operation does several things. An operation without a row fails the test. */
export const MATRIX: Record<string, Row | Record<string, Row>> = {
  orchestrate: ACTIONS,
  orchestrateBedrockModels: ACTIONS,
  findIds: { query: '?prefix=user', may: ['read', 'audit'] },
  listModels: { may: CATALOGUE },
  getModel: { at: { id: HAIKU }, may: CATALOGUE },
  getModelUse: { at: { id: HAIKU }, may: CATALOGUE },
  listBreakers: { may: CATALOGUE },
  recheckBreaker: { at: { modelId: HAIKU }, may: OPERATORS },
  listUseCases: { may: CATALOGUE },
  getUseCase: { at: { name: 'clinical' }, may: CATALOGUE },
  listAssistants: { may: CATALOGUE },
  getAssistant: { at: { id: 'assistant-clinical' }, may: CATALOGUE },
  addModel: { body: NEW_MODEL, may: OPERATORS },
  editModel: { first: aModel, body: (n) => ({ name: `Matrix ${n}` }), may: OPERATORS },
  retireModel: { first: aModel, body: () => ({}), may: OPERATORS },
  saveUseCase: { at: { name: 'clinical' }, body: () => ({ objective: 'quality' }), may: OPERATORS },
  saveAssistant: {
    at: { id: 'matrix' },
    body: () => ({ name: 'Matrix', useCase: 'clinical' }),
    may: OPERATORS,
  },
  listCatalogueChanges: { may: ['audit', 'operate'] },
  syncCatalogue: { body: () => ({}), may: OPERATORS },
  exportConfiguration: { may: OPERATORS },
  getConfigurationSchema: { may: 'everyone, without a token too' },
  diffConfiguration: { yaml: 'version: 1', may: OPERATORS },
  applyConfiguration: { yaml: 'version: 1', may: OPERATORS },
  importFacts: { body: () => ({ dryRun: true }), may: OPERATORS },
  importPrices: {
    body: () => ({
      source: 'matrix',
      prices: [{ modelId: HAIKU, inputPricePer1k: '0.001', outputPricePer1k: '0.005' }],
    }),
    may: OPERATORS,
  },
  listUpcomingPrices: { may: ['read', 'operate'] },
  listConversations: {
    'of anybody': { query: '?userId=user-456', may: ['own user', 'read', 'switch + act-as', 'audit'] },
    'of oneself': { may: [...USERS, 'read', ...CHATTERS, 'audit'] },
  },
  getConversation: { ...conversation, ...OF_ITS_OWNER, may: READS_CONVERSATIONS },
  getConversationModel: { ...conversation, ...OF_ITS_OWNER, may: READS_CONVERSATIONS },
  getConversationHistory: { ...conversation, ...OF_ITS_OWNER, may: ['own user', 'switch + act-as', 'audit'] },
  chat: {
    body: () => ({ conversationId: 'conv-123', messages: [{ role: 'user', content: 'Hi' }] }),
    ...OF_ITS_OWNER,
  },
  anthropicMessage: ON_ANTHROPIC_WIRE,
  anthropicCountTokens: ON_ANTHROPIC_WIRE,
  listAnthropicModels: WIRE_NAMES,
  getAnthropicModel: { ...WIRE_NAMES, at: { id: 'clinical' } },
  openAiChatCompletion: ON_OPENAI_WIRE,
  listOpenAiModels: WIRE_NAMES,
  getOpenAiModel: { ...WIRE_NAMES, at: { id: 'clinical' } },
  bedrockConverse: ON_THE_WIRE,
  bedrockConverseStream: ON_THE_WIRE,
  bedrockInvokeModel: INVOKED_ON_THE_WIRE,
  bedrockInvokeModelWithResponseStream: INVOKED_ON_THE_WIRE,
  bedrockCountTokens: {
    ...ON_THE_WIRE,
    body: () => ({ input: { converse: { messages: [{ role: 'user', content: [{ text: 'Hi' }] }] } } }),
  },
  listSwitches: {
    'of anybody': { query: '?userId=user-456', may: ['own user', 'audit'] },
    'of oneself': { may: [...USERS, 'audit'] },
  },
  listNotifications: {
    'of operators or of oneself': { may: FEED },
    'of a user': { query: '?userId=user-456', may: ['own user', 'act-as', 'switch + act-as'] },
  },
  streamNotifications: {
    'of operators or of oneself': { may: FEED },
    'of everybody': { query: '?everybody=true', may: AUDITORS },
  },
  markNotificationShown: { ...nobodys, may: [], hidden: FEED },
  acknowledgeNotification: { ...nobodys, may: [], hidden: FEED },
  createWebhook: {
    'for users': { body: () => ({ url: 'https://push.example.com/', feed: 'users' }), may: ACTS_AS },
    'for operators': {
      body: () => ({ url: 'https://ops.example.com/', feed: 'operators' }),
      keysOnly: true,
      may: ['read', 'operate'],
    },
  },
  listWebhooks: { keysOnly: true, may: WITH_WEBHOOKS },
  getWebhook: { keysOnly: true, ...nobodys, may: [], hidden: WITH_WEBHOOKS },
  deleteWebhook: { keysOnly: true, ...nobodys, may: [], hidden: WITH_WEBHOOKS },
  rotateWebhookSecret: { keysOnly: true, ...nobodys, body: () => ({}), may: [], hidden: WITH_WEBHOOKS },
  testWebhook: { keysOnly: true, ...nobodys, may: [], hidden: WITH_WEBHOOKS },
  resumeWebhook: { keysOnly: true, ...nobodys, body: () => ({}), may: [], hidden: WITH_WEBHOOKS },
  listDeliveries: { keysOnly: true, may: WITH_WEBHOOKS },
  listWebhookDeliveries: { keysOnly: true, ...nobodys, may: [], hidden: WITH_WEBHOOKS },
  resendDelivery: {
    keysOnly: true,
    at: { ...nobodys.at, deliveryId: '1' },
    may: [],
    hidden: WITH_WEBHOOKS,
  },
  goOnWithWebhook: { keysOnly: true, ...nobodys, body: () => ({}), may: [], hidden: WITH_WEBHOOKS },
  createChannel: {
    body: (n) => ({ name: `channel ${n}`, slack: { url: 'https://hooks.slack.com/services/x' } }),
    may: OPERATORS,
  },
  listChannels: { may: OPERATORS },
  getChannel: { ...nobodys, may: [], hidden: OPERATORS },
  editChannel: { ...nobodys, body: () => ({}), may: [], hidden: OPERATORS },
  deleteChannel: { ...nobodys, may: [], hidden: OPERATORS },
  listChannelDeliveries: { ...nobodys, may: [], hidden: OPERATORS },
  testChannel: { ...nobodys, may: [], hidden: OPERATORS },
  resumeChannel: { ...nobodys, body: () => ({}), may: [], hidden: OPERATORS },
  listSetAside: { may: OPERATORS },
  requeueSetAside: { body: () => ({}), may: OPERATORS },
  listCheckpoints: { may: AUDITORS },
  verifyAudit: { body: () => ({}), may: AUDITORS },
  getUsage: { may: ['read'] },
  getOwnUsage: { may: USERS },
  getCosts: { may: ['read'] },
  getSwitchFigures: { may: ['read'] },
  getPreferences: { may: ['read'] },
  getCallForms: { may: ['read'] },
  listBudgets: { may: ['read', 'operate'] },
  setBudget: { at: { period: 'month' }, body: () => ({ limitUsd: '5' }), may: OPERATORS },
  deleteBudget: { at: { period: 'day' }, may: [], hidden: OPERATORS },
  listBudgetChanges: { may: ['audit', 'operate'] },
  listValidations: { may: CATALOGUE },
  getLifecycle: { may: CATALOGUE },
  exportUser: { at: { id: 'user-456' }, may: ['own user', 'audit'] },
  eraseUser: {
    first: async (send, n) => {
      const id = `forgotten-${n}`;
      await send('POST', '/orchestrate', {
        action: 'switch',
        modelId: HAIKU,
        conversationId: id,
        userId: id,
      });
      return { id };
    },
    may: ADMINS,
  },
  listRetentionRules: { may: ['audit', 'operate', 'admin'] },
  listErasures: { may: ['audit', 'admin'] },
  openSession: { body: () => ({ credential: SERVICE_KEY }), may: 'everyone, without a token too' },
  getSession: { may: EVERYONE },
  closeSession: { may: 'everyone, without a token too' },
  deleteModel: { first: aModel, may: OPERATORS },
  deleteUseCase: { at: { name: 'nope' }, may: [], hidden: OPERATORS },
  deleteAssistant: { at: { id: 'nope' }, may: [], hidden: OPERATORS },
  listCalls: {
    'of anybody': { query: '?userId=user-456', may: ['own user', 'read', 'audit'] },
    'of oneself': { may: [...USERS, 'read', 'audit'] },
  },
  getSwitch: { first: aSwitch, may: ['own user', 'audit'], hidden: ['foreign user'] },
  undoSwitch: { first: aSwitch, body: () => ({}), ...OF_ITS_OWNER },
  requestSweep: { body: () => ({}), may: OPERATORS },
  listSweeps: { may: ['read', 'operate'] },
  startMove: {
    first: aModel,
    body: () => ({ to: { follow: true }, reason: 'Matrix', dryRun: true }),
    may: OPERATORS,
  },
  listMoves: { may: OPERATORS },
  getMove: { ...nobodys, may: [], hidden: OPERATORS },
  pauseMove: { ...nobodys, may: [], hidden: OPERATORS },
  resumeMove: { ...nobodys, may: [], hidden: OPERATORS },
  abortMove: { ...nobodys, may: [], hidden: OPERATORS },
  undoMove: { ...nobodys, may: [], hidden: OPERATORS },
  listFreezes: { may: ['read', 'operate', 'audit'] },
  listChangeWindows: { may: ['read', 'operate', 'audit'] },
  createFreeze: { body: () => ({ to: '2099-01-01T00:00:00Z', reason: 'Matrix' }), may: [] },
  endFreeze: { ...nobodys, may: [] },
  scheduleChange: {
    ...nobodys,
    body: () => ({ applyAt: '2099-01-01T00:00:00Z' }),
    may: [],
    hidden: OPERATORS,
  },
  breakGlass: { ...nobodys, body: () => ({ reason: 'x'.repeat(20) }), may: [] },
  reviewChange: { ...nobodys, body: () => ({ verdict: 'accepted', comment: 'x' }), may: [] },
  getChangePolicy: { at: { name: 'clinical' }, may: ['read', 'operate', 'audit'] },
  setChangePolicy: { at: { name: 'clinical' }, body: () => ({ control: 'direct' }), may: OPERATORS },
  proposeChange: {
    body: () => ({
      operations: [{ kind: 'edit-use-case', useCase: 'clinical', edit: { objective: 'quality' } }],
      reason: 'Matrix',
    }),
    may: OPERATORS,
  },
  listChangeRequests: { may: ['read', 'operate', 'audit'] },
  getChangeRequest: { ...nobodys, may: [], hidden: ['read', 'operate', 'audit'] },
  reviseChange: {
    ...nobodys,
    body: () => ({
      operations: [{ kind: 'edit-use-case', useCase: 'clinical', edit: { objective: 'quality' } }],
      reason: 'Matrix',
    }),
    may: [],
    hidden: OPERATORS,
  },
  previewChange: { ...nobodys, may: [], hidden: ['read', 'operate', 'audit'] },
  approveChange: { ...nobodys, body: () => ({ hash: 'a'.repeat(64) }), may: [] },
  rejectChange: { ...nobodys, body: () => ({ hash: 'a'.repeat(64) }), may: [] },
  withdrawChange: { ...nobodys, may: [], hidden: OPERATORS },
  applyChange: { ...nobodys, may: [], hidden: OPERATORS },
  undoChange: { ...nobodys, body: () => ({}), may: [], hidden: OPERATORS },
  getOverview: { may: ['read'] },
  listInstances: { may: ['read'] },
  listIssuers: { may: 'everyone, without a token too' },
  beginSignIn: { at: { issuer: 'unknown' }, may: [], always: '404' },
  completeSignIn: { may: 'everyone, without a token too' },
  logOutByIssuer: { may: [], always: '400' },
  revokeSessions: { body: (n) => ({ person: `person:00000000:${n}` }), may: ADMINS },
  createKey: { body: (n) => ({ name: `made-${n}`, scopes: ['read'] }), may: ADMINS },
  listKeys: { may: ADMINS },
  getKey: { first: aKey, may: ADMINS },
  editKey: { first: aKey, body: () => ({ limits: { users: 'own' } }), may: ADMINS },
  rotateKey: { first: aKey, body: () => ({}), may: ADMINS },
  revokeKey: { first: aKey, may: ADMINS },
  listAccessChanges: { may: [...ADMINS, ...AUDITORS] },
  getLiveness: { may: 'everyone, without a token too' },
  getReadiness: { may: 'everyone, without a token too' },
  getMetrics: { may: 'everyone, without a token too' },
};
