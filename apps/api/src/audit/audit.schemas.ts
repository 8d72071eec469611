import { z } from 'zod';
import type { Checkpoint } from '#libs/audit/hash-chain/checkpoint.js';
import type { Verification } from '#libs/audit/hash-chain/verification.service.js';
import { Limit, NumberCursor } from '../http/string.schemas.js';

const Position = z.number().int().min(1);
const CheckpointView = z
  .strictObject({
    position: Position.meta({
      description: 'Number of entries of the hash chain that the checkpoint covers',
    }),
    hash: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits'),
    sealedAt: z.iso.datetime(),
    keyId: z
      .string()
      .min(1)
      .max(64)
      .nullable()
      .meta({ description: 'Id of the public key; null: the checkpoint is not signed' }),
    signature: z
      .string()
      .regex(/^[A-Za-z0-9+/]{86}==$/, 'must be an Ed25519 signature in base64')
      .nullable(),
  })
  .meta({
    id: 'Checkpoint',
    description:
      'Signed entry of the hash chain. Keep a copy outside of the database: it shows whether the hash chain was rewritten',
  });

export const CheckpointPage = z
  .object({ items: z.array(CheckpointView), nextCursor: z.string().nullable() })
  .meta({ id: 'CheckpointPage' });
export const CheckpointsQuery = z.strictObject({
  limit: Limit,
  cursor: NumberCursor,
});
export type CheckpointsQuery = z.infer<typeof CheckpointsQuery>;

export const VerifyAudit = z
  .strictObject({
    checkpoint: CheckpointView.optional().meta({
      description:
        'Checkpoint that you kept outside of the database. Only with it does the verification always find removed entries at the end',
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
    checked: z.number().int().meta({ description: 'Number of verified entries of the hash chain' }),
    waiting: z
      .number()
      .int()
      .meta({ description: 'Number of audit rows that wait for their append to the hash chain' }),
    erased: z.number().int().meta({
      description: 'Number of rows without the data of an erased person; their other data is verified',
    }),
    head: CheckpointView.nullable(),
    checkpoints: z.object({
      total: z.number().int(),
      signed: z.number().int(),
      signedFrom: Position.nullable().meta({ description: 'Position of the first signed checkpoint' }),
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
      .meta({ description: 'The first 100 problems' }),
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
