import { describe, expect, it } from 'vitest';
import { hashOfChange } from './change-hash.js';
import { inverseOf } from './change-inverse.js';
import { type ChangeOperation, contradictionsIn } from './change-operation.js';

const toModel = (modelId: string): ChangeOperation => ({
  kind: 'switch-use-case',
  useCase: 'clinical',
  modelId,
});

describe('the inverse of an operation', () => {
  it('goes back to the recorded model', () => {
    const recorded = {
      operation: toModel('b'),
      before: { activeModelId: 'a' },
      after: { activeModelId: 'b' },
      result: { switchId: 's' },
    };
    expect(inverseOf(recorded)).toEqual([toModel('a')]);
  });

  it('takes back a capability that nobody had stated', () => {
    const operation = { kind: 'edit-model' as const, modelId: 'm', edit: {} };
    const before = { capabilities: { tools: true } };
    const after = { capabilities: { tools: false, images: true } };
    expect(inverseOf({ operation, before, after, result: {} })).toEqual([
      { ...operation, edit: { capabilities: { tools: true, images: null } } },
    ]);
  });

  it('makes a retired model available before its use cases return to it', () => {
    const operation = { kind: 'retire-model' as const, modelId: 'm', successorId: null };
    const before = { available: true, successorId: null, activeIn: ['clinical'] };
    const edit = { kind: 'edit-model', modelId: 'm', edit: { available: true, successorId: null } };
    expect(inverseOf({ operation, before, after: {}, result: {} })).toEqual([edit, toModel('m')]);
    expect(inverseOf({ operation, before, after: {}, result: { moveId: 'v' } })).toEqual([
      edit,
      { kind: 'undo-move', moveId: 'v' },
    ]);
  });

  it('undoes the move that was made, which restores its pins, and makes it again', () => {
    const operation = {
      kind: 'move-off-model' as const,
      modelId: 'm',
      toModelId: 'n',
      useCases: ['clinical'],
    };
    const before = { activeIn: ['clinical'] };
    expect(inverseOf({ operation, before, after: { movedTo: 'n' }, result: { moveId: 'v' } })).toEqual([
      { kind: 'undo-move', moveId: 'v' },
    ]);
    const undone = {
      operation: { kind: 'undo-move' as const, moveId: 'v' },
      before: { movedOff: 'm', movedTo: 'n', useCases: ['clinical'], state: 'done' },
      after: { state: 'undone' },
      result: { moveId: 'v' },
    };
    expect(inverseOf(undone)).toEqual([operation]);
  });
});

it('two operations that change the same of one scope contradict each other', () => {
  const edit: ChangeOperation = { kind: 'edit-use-case', useCase: 'clinical', edit: { objective: 'cost' } };
  expect(contradictionsIn([toModel('a'), edit])).toEqual([]);
  expect(contradictionsIn([toModel('a'), edit, toModel('b')])).toMatchObject([{ field: 'operations.2' }]);
  const undo: ChangeOperation = { kind: 'undo-move', moveId: 'v' };
  expect(contradictionsIn([undo, { ...undo, moveId: 'w' }, undo])).toMatchObject([
    { field: 'operations.2', message: 'changes the undo of move:v, as operations.0 does' },
  ]);
});

it('the hash is of operations, versions and time, in any order of their fields', () => {
  const recorded = {
    operation: toModel('b'),
    useCases: ['clinical'],
    expectedVersion: '3',
    before: {},
    after: {},
  };
  const turned = { ...recorded, operation: Object.fromEntries(Object.entries(toModel('b')).reverse()) };
  const hash = hashOfChange([recorded], null);
  expect(hash).toMatch(/^[\da-f]{64}$/);
  expect(hashOfChange([turned as typeof recorded], null)).toBe(hash);
  expect(hashOfChange([{ ...recorded, expectedVersion: '4' }], null)).not.toBe(hash);
  expect(hashOfChange([recorded], new Date(0))).not.toBe(hash);
});
