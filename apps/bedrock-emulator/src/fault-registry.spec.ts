import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FaultRegistry } from './fault-registry.js';
import { type FaultInput, FaultList } from './faults.js';
import type { Operation, Target } from './operations.js';

const target = (operation: Operation = 'Converse', modelId = 'eu.amazon.nova-lite-v1:0'): Target => ({
  operation,
  plane: operation.startsWith('List') || operation.startsWith('Get') ? 'control' : 'runtime',
  modelId,
  query: new URLSearchParams(),
});
const registry = new FaultRegistry();
const set = (...faults: FaultInput[]) => registry.set(FaultList.parse(faults));
const strikes = (times: number, at = target()) =>
  Array.from({ length: times }, () => (registry.apply(at).attemptFault ? 'x' : '.')).join('');

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

it('applies as often as configured', () => {
  set({ kind: 'cut', times: 2 });
  expect(strikes(5)).toBe('xx...');
  set({ kind: 'cut', everyNth: 3 });
  expect(strikes(7)).toBe('..x..x.');
  set({ kind: 'cut', everyNth: 2, times: 1 });
  expect(strikes(6)).toBe('.x....');
});

it('flaps: down first, then up', () => {
  set({ kind: 'cut', flapping: { downMs: 100, upMs: 50 } });
  const seen = [0, 99, 100, 149, 150, 249, 250].map((ms) => {
    vi.setSystemTime(ms);
    return strikes(1);
  });
  expect(seen.join('')).toBe('xx..xx.');
});

it('strikes only what it is meant for', () => {
  set({ kind: 'cut', modelId: 'amazon.nova-lite-v1:0', plane: 'runtime' });
  expect(strikes(1)).toBe('x');
  expect(strikes(1, target('GetInferenceProfile'))).toBe('.');
  expect(strikes(1, target('Converse', 'eu.amazon.nova-pro-v1:0'))).toBe('.');
  set({ kind: 'cut', modelId: 'eu.amazon.nova-lite-v1:0' });
  expect(strikes(1, target('Converse', 'amazon.nova-lite-v1:0'))).toBe('.');
});

it('keeps what needs a stream for streams', () => {
  set(
    { kind: 'exception', name: 'ThrottlingException', times: 1 },
    { kind: 'truncate', afterEvents: 2, times: 1 },
  );
  expect(strikes(2)).toBe('..');
  expect(strikes(3, target('ConverseStream'))).toBe('xx.');
});

it('adds delays up, and takes the first of several ends', () => {
  set(
    { kind: 'latency', ms: 5 },
    { kind: 'latency', ms: 7 },
    { kind: 'error', name: 'First', times: 1 },
    { kind: 'error', name: 'Second', times: 1 },
  );
  expect(registry.apply(target())).toMatchObject({ latencyMs: 12, attemptFault: { name: 'First' } });
  expect(registry.apply(target())).toMatchObject({ latencyMs: 12, attemptFault: { name: 'Second' } });
  expect(registry.apply(target()).attemptFault).toBeUndefined();
});
