import { BedrockRuntimeClient, ConverseCommand, type Message } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** Address of the api, and a key of it. */
interface Place {
  url: string;
  serviceKey: string;
}

export interface ToolCall {
  id: string;
  name: string;
}

interface Turn {
  message: Message;
  /** As the header `x-orchestrator-model` names it. */
  modelId: string;
  text: string;
  /** Tool that the model waits for; undefined: it has answered. */
  toolCall: ToolCall | undefined;
}

const TOOL = {
  toolSpec: {
    name: 'find_rooms',
    description: 'Finds the rooms that are free on a day',
    inputSchema: {
      json: { type: 'object', properties: { day: { type: 'string' } }, required: ['day'] },
    },
  },
};

/** An application with a tool, as it is written for Amazon Bedrock: only its endpoint and its key lead here. */
export class ToolClient {
  private readonly bedrock: BedrockRuntimeClient;
  private lastModelId = '';

  constructor(
    { url, serviceKey }: Place,
    private readonly signal: AbortSignal,
  ) {
    this.bedrock = new BedrockRuntimeClient({
      region: 'eu-central-1',
      endpoint: `${url}/bedrock`,
      requestHandler: new NodeHttpHandler(),
      token: { token: serviceKey },
      authSchemePreference: ['httpBearerAuth'],
    });
    this.bedrock.middlewareStack.add(
      (next) => async (request) => {
        const result = await next(request);
        const { headers } = result.response as { headers: Record<string, string> };
        this.lastModelId = headers['x-orchestrator-model'] ?? '';
        return result;
      },
      { step: 'deserialize' },
    );
  }

  /** Sends a conversation to the model of a use case. @throws Error with the words of the service */
  async ask(useCase: string, messages: Message[]): Promise<Turn> {
    const command = new ConverseCommand({ modelId: useCase, messages, toolConfig: { tools: [TOOL] } });
    const { output } = await this.bedrock.send(command, { abortSignal: this.signal });
    const { content = [] } = output?.message ?? {};
    const [use] = content.flatMap(({ toolUse }) => toolUse ?? []);
    return {
      message: { role: 'assistant', content },
      modelId: this.lastModelId,
      text: content.map(({ text = '' }) => text).join(''),
      toolCall: use && { id: use.toolUseId!, name: use.name! },
    };
  }
}
