import type { Model } from '#libs/catalogue/catalogue.js';
import type { CallCost } from '#libs/costs/call-cost.js';
import type { CallAttempt } from '#libs/costs/invocation.js';
import type { BedrockErrorKind } from '#libs/platform/bedrock/bedrock-error.js';
import type { AnswerBlock, Message, ToolConfig, Usage } from '#libs/platform/bedrock/converse-request.js';
import type { SentNotification } from '#libs/switching/switch.js';

/** Request of a caller. */
export interface ChatRequest {
  /** Absent: a new conversation. */
  conversationId?: string;
  useCase?: string;
  assistantId?: string;
  /** User on whose behalf a service calls. */
  userId?: string;
  /** User and assistant alternate, the user first and last. */
  messages: Message[];
  /** One text, or one for each block. */
  system?: string | readonly string[];
  /** Maximum of tokens in the response; the model's own limit applies too. */
  maxTokens?: number;
  temperature?: number;
  topP?: number;
  stopSequences?: string[];
  toolConfig?: ToolConfig;
  stream: boolean;
  showNotification: boolean;
  /** Refuses a conversation that does not exist instead of creating it. */
  mustExist?: boolean;
}

export interface ChatUsage extends Usage, CallCost {
  /** True: Bedrock sent no usage, and the tokens are our estimate. */
  estimated: boolean;
}

export interface ChatAnswer {
  conversationId: string;
  /** The conversation was created by this chat. */
  created?: true;
  useCase: string;
  /** Model that answered. */
  model: Model;
  text: string;
  /** Text and uses of tools, in their order. */
  content: AnswerBlock[];
  /**
   * Bedrock's reason, such as `end_turn` or `max_tokens`; `content_filtered` is a refusal, and after
   * `guardrail_intervened` the text is what the guardrail has made of it.
   */
  stopReason: string;
  usage: ChatUsage;
  /** Every model that was called or skipped. */
  attempts: CallAttempt[];
  notification?: SentNotification;
}

/**
 * Events of a chat, in this order: `model`, then `delta`s, then `done`. If a model breaks off, `restart` precedes the
 * `delta`s of the next one.
 */
export type ChatEvent =
  | { type: 'model'; model: Model; notification?: SentNotification }
  | { type: 'delta'; text: string }
  /** The client drops the text so far: another model starts from the beginning. */
  | { type: 'restart'; reason: BedrockErrorKind; model: Model }
  | { type: 'done'; answer: ChatAnswer };
