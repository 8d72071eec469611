import type { z } from 'zod';
import type { FieldError } from '#libs/platform/errors/errors.js';

/** At most this many fields are named: a body could be wrong in thousands of places. */
const MAX_FIELDS = 20;

/** Names each field that is wrong; of an unknown member its own name. */
export const fieldErrorsOf = ({ issues }: z.ZodError): FieldError[] =>
  issues.flatMap(errorsOf).slice(0, MAX_FIELDS);

function errorsOf({ path, message, ...issue }: z.core.$ZodIssue): FieldError[] {
  const keys = issue.code === 'unrecognized_keys' ? (issue as z.core.$ZodIssueUnrecognizedKeys).keys : [];
  const paths = keys.length > 0 ? keys.map((key) => [...path, key]) : [path];
  return paths.map((names) => ({ field: names.map(String).join('.') || 'body', message }));
}
