import { z } from 'zod';
import type { UseCasePolicy } from '#libs/change-control/change-policy.js';
import { MAX_WINDOW_MINUTES, MAX_WINDOWS } from '#libs/change-control/change-window.js';

const Window = z
  .strictObject({
    cron: z.string().min(1).max(100).meta({ description: 'Five fields: each time opens the window' }),
    durationMinutes: z.number().int().min(1).max(MAX_WINDOW_MINUTES),
    timezone: z.string().min(1).max(64).meta({ description: 'IANA name, e.g. Europe/Berlin' }),
  })
  .meta({ id: 'ChangeWindow' });

const policy = {
  control: z
    .enum(['direct', 'reviewed'])
    .meta({ description: 'reviewed: it changes by approved changes only' }),
  approvals: z
    .number()
    .int()
    .min(1)
    .max(5)
    .meta({ description: 'People who must approve, beside the proposer' }),
  approverGroup: z
    .string()
    .min(1)
    .max(255)
    .nullable()
    .meta({ description: 'Group that approvers must have; null: any person with the scope approve' }),
  windows: z
    .array(Window)
    .max(MAX_WINDOWS)
    .meta({ description: 'Times at which changes may be applied; none: always' }),
  expiresAfterDays: z.number().int().min(1).max(90),
  lateByMinutes: z
    .number()
    .int()
    .min(0)
    .max(1440)
    .meta({ description: 'A scheduled change that is later than this expires' }),
};

export const SetPolicy = z
  .strictObject({
    control: policy.control,
    approvals: policy.approvals.default(1),
    approverGroup: policy.approverGroup.default(null),
    windows: policy.windows.default([]),
    expiresAfterDays: policy.expiresAfterDays.default(7),
    lateByMinutes: policy.lateByMinutes.default(15),
  })
  .meta({ id: 'SetChangePolicy' });
export type SetPolicy = z.infer<typeof SetPolicy>;

export const EditPolicy = z
  .strictObject(policy)
  .partial()
  .refine((edit) => Object.keys(edit).length > 0, 'must have a field')
  .meta({ id: 'EditChangePolicy' });

export const PolicyView = z
  .object({
    ...policy,
    useCase: z.string(),
    version: z.number().int().meta({ description: 'Version of the use case, for If-Match' }),
    frozenUntil: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ChangePolicy' });

export const toPolicyView = ({ frozenUntil, ...rest }: UseCasePolicy) => ({
  ...rest,
  frozenUntil: frozenUntil?.toISOString() ?? null,
});
