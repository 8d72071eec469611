import type { KeySettings } from '#libs/platform/auth/key-settings.js';
import { type FieldError, InvalidInputError } from '#libs/platform/errors/errors.js';
import type { Catalogue } from './catalogue.js';

/** @throws InvalidInputError that names each setting of a key which does not fit the catalogue, or its limits */
export function checkKeySettings({ defaults, limits }: KeySettings, catalogue: Catalogue): void {
  const { useCase, assistantId } = defaults;
  const assistant = catalogue.assistants.find(({ id }) => id === assistantId);
  const known = {
    useCases: new Set(catalogue.useCases.map(({ name }) => name)),
    models: new Set(catalogue.models.map(({ id }) => id)),
  };
  const errors: (FieldError | false)[] = [
    unknownError('defaults.useCase', useCase === null ? [] : [useCase], known.useCases),
    assistantId !== null &&
      !assistant && { field: 'defaults.assistantId', message: `unknown: ${assistantId}` },
    unknownError('limits.useCases', limits.useCases ?? [], known.useCases),
    unknownError('limits.models', Array.isArray(limits.models) ? limits.models : [], known.models),
    outsideError(useCase ?? assistant?.useCase, limits.useCases),
  ];
  const found = errors.filter((error) => error !== false);
  if (found.length > 0) throw new InvalidInputError(found);
}

function unknownError(
  field: string,
  names: readonly string[],
  known: ReadonlySet<string>,
): FieldError | false {
  const unknown = names.filter((name) => !known.has(name));
  return unknown.length > 0 && { field, message: `unknown: ${unknown.join(', ')}` };
}

/** The key could not make a call that names no use case. */
function outsideError(useCase: string | undefined, allowed: string[] | null): FieldError | false {
  const isOutside = useCase !== undefined && allowed !== null && !allowed.includes(useCase);
  return isOutside && { field: 'limits.useCases', message: `must have the default use case ${useCase}` };
}
