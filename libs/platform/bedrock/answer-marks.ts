import type { PerformanceConfigLatency, ServiceTierType, TokenUsage } from '@aws-sdk/client-bedrock-runtime';
import type { ReportedUsage } from './converse-request.js';

/** Facts about an event of a stream, or about a whole answer in the form of a family. */
export interface AnswerMarks {
  /** True: it has content for the caller. */
  hasContent: boolean;
  /** Of the answer, for estimates. */
  text: string;
  /** The event completes the answer. */
  stopReason?: string;
  reported?: ReportedUsage;
}

const NOTHING: AnswerMarks = { hasContent: false, text: '' };
const CONTENT = new Set(['contentBlockStart', 'contentBlockDelta']);

/** Fields that we read of the events of Converse. */
interface ConversePayload extends ReportedUsage {
  delta?: { text?: string; toolUse?: { input?: string }; reasoningContent?: { text?: string } };
  stopReason?: string;
}

/** Reads an event of ConverseStream. */
export function marksOfConverse(name: string, payload: string): AnswerMarks {
  if (name === 'messageStart' || name === 'contentBlockStop') return NOTHING;
  if (name === 'contentBlockStart') return { hasContent: true, text: '' };
  const { delta, stopReason, ...reported }: ConversePayload = JSON.parse(payload);
  if (name === 'messageStop') return { ...NOTHING, stopReason: stopReason ?? 'end_turn' };
  if (name === 'metadata') return { ...NOTHING, reported };
  const text = delta?.text ?? delta?.toolUse?.input ?? delta?.reasoningContent?.text ?? '';
  return { hasContent: CONTENT.has(name), text };
}

/** Counts of Bedrock in the last chunk of every family. */
interface Metrics {
  inputTokenCount?: number;
  outputTokenCount?: number;
  cacheReadInputTokenCount?: number;
  cacheWriteInputTokenCount?: number;
}

/** Tokens as families name them. */
type NativeUsage = Record<string, number | undefined> & {
  cache_creation?: { ephemeral_5m_input_tokens?: number; ephemeral_1h_input_tokens?: number };
};

/** Fields that we read of an answer in the form of a family, and of the chunks of its stream. */
interface NativePayload {
  type?: string;
  stop_reason?: string;
  stopReason?: string;
  delta?: { text?: string; partial_json?: string; thinking?: string; stop_reason?: string };
  contentBlockDelta?: ConversePayload;
  messageStop?: { stopReason?: string };
  messageStart?: unknown;
  contentBlockStart?: unknown;
  contentBlockStop?: unknown;
  metadata?: unknown;
  usage?: NativeUsage;
  message?: { usage?: NativeUsage };
  'amazon-bedrock-invocationMetrics'?: Metrics;
  'amazon-bedrock-guardrailAction'?: string;
}

const METRICS = 'amazon-bedrock-invocationMetrics';
const GUARDRAIL = 'amazon-bedrock-guardrailAction';
/** Stop reasons of families that Converse names in another way. */
const CONVERSE_NAMES: Record<string, string> = { refusal: 'content_filtered' };

/** Reads an event of InvokeModelWithResponseStream. */
export function marksOfChunk(payload: string): AnswerMarks {
  const { bytes } = JSON.parse(payload) as { bytes?: string };
  const chunk: NativePayload = JSON.parse(Buffer.from(bytes ?? '', 'base64').toString('utf8') || '{}');
  const marks = familyMarks(chunk);
  const metrics = chunk[METRICS];
  const stopped =
    marks.stopReason ?? (metrics && !isClaude(chunk) && !isNova(chunk) ? 'end_turn' : undefined);
  return {
    ...marks,
    ...(stopped !== undefined && { stopReason: stopReasonOf(chunk, stopped) }),
    ...(metrics && { reported: { usage: usageOfMetrics(metrics) } }),
  };
}

const isClaude = ({ type }: NativePayload): boolean => typeof type === 'string';
const isNova = (chunk: NativePayload): boolean =>
  [
    'messageStart',
    'contentBlockStart',
    'contentBlockDelta',
    'contentBlockStop',
    'messageStop',
    'metadata',
  ].some((name) => name in chunk);

