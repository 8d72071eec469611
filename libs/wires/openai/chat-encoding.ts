import { objectIn } from '../demands.js';
import { type Encoding, encodingOf } from '../encoding.js';
import { withMembers } from '../json-edits.js';
import type { JsonObject } from '../read-body.js';
import type { WireRequest } from '../wire.service.js';
import type { ChatRequest } from './chat-request.js';
import { converseOf } from './converse-of.js';
import { modelFieldsOf } from './model-fields.js';

/** Returns a request as Bedrock takes it. Only reasoning and the use of one tool depend on the first model. */
export function encodingsOf(request: ChatRequest): Pick<WireRequest, 'encoding' | 'encodingFor'> {
  const json = converseOf(request);
  const operation = request.stream ? 'converse-stream' : 'converse';
  const encode = (body: Buffer, read: JsonObject): Encoding =>
    encodingOf({ operation, body, read: { json: read, cutCharacters: 0 } });
  const encoding = encode(Buffer.from(JSON.stringify(json)), json);
  return {
    encoding,
    encodingFor: (first) => {
      const { fields, effort } = modelFieldsOf(request, first);
      const members = {
        ...(fields && { additionalModelRequestFields: fields }),
        ...(effort && { outputConfig: { ...objectIn(json.outputConfig), effort } }),
      };
      if (Object.keys(members).length === 0) return encoding;
      return encode(withMembers(encoding.body, members), { ...json, ...members });
    },
  };
}
