import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { type FieldError, InvalidInputError } from '#libs/platform/errors/errors.js';

type Schema = NonNullable<ArgumentMetadata['schema']>;
type Issues = NonNullable<Awaited<ReturnType<Schema['~standard']['validate']>>['issues']>;

/** At most this many fields are named: a hostile body could be wrong in thousands of places. */
const MAX_FIELDS = 20;

/** Validates each parameter against its schema and names every field that is wrong. */
export class ValidationPipe implements PipeTransform {
  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    if (!metadata.schema) return value;
    const result = metadata.schema['~standard'].validate(value);
    if (result instanceof Promise) throw new Error('a schema of a request must not wait for anything');
    if (result.issues) throw new InvalidInputError(fieldsOf(result.issues, metadata));
    return result.value;
  }
}

/** Names the field of each issue by its path. */
export function fieldsOf(issues: Issues, { type, data }: ArgumentMetadata): FieldError[] {
  return issues.slice(0, MAX_FIELDS).map(({ path = [], message }) => {
    const names = path.map((segment) => String(typeof segment === 'object' ? segment.key : segment));
    return { field: names.join('.') || (data ?? type), message };
  });
}
