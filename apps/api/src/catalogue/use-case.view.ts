import type { UseCase } from '#libs/catalogue/catalogue.js';
import { expectedUsage } from '#libs/catalogue/expected-usage.js';

export const toUseCaseView = (useCase: UseCase) => ({
  ...useCase,
  expected: expectedUsage(useCase.configured, useCase.measured),
});
