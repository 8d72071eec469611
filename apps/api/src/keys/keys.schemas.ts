import { z } from 'zod';
import { ECHOES, editedSettings, FALLBACKS, NO_SETTINGS } from '#libs/platform/auth/key-settings.js';
import { KEY_SCOPES } from '#libs/platform/auth/principal.js';
import type { ServiceKey } from '#libs/platform/auth/service-key.js';
import { Id, Limit, ModelId } from '../http/string.schemas.js';

const Expiry = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .refine((time) => time > new Date(), 'must be in the future')
  .nullable();
const EXPIRY = { type: ['string', 'null'], format: 'date-time' };

const MAX_LISTED = 100;
const listOf = <Item extends z.ZodType>(item: Item) => z.array(item).min(1).max(MAX_LISTED);

const KeyDefaults = z
  .strictObject({
    useCase: Id.nullable().meta({
      description:
        'Use case of a call that names neither one nor an assistant nor a conversation; null: platform',
    }),
    assistantId: Id.nullable().meta({ description: 'Assistant whose use case applies if `useCase` is null' }),
    userId: Id.nullable().meta({
      description: 'User of a call that names none; the key needs no act-as for it; null: the key itself',
    }),
    fallback: z.enum(FALLBACKS).meta({
      description: 'same-use-case: another candidate may answer for a model that a call of a wire names',
    }),
    echo: z.enum(ECHOES).meta({
      description: 'body: the answer to a call of a wire says in its body which model answered',
    }),
  })
  .meta({ id: 'KeyDefaults' });
const KeyLimits = z
  .strictObject({
    useCases: listOf(Id)
      .nullable()
      .meta({ description: 'Use cases in which the key may chat, call models and switch; null: all' }),
    models: z.union([z.enum(['candidates', 'any']), listOf(ModelId)]).meta({
      description:
        'Models that a call of a wire may name: the candidates of its use case, any, or the listed candidates. A list also limits manual switches',
    }),
    users: z.union([z.enum(['any', 'own']), listOf(Id)]).meta({
      description:
        'Users for whom the key may act: any, only its default user, or those whose ids begin with a listed prefix',
    }),
  })
  .meta({ id: 'KeyLimits' });
const settings = {
  defaults: KeyDefaults.partial().optional().meta({
    id: 'KeyDefaultsEdit',
    description: 'Values that hold for a call of the key which says nothing else; an absent one stays',
  }),
  limits: KeyLimits.partial()
    .optional()
    .meta({ id: 'KeyLimitsEdit', description: 'Limits of the key, beside its scopes; an absent one stays' }),
};

export const EditKey = z.strictObject(settings).meta({ id: 'EditKey' });
export type EditKey = z.infer<typeof EditKey>;

export const CreateKey = z
  .strictObject({
    name: z
      .string()
      .regex(
        /^[a-z0-9][a-z0-9._-]{0,63}$/,
        'must be 1 to 64 of a-z, 0-9, ".", "_" and "-", beginning with a letter or digit',
      )
      .refine(
        (name) => name !== 'bootstrap',
        'must not be bootstrap: that is the name of the key from the environment',
      )
      .meta({ description: 'Name of the key; audit rows contain it as service:<name>' }),
    scopes: z.array(z.enum(KEY_SCOPES)).min(1).max(KEY_SCOPES.length),
    expiresAt: Expiry.default(null).meta(EXPIRY),
    ...settings,
  })
  .meta({ id: 'CreateKey' });
export type CreateKey = z.infer<typeof CreateKey>;

const MAX_OVERLAP_SECONDS = 30 * 86_400;
export const RotateKey = z
  .strictObject({
    overlapSeconds: z.number().int().min(0).max(MAX_OVERLAP_SECONDS).default(86_400).meta({
      description: 'Seconds for which the old key stays valid, unless it expires before; default: 1 day',
    }),
    expiresAt: Expiry.optional().meta({
      ...EXPIRY,
      description: 'Expiry of the new key; absent: the new key gets the same lifetime as the old key',
    }),
  })
  .meta({ id: 'RotateKey' });
export type RotateKey = z.infer<typeof RotateKey>;

const time = z.iso.datetime().nullable();
export const KeyView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    scopes: z.array(z.enum(KEY_SCOPES)),
    defaults: KeyDefaults,
    limits: KeyLimits,
    createdBy: z.string(),
    createdAt: z.iso.datetime(),
    expiresAt: time,
    lastUsedAt: time,
    revokedAt: time,
    replacedBy: z.uuid().nullable().meta({ description: 'Id of the key that replaced it' }),
  })
  .meta({ id: 'Key' });
export const CreatedKeyView = KeyView.extend({
  key: z.string().meta({ description: 'Secret of the key; only this response contains it' }),
}).meta({
  id: 'CreatedKey',
});
export const RotatedKeyView = CreatedKeyView.extend({
  replaced: KeyView.meta({ description: 'The old key, with the end of its validity' }),
}).meta({ id: 'RotatedKey' });
export const KeyPage = z
  .object({ items: z.array(KeyView), nextCursor: z.string().nullable() })
  .meta({ id: 'KeyPage' });
export const KeysQuery = z.strictObject({ limit: Limit, cursor: z.uuid().optional() });
export type KeysQuery = z.infer<typeof KeysQuery>;

export const toNewKey = ({ defaults, limits, ...key }: CreateKey) => ({
  ...key,
  ...editedSettings(NO_SETTINGS, { defaults, limits }),
});

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

export const toKeyView = (key: ServiceKey) => ({
  ...key,
  createdAt: key.createdAt.toISOString(),
  expiresAt: iso(key.expiresAt),
  lastUsedAt: iso(key.lastUsedAt),
  revokedAt: iso(key.revokedAt),
});
