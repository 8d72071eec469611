import type { FastifyRequest } from 'fastify';
import type { Model } from '#libs/catalogue/catalogue.js';
import type { ConversationsService, Resolution } from '#libs/switching/conversations.service.js';
import { ModelView } from '../catalogue/catalogue.schemas.js';
import { toModelView } from '../catalogue/model.view.js';
import { type FastPathHandler, textOf } from '../http/fast-path.js';
import { ResolutionQuery } from './conversations.schemas.js';

type Request = FastifyRequest<{ Params: { id: string } }>;

/** `ConversationsController.model` for a conversation in memory. */
export const effectiveModelFastPath =
  (conversations: ConversationsService): FastPathHandler =>
  ({ request, reply, principal }) => {
    const { id: conversationId } = (request as Request).params;
    // An invalid id is never cached.
    if (!conversations.isCached(conversationId)) return undefined;
    const query = ResolutionQuery.safeParse(request.query);
    const caller = query.success ? principal() : undefined;
    const resolution = caller && conversations.resolveCached({ ...query.data, conversationId }, caller);
    if (!resolution) return undefined;
    reply.header('etag', resolution.etag);
    return textOfResolution(resolution);
  };

/**
 * Serialises a resolution like `ResolutionView`; a test compares both. The text of the model, which is most of it, is
 * made once.
 */
function textOfResolution({ conversationId, useCase, model, source, conversation }: Resolution): string {
  const names = `"conversationId":${JSON.stringify(conversationId)},"useCase":${JSON.stringify(useCase)}`;
  const pin = conversation?.pin ? `"${conversation.pin.kind}"` : 'null';
  const state = `"known":${conversation !== null},"version":${conversation?.version ?? 0}`;
  return `{${names},"model":${textOfModel(model)},"source":"${source}","pin":${pin},${state}}`;
}

const texts = new WeakMap<Model, string>();

function textOfModel(model: Model): string {
  let text = texts.get(model);
  if (text === undefined) {
    text = textOf(ModelView, toModelView(model));
    texts.set(model, text);
  }
  return text;
}
