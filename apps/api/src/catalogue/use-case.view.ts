import type { Assistant, UseCase } from '#libs/catalogue/catalogue.js';
import { expectedUsage } from '#libs/catalogue/expected-usage.js';

/** Omits the system prompt: users may read the catalogue. */
export const toUseCaseView = ({ systemPrompt, ...useCase }: UseCase) => ({
  ...useCase,
  hasSystemPrompt: systemPrompt !== null,
  expected: expectedUsage(useCase.configured, useCase.measured),
});

export const toAssistantView = ({ systemPrompt, ...assistant }: Assistant) => ({
  ...assistant,
  hasSystemPrompt: systemPrompt !== null,
});
