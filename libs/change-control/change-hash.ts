import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { RecordedOperation } from './change-operation.js';

/** Hashes any JSON value in its canonical form (RFC 8785), as lower-case hex. */
export const hashOfJson = (value: unknown): string =>
  createHash('sha256')
    .update(canonicalize(JSON.parse(JSON.stringify(value))) ?? '')
    .digest('hex');

/** Hashes what an approval is of: operations, versions and time. */
export const hashOfChange = (operations: readonly RecordedOperation[], applyAt: Date | null): string =>
  hashOfJson({
    operations: operations.map(({ operation, expectedVersion }) => ({ operation, expectedVersion })),
    applyAt: applyAt?.toISOString() ?? null,
  });
