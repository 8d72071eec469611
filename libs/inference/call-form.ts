import type { Guardrail, Model } from '#libs/catalogue/catalogue.js';
import type { BedrockErrorKind } from '#libs/platform/bedrock/bedrock-error.js';
import type { StreamLimits } from '#libs/platform/bedrock/call-deadline.js';
import type { StreamEnd } from '#libs/platform/bedrock/streamed-answer.js';
import type { Changes, Lack } from './call-attempts.js';

/** Content of an answer that arrived together. */
export interface Content {
  text: string;
  /** Bytes of the model, if the form passes them on; absent: only the text. */
  bytes?: Buffer;
  /** Headers of the answer of the model, if the form passes them on. */
  headers?: Record<string, string>;
}

/** Receives content synchronously. @returns a promise that resolves when there is room for more, if there is none */
export type OnContent = (content: Content) => Promise<void> | undefined;

export interface AnswerEnd extends StreamEnd {
  /** Last bytes of the model, which leave after the call is recorded; absent: none. */
  tail?: Buffer;
  /** As those of `Content`. */
  headers?: Record<string, string>;
}

/** Model to call, and the guardrail of the use case. */
export interface Callee {
  model: Model;
  guardrail: Guardrail | null;
}

/** Part of a call that depends on the form of its request: what each model gets, and what of its answer is passed on. */
export interface CallForm {
  readonly stream: boolean;
  /** False: a failure after content was shown ends the call. */
  readonly mayRestart: boolean;
  /** Returns why a model is passed over; undefined: it may be called. */
  lackOf(model: Model): Lack | undefined;
  /** Returns what of the request a model would refuse, and therefore does not get as the caller sent it. */
  changesFor(callee: Callee): Changes;
  /** Returns the failure of a complete answer; null: it is passed on. */
  failureOf(end: AnswerEnd, hasContent: boolean): BedrockErrorKind | null;
  /** Calls a model once. @throws BedrockError */
  call(callee: Callee, limits: StreamLimits, onContent: OnContent): Promise<AnswerEnd>;
}
