import { type Api, dataOf, type Schemas } from '../../libs/client/client.js';

/** Error that your call of Bedrock throws when the model is throttled. */
interface ModelFailure {
  statusCode: number;
}

/**
 * Workflow 4 of the source document with the typed client: ask the conversation's model, and when it is throttled let the
 * next candidate take over, once. `api` is `createApiClient({ baseUrl, headers: { authorization: 'Bearer …' } })`.
 * @param invokeBedrock your own call of a model
 */
export async function answerWithFallback<Answer>(
  api: Api,
  conversation: { id: string; userId: string },
  invokeBedrock: (model: Schemas['Model']) => Promise<Answer>,
): Promise<Answer> {
  const modelNow = async () => {
    const path = { id: conversation.id };
    const query = { userId: conversation.userId };
    return (await dataOf(api.GET('/v1/conversations/{id}/model', { params: { path, query } }))).model;
  };
  const primaryModel = await modelNow();
  try {
    return await invokeBedrock(primaryModel);
  } catch (failure) {
    if ((failure as ModelFailure).statusCode !== 429) throw failure;
    await dataOf(
      api.POST('/orchestrate', {
        body: {
          action: 'fallback-switch',
          reason: 'Rate limit exceeded on primary model',
          failedModelId: primaryModel.id,
          conversationId: conversation.id,
          userId: conversation.userId,
        },
      }),
    );
    return invokeBedrock(await modelNow());
  }
}
