import type { AnswerFacts } from '../encoding.js';

/** Returns the members of a message that this service sets: the model that answers, and how it was reached. */
export const membersOf = (facts: AnswerFacts) => ({ model: facts.model, orchestrator: facts });

/** Returns one server-sent event. @param json a line break in it is between tokens, and would end the event */
export const sseEvent = (type: string, json: string): string =>
  `event: ${type}\ndata: ${json.replace(/[\r\n]+/g, ' ')}\n\n`;
