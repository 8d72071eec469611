import { z } from 'zod';
import type { EmulatedBedrock } from './emulated-bedrock.js';
import { FaultList } from './faults.js';
import { REFUSED_FORMS } from './model-forms.js';
import { type EmulatedModel, MODALITIES } from './models.js';
import type { RequestContext } from './request-context.js';

const instant = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), 'must be a date or a time in ISO 8601')
  .nullable()
  .optional();

/** Changes or adds a model; omitted fields keep their values. */
const ModelChange = z.strictObject({
  name: z.string().min(1).optional(),
  provider: z.string().min(1).optional(),
  contextWindow: z.number().int().min(1).optional(),
  maxOutputTokens: z.number().int().min(1).optional(),
  /** null: invoked by its bare id. */
  destinations: z.array(z.string().min(1)).min(1).nullable().optional(),
  /** Ids of application inference profiles of the account over this model's destinations. */
  applicationProfiles: z.array(z.string().regex(/^[a-z0-9]{12}$/)).optional(),
  countsTokens: z.boolean().optional(),
  /** Images, video and audio that are not among them are refused. */
  input: z.array(z.enum(MODALITIES)).min(1).optional(),
  maxStopSequences: z.number().int().min(0).optional(),
  /** Forms of a request that it answers with 400; the list replaces the one before. */
  refuses: z.array(z.enum(REFUSED_FORMS)).optional(),
  /** null removes a date. */
  lifecycle: z
    .strictObject({
      startOfLifeTime: instant,
      legacyTime: instant,
      publicExtendedAccessTime: instant,
      endOfLifeTime: instant,
    })
    .optional(),
  removed: z.boolean().optional(),
});

export type ModelChange = z.input<typeof ModelChange>;

export const ADMIN_PREFIX = '/_emulator/';

/** Rejection of an invalid admin request. */
class AdminError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

type Connections = () => { opened: number; open: number };

/** Reads and changes the emulator for developers and tests, over HTTP or in process. */
export class Admin {
  constructor(
    private readonly bedrock: EmulatedBedrock,
    private readonly connections: Connections,
  ) {}

  /** @throws AdminError that names each bad field */
  setFaults(faults: unknown): void {
    this.bedrock.faults.set(parsed(FaultList, faults));
  }

  calls() {
    const { calls } = this.bedrock;
    return { total: calls.total, connections: this.connections(), calls: calls.list() };
  }

  /** @throws AdminError that names each bad field */
  putModel(id: string, change: unknown): EmulatedModel | null {
    const { removed, lifecycle, ...rest } = parsed(ModelChange, change);
    const { catalogue } = this.bedrock;
    const bareId = id.replace(/^(eu|global)\./, '');
    if (removed) {
      catalogue.remove(bareId);
      return null;
    }
    const before = catalogue.find(bareId) ?? newModel(bareId);
    const dates = Object.fromEntries(
      Object.entries({ ...before.lifecycle, ...lifecycle }).filter(([, time]) => time != null),
    );
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    const model: EmulatedModel = { ...before, ...given, lifecycle: dates };
    catalogue.put(model);
    return model;
  }

  async serve(exchange: RequestContext): Promise<void> {
    try {
      exchange.json(200, await this.answer(exchange));
    } catch (error) {
      const status = error instanceof AdminError ? error.status : 400;
      exchange.json(status, { error: (error as Error).message });
    }
  }

  private async answer(exchange: RequestContext): Promise<unknown> {
    const { method, url = '' } = exchange.request;
    const path = new URL(url, 'http://emulator').pathname.slice(ADMIN_PREFIX.length);
    const [resource, id, ...rest] = path.split('/').map(decodeURIComponent);
    const { bedrock } = this;
    const routes: Record<string, () => unknown> = {
      'GET faults': () => bedrock.faults.list(),
      'PUT faults': async () => {
        this.setFaults(await exchange.body());
        return bedrock.faults.list();
      },
      'DELETE faults': () => bedrock.faults.set([]),
      'GET calls': () => this.calls(),
      'DELETE calls': () => bedrock.calls.clear(),
      'GET models': () => bedrock.catalogue.all(),
      'PUT models/{id}': async () => this.putModel(id!, await exchange.body()),
      'POST reset': () => bedrock.reset(),
    };
    const route = routes[`${method} ${resource}${id === undefined ? '' : '/{id}'}`];
    if (!route || rest.length > 0)
      throw new AdminError(404, `No such route. There are: ${Object.keys(routes).join(', ')}.`);
    return (await route()) ?? { done: true };
  }
}

const newModel = (id: string): EmulatedModel => ({
  id,
  name: id,
  provider: id.split('.')[0]!,
  input: ['TEXT'],
  contextWindow: 200_000,
  maxOutputTokens: 8_000,
  destinations: null,
  hasGlobalProfile: false,
  countsTokens: false,
  lifecycle: {},
});

function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const lines = result.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  throw new AdminError(400, lines.join('; '));
}