function familyMarks(chunk: NativePayload): AnswerMarks {
  if (isClaude(chunk)) return marksOfClaude(chunk);
  if (isNova(chunk)) return marksOfNova(chunk);
  const { [METRICS]: _, ...content } = chunk;
  const hasContent = Object.keys(content).length > 0;
  return { hasContent, text: hasContent ? JSON.stringify(content) : '' };
}

function marksOfClaude({ type, delta, message }: NativePayload): AnswerMarks {
  const cacheDetails = cacheDetailsOf(message?.usage);
  if (cacheDetails) return { ...NOTHING, reported: { usage: { cacheDetails } as TokenUsage } };
  const text = delta?.text ?? delta?.partial_json ?? delta?.thinking ?? '';
  const stopped = type === 'message_delta' ? delta?.stop_reason : undefined;
  return { hasContent: type === 'content_block_delta', text, ...(stopped && { stopReason: stopped }) };
}

function marksOfNova({ contentBlockStart, contentBlockDelta, messageStop }: NativePayload): AnswerMarks {
  const { text, toolUse } = contentBlockDelta?.delta ?? {};
  return {
    hasContent: contentBlockDelta !== undefined || contentBlockStart !== undefined,
    text: text ?? toolUse?.input ?? '',
    ...(messageStop && { stopReason: messageStop.stopReason ?? 'end_turn' }),
  };
}

const stopReasonOf = (answer: NativePayload, reason: string): string =>
  answer[GUARDRAIL] === 'INTERVENED' ? 'guardrail_intervened' : (CONVERSE_NAMES[reason] ?? reason);

const usageOfMetrics = (metrics: Metrics): TokenUsage =>
  ({
    inputTokens: metrics.inputTokenCount,
    outputTokens: metrics.outputTokenCount,
    cacheReadInputTokens: metrics.cacheReadInputTokenCount,
    cacheWriteInputTokens: metrics.cacheWriteInputTokenCount,
  }) as TokenUsage;

/** Cache writes by time to live, which only Claude's own form names. */
function cacheDetailsOf(usage: NativeUsage | undefined): TokenUsage['cacheDetails'] {
  const { ephemeral_5m_input_tokens: short, ephemeral_1h_input_tokens: hour } = usage?.cache_creation ?? {};
  if (short === undefined && hour === undefined) return undefined;
  return [
    { ttl: '5m', inputTokens: short ?? 0 },
    { ttl: '1h', inputTokens: hour ?? 0 },
  ];
}

/** Reads what the headers of a native answer say about its price. */
export function optionsIn(headers: Record<string, string>): ReportedUsage {
  const tier = headers['x-amzn-bedrock-service-tier'];
  const latency = headers['x-amzn-bedrock-performanceconfig-latency'];
  return {
    ...(tier !== undefined && { serviceTier: { type: tier as ServiceTierType } }),
    ...(latency !== undefined && { performanceConfig: { latency: latency as PerformanceConfigLatency } }),
  };
}

/** Reads a whole answer of InvokeModel. Bedrock names the tokens in headers; some families only in the body. */
export function marksOfInvoke(answer: object, headers: Record<string, string>): AnswerMarks {
  const native: NativePayload = answer;
  const { usage = {} } = native;
  const count = (header: string, ...names: string[]): number | undefined => {
    const counted = headers[`x-amzn-bedrock-${header}-token-count`];
    return counted === undefined
      ? names.map((name) => usage[name]).find((n) => n !== undefined)
      : Number(counted);
  };
  const cacheDetails = cacheDetailsOf(usage);
  const tokens = {
    inputTokens: count('input', 'input_tokens', 'inputTokens', 'prompt_tokens'),
    outputTokens: count('output', 'output_tokens', 'outputTokens', 'completion_tokens'),
    cacheReadInputTokens: count('cache-read-input', 'cache_read_input_tokens', 'cacheReadInputTokenCount'),
    cacheWriteInputTokens: count(
      'cache-write-input',
      'cache_creation_input_tokens',
      'cacheWriteInputTokenCount',
    ),
    ...(cacheDetails && { cacheDetails }),
  };
  return {
    hasContent: true,
    text: '',
    stopReason: stopReasonOf(native, native.stop_reason ?? native.stopReason ?? 'end_turn'),
    reported: { ...optionsIn(headers), usage: tokens as TokenUsage },
  };
}
