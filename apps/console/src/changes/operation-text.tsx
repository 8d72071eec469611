import type { ReactNode } from 'react';
import { ModelLink } from '../models/model-link.js';
import type { Operation } from './use-changes.js';

/** One line that says what an operation does. */
export function operationTitle(operation: Operation): ReactNode {
  switch (operation.kind) {
    case 'switch-use-case':
      return (
        <>
          Switch {operation.useCase} to <ModelLink id={operation.modelId} />
        </>
      );
    case 'edit-use-case':
      return `Edit ${operation.useCase}`;
    case 'edit-policy':
      return `Change the change policy of ${operation.useCase}`;
    case 'edit-model':
      return (
        <>
          Edit <ModelLink id={operation.modelId} />
        </>
      );
    case 'retire-model':
      return (
        <>
          Retire <ModelLink id={operation.modelId} />
        </>
      );
    case 'move-off-model':
      return (
        <>
          Move {operation.useCases?.join(', ') ?? 'everything'} off <ModelLink id={operation.modelId} />
        </>
      );
    case 'undo-move':
      return 'Undo a move';
  }
}

const FIELDS: Record<string, string> = {
  activeModelId: 'Active model',
  candidates: 'Candidates',
  objective: 'Objective',
  allowedRegions: 'Regions',
  onModelFailure: 'On model failure',
  onModelRecovery: 'On model recovery',
  clients: 'Open to',
  control: 'Control',
  approvals: 'Approvals',
  approverGroup: 'Group of the approvers',
  windows: 'Windows',
  expiresAfterDays: 'Expires after (days)',
  lateByMinutes: 'Late by at most (minutes)',
  activeIn: 'Active in',
  movedOff: 'Moved off',
  movedTo: 'Moved to',
  useCases: 'Use cases',
  state: 'State',
  available: 'Available',
  successorId: 'Successor',
};

export const fieldLabel = (field: string): string => FIELDS[field] ?? field;

type NameOf = (modelId: string) => string;

/** Text of a value; ids of models become their names. */
export function valueText(value: unknown, nameOf: NameOf): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'string') return nameOf(value);
  if (Array.isArray(value) && value.every((each) => typeof each === 'string'))
    return value.length === 0
      ? 'none'
      : value.map((each, index) => `${index + 1}. ${nameOf(each)}`).join('\n');
  return typeof value === 'object' ? JSON.stringify(value, null, 1) : String(value);
}
