import { type Answer, TestSystem } from './test-system.js';

export const SONNET = 'eu.anthropic.claude-sonnet-4-6';
export const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
export const OPUS = 'eu.anthropic.claude-opus-4-7';
export const NOVA_PRO = 'eu.amazon.nova-pro-v1:0';
export const NOVA_LITE = 'eu.amazon.nova-lite-v1:0';
export const NOVA_2_LITE = 'eu.amazon.nova-2-lite-v1:0';
export const NOVA_MICRO = 'eu.amazon.nova-micro-v1:0';
export const PIXTRAL = 'eu.mistral.pixtral-large-2502-v1:0';
export const NEW = 'eu.example.newcomer-v1:0';
/** A model as an operator adds it who knows nothing but its name. */
export const newcomer = {
  id: NEW,
  name: 'Newcomer',
  provider: 'example',
  foundationModelId: 'example.newcomer-v1:0',
  invokeWith: null,
};

export type Method = Parameters<TestSystem['call']>[0];
interface Coded {
  id: string;
  reasons: { code: string }[];
}

export const fieldsOf = ({ body }: Answer): string[] =>
  body.errors.map(({ field }: { field: string }) => field.split(/[.[]/)[0]);

/** A system and an operator who edits its catalogue. Nothing but the tests changes it: there are no sweeps. */
export class CatalogueEditing {
  private constructor(
    readonly system: TestSystem,
    readonly operator: string,
  ) {}

  static async start(options: { worker?: boolean } = {}): Promise<CatalogueEditing> {
    const overrides = { VALIDATION_SWEEP_CRON: 'off', CATALOGUE_SYNC_CRON: 'off' };
    const system = await TestSystem.start({ ...options, overrides });
    return new CatalogueEditing(system, await system.key(['operate'], 'operator'));
  }

  close(): Promise<void> {
    return this.system.close();
  }

  edit(method: Method, path: string, body: object, token: string | null = this.operator): Promise<Answer> {
    return this.system.call(method, `/v1/${path}`, body, { token });
  }
  editModel = (id: string, body: object) => this.edit('PATCH', `models/${encodeURIComponent(id)}`, body);
  retire = (id: string, body: object = {}) => this.edit('POST', `models/${id}/retire`, body);
  editUseCase = (name: string, body: object) => this.edit('PUT', `use-cases/${name}`, body);

  async reasonsAgainst(modelId: string): Promise<string[]> {
    const { body } = await this.system.act({ action: 'validate', modelId });
    return body.data.reasons.map(({ code }: { code: string }) => code);
  }

  /** Ids of the models that `list-all` returns to clients. */
  async listed(): Promise<string[]> {
    const { body } = await this.system.act({ action: 'list-all' });
    return body.data.models.map(({ id }: { id: string }) => id);
  }

  /** Ids of the candidates, best first, with the codes of what is against each. */
  async candidatesOf(useCase: string): Promise<[id: string, reasons: string[]][]> {
    const { body } = await this.system.act({ action: 'get-for-use-case', useCase });
    return body.data.models.map(({ id, reasons }: Coded) => [id, reasons.map(({ code }) => code)]);
  }

  async modelOf(conversation: string): Promise<string> {
    return (await this.system.get(`/v1/conversations/${conversation}/model`)).body.model.id;
  }

  /** Recorded changes of an entity, newest first. */
  async changesOf(entity: string, id: string) {
    const query = `entity=${entity}&entityId=${encodeURIComponent(id)}`;
    return (await this.system.get(`/v1/catalogue/changes?${query}`)).body.items;
  }

  /** One item of `/v1/models`, `/v1/use-cases` or `/v1/assistants`; undefined: it is not there. */
  async item(list: 'models' | 'use-cases' | 'assistants', key: string) {
    const { body } = await this.system.get(`/v1/${list}`);
    return body.items.find(({ id, name }: { id?: string; name: string }) => (id ?? name) === key);
  }

  async switchesOf(useCase: string) {
    return (await this.system.get(`/v1/switches?useCase=${useCase}`)).body.items;
  }
}
