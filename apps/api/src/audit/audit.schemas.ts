import { z } from 'zod';
import type { Checkpoint } from '#libs/audit/hash-chain/checkpoint.js';
import type { Verification } from '#libs/audit/hash-chain/verification.service.js';
import { Limit } from '../http/string.schemas.js';

const Position = z.number().int().min(1);
const CheckpointView = z
  .strictObject({
    position: Position.meta({ description: 'How many entries of the chain it stands for' }),
    hash: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits'),
    sealedAt: z.iso.datetime(),
    keyId: z
      .string()
      .min(1)
      .max(64)
      .nullable()
      .meta({ description: 'Of the public key; null: it is not signed' }),
    signature: z
      .string()
      .regex(/^[A-Za-z0-9+/]{86}==$/, 'must be an Ed25519 signature in base64')
      .nullable(),
  })
  .meta({
    id: 'Checkpoint',
    description: 'Keep it outside of the database: it shows when history was rewritten',
  });

export const CheckpointPage = z
  .object({ items: z.array(CheckpointView), nextCursor: z.string().nullable() })
  .meta({ id: 'CheckpointPage' });
export const CheckpointsQuery = z.strictObject({
  limit: Limit,
  cursor: z.coerce.number().int().min(1).optional().meta({ description: '`nextCursor` of the page before' }),
});
export type CheckpointsQuery = z.infer<typeof CheckpointsQuery>;

export const VerifyAudit = z
  .strictObject({
    checkpoint: CheckpointView.optional().meta({
      description: 'One that was kept outside of the database: only with it a cut tail is found for certain',
    }),
  })
  .meta({ id: 'VerifyAudit' });
export type VerifyAudit = z.infer<typeof VerifyAudit>;

const ProblemCode = z.enum([
  'row_changed',
  'row_missing',
  'row_not_sealed',
  'event_changed',
  'event_missing',
  'entry_missing',
  'erasure_mismatch',
  'tail_cut',
  'history_rewritten',
  'signature_invalid',
  'signature_missing',
  'key_unknown',
]);
/** The last line of the answer. */
export const VerificationView = z
  .object({
    intact: z.boolean(),
    checked: z.number().int().meta({ description: 'Entries of the chain that were followed' }),
    waiting: z.number().int().meta({ description: 'Rows that are not sealed yet' }),
    erased: z
      .number()
      .int()
      .meta({ description: 'Rows that a person was taken out of; all else in them is proved' }),
    head: CheckpointView.nullable(),
    checkpoints: z.object({
      total: z.number().int(),
      signed: z.number().int(),
      signedFrom: Position.nullable().meta({ description: 'The first that is signed' }),
    }),
    signaturesChecked: z.boolean().meta({ description: 'false: no public key is configured' }),
    problems: z
      .array(
        z.object({
          code: ProblemCode,
          position: z.number().int().nullable(),
          switchId: z.string().nullable(),
          detail: z.string(),
        }),
      )
      .meta({ description: 'The first hundred' }),
    problemCount: z.number().int(),
  })
  .meta({ id: 'AuditVerification' });

export const toCheckpointView = ({ hash, sealedAt, position, signature }: Checkpoint) => ({
  position,
  hash: hash.toString('hex'),
  sealedAt: sealedAt.toISOString(),
  keyId: signature?.keyId ?? null,
  signature: signature?.value.toString('base64') ?? null,
});

export const toCheckpoint = (view: z.infer<typeof CheckpointView>): Checkpoint => ({
  position: view.position,
  hash: Buffer.from(view.hash, 'hex'),
  sealedAt: new Date(view.sealedAt),
  signature:
    view.keyId === null || view.signature === null
      ? null
      : { keyId: view.keyId, value: Buffer.from(view.signature, 'base64') },
});

export const toVerificationView = (found: Verification): z.infer<typeof VerificationView> => ({
  ...found,
  head: found.head && toCheckpointView(found.head),
});
