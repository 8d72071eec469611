import type { Model } from '#libs/catalogue/catalogue.js';
import type { CallAttempt } from '#libs/costs/invocation.js';
import type { BedrockErrorKind } from '#libs/platform/bedrock/bedrock-error.js';
import type { Message, Usage } from '#libs/platform/bedrock/converse-request.js';
import type { SwitchNotification } from '#libs/switching/switch.js';

/** What a caller asks. */
export interface ChatRequest {
  /** Absent: a new conversation. */
  conversationId?: string;
  useCase?: string;
  assistantId?: string;
  /** The user on whose behalf a service asks. */
  userId?: string;
  /** User and assistant alternate, the user first and last. */
  messages: Message[];
  system?: string;
  /** Tokens of the answer; the model's own limit at most. */
  maxTokens?: number;
  temperature?: number;
  topP?: number;
  stream: boolean;
  showNotification: boolean;
  /** Refuse a conversation that does not exist, which else is created. */
  mustExist?: boolean;
}

export interface ChatUsage extends Usage {
  /** USD as a decimal string; null: a price is not known. */
  costUsd: string | null;
  /** True: Bedrock did not say, and the tokens are our estimate. */
  estimated: boolean;
}

export interface ChatAnswer {
  conversationId: string;
  /** The conversation did not exist before. */
  created?: true;
  useCase: string;
  /** The one that answered. */
  model: Model;
  text: string;
  /** As Bedrock says: `end_turn`, `max_tokens`; `guardrail_intervened` and `content_filtered` are refusals. */
  stopReason: string;
  usage: ChatUsage;
  /** Every model that was asked or passed over. */
  attempts: CallAttempt[];
  notification?: SwitchNotification;
}

/** What happens in a chat, in this order: `model`, then `delta`s, each time preceded by a `restart` if the model breaks off; at last `done`. */
export type ChatEvent =
  | { type: 'model'; model: Model; notification?: SwitchNotification }
  | { type: 'delta'; text: string }
  /** Drop what was shown: another model begins anew. */
  | { type: 'restart'; reason: BedrockErrorKind; model: Model }
  | { type: 'done'; answer: ChatAnswer };
