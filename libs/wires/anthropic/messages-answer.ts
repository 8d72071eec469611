import { isNative } from '#libs/platform/bedrock/model-operation.js';
import type { AnswerWriter, WrittenAnswer } from '../encoding.js';
import { ClaudeAnswerWriter } from './claude-answer.js';
import { ConverseAnswerWriter } from './converse-answer.js';

/** Returns the writer of an answer in the form of the Messages API. */
export const messagesWriter = ({ operation, facts }: WrittenAnswer): AnswerWriter =>
  isNative(operation) ? new ClaudeAnswerWriter(facts) : new ConverseAnswerWriter(facts);
