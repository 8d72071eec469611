import { randomUUID } from 'node:crypto';
import { AnthropicClient } from './anthropic-client.js';
import type { ChatSystem } from './chat-system.js';
import { eventually } from './eventually.js';
import { OpenAiClient } from './openai-client.js';
import { SERVICE_KEY } from './test-env.js';
import { WireClient } from './wire-client.js';

/** A call, on whichever way. */
export interface AnyCall {
  way: (typeof WAYS)[number];
  /** Use case, assistant, `auto` or a model. A chat names none. */
  name: string;
  key?: string;
  useCase?: string | undefined;
  conversationId?: string | undefined;
  userId?: string | undefined;
  mayFallBack?: boolean;
}
export interface AnyAnswer {
  status: number;
  code: string | undefined;
  text: string;
}

const OPERATIONS = ['converse', 'converse-stream', 'invoke', 'invoke-with-response-stream', 'count-tokens'];
/** Every way on which a call of a model comes. */
export const WAYS = [
  ...['chat', 'chat-stream', 'openai', 'openai-stream', 'anthropic', 'anthropic-stream', 'anthropic-count'],
  ...OPERATIONS,
] as const;

const CONVERSE = { messages: [{ role: 'user', content: [{ text: 'Hi' }] }] };
const TEXT = [{ role: 'user' as const, content: 'Hi' }];
const CLAUDE = { anthropic_version: 'bedrock-2023-05-31', max_tokens: 50, messages: TEXT };

/** Calls an api on every way. */
export class AnyWay {
  private readonly bedrock: WireClient;
  private readonly openai: OpenAiClient;
  private readonly anthropic: AnthropicClient;

  constructor(private readonly chats: ChatSystem) {
    this.bedrock = new WireClient(chats.url);
    this.openai = new OpenAiClient(chats.url);
    this.anthropic = new AnthropicClient(chats.url);
  }

  async call(asked: AnyCall): Promise<AnyAnswer> {
    const { way } = asked;
    if (way.startsWith('chat')) return this.chat(asked);
    const headers = headersOf(asked);
    if (OPERATIONS.includes(way)) return this.overBedrock(asked, headers);
    const request = { model: asked.name, stream: way.endsWith('-stream') };
    if (way.startsWith('openai')) return answerOf(await this.openai.raw(request, headers));
    const path = way === 'anthropic-count' ? 'messages/count_tokens' : 'messages';
    const body = path === 'messages' ? request : { model: asked.name, max_tokens: undefined };
    return answerOf(await this.anthropic.raw(body, headers, path));
  }

  /** Waits until every answered call that was recorded is in PostgreSQL, and returns how many there are. */
  async recorded(least: number): Promise<number> {
    return eventually(async () => {
      const [{ count }] = await this.chats.rows(
        `SELECT count(*)::int FROM model_invocations WHERE outcome = 'answered'`,
      );
      if (count < least) throw new Error(`${count} of ${least} calls are recorded`);
      return count;
    });
  }

  close(): void {
    this.bedrock.close();
  }

  private async chat({ way, key = SERVICE_KEY, name, ...asked }: AnyCall): Promise<AnyAnswer> {
    const { useCase, conversationId, userId } = asked;
    const named = useCase ?? (name === 'auto' ? undefined : name);
    const body = { messages: TEXT, useCase: named, conversationId, userId };
    const response = await fetch(`${this.chats.url}/v1/chat`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, stream: way === 'chat-stream' }),
    });
    return answerOf({ status: response.status, text: await response.text() });
  }

  private async overBedrock({ way, name }: AnyCall, headers: Record<string, string>): Promise<AnyAnswer> {
    const native = /nova/.test(name) ? CONVERSE : CLAUDE;
    const body =
      way === 'count-tokens'
        ? { input: { converse: CONVERSE } }
        : way.startsWith('invoke')
          ? native
          : CONVERSE;
    const { status, bytes } = await this.bedrock.raw(`${encodeURIComponent(name)}/${way}`, body, headers);
    return answerOf({ status, text: bytes.toString('utf8') });
  }
}

function headersOf({ key = SERVICE_KEY, useCase, conversationId, userId, mayFallBack }: AnyCall) {
  const given = Object.entries({
    authorization: `Bearer ${key}`,
    'x-api-key': key,
    'x-use-case': useCase,
    'x-conversation-id': conversationId,
    'x-user-id': userId,
    'x-orchestrator-fallback': mayFallBack ? 'same-use-case' : undefined,
  });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined)) as Record<string, string>;
}

function answerOf({ status, text }: { status: number; text: string }): AnyAnswer {
  const code = status < 400 ? undefined : /"code":\s*"([^"]+)"/.exec(text)?.[1];
  return { status, code, text };
}

/** Makes a use case reviewed, or direct, by SQL, as an approved change does. */
export async function setControl(chats: ChatSystem, useCase: string, control: 'direct' | 'reviewed') {
  await chats.rows('UPDATE use_cases SET control = $2 WHERE name = $1', [useCase, control]);
  await chats.system.act({ action: 'clear-cache' });
}

/** Makes a conversation of a use case, and pins it to a model if one is given. */
export async function conversationIn(chats: ChatSystem, useCase: string, modelId?: string): Promise<string> {
  const conversationId = randomUUID();
  await chats.system.act({ action: 'auto-switch', conversationId, useCase, userId: 'anna' });
  if (modelId) await chats.system.act({ action: 'switch', modelId, conversationId });
  return conversationId;
}
