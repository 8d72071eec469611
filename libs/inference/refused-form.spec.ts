import { expect, it } from 'vitest';
import { refusedFormIn } from './refused-form.js';

it.each([
  ['#/toolConfig/tools/1: extraneous key [cachePoint] is not permitted', 'cachePointInTools'],
  ['#/messages/0/content/1: extraneous key [cachePoint] is not permitted', 'cachePoint'],
  ['You invoked an unsupported model or your request did not allow prompt caching.', 'cachePoint'],
  [
    "This model doesn't support the cachePoint.ttl field. Remove cachePoint.ttl and try again.",
    'cacheOneHour',
  ],
  ['This model does not support assistant message prefill.', 'assistantPrefill'],
  ['`temperature` and `top_p` cannot both be specified for this model.', 'temperatureWithTopP'],
  ['`temperature` is deprecated for this model.', 'temperature'],
  ['`top_p` is deprecated for this model.', 'topP'],
  ['`top_k` is deprecated for this model.', 'topK'],
  ["This model doesn't support the toolConfig.toolChoice.any field.", 'toolChoiceAny'],
  ["This model doesn't support the toolConfig.toolChoice.tool field.", 'toolChoiceTool'],
  ["This model doesn't support the toolConfig.tools.toolSpec.strict field.", 'strictTools'],
  ["This model doesn't support tool use in streaming mode.", 'tools'],
  ["This model doesn't support the image content block that you provided.", 'image'],
  ["This model doesn't support documents.", 'document'],
  ["This model doesn't support the document.citations field.", 'citations'],
  ["This model doesn't support the searchResult content block that you provided.", 'citations'],
  ["This model doesn't support the video content block that you provided.", 'video'],
  ['messages.0.content.0.image.source.type: Field required', 's3Location'],
  ['messages.1.content.0.thinking.signature: Field required', 'unsignedReasoning'],
  ["This model doesn't support the reasoningContent.reasoningText.signature field.", 'signedReasoning'],
  ['"thinking.type.enabled" is not supported for this model.', 'thinkingBudget'],
  ["thinking: Input tag 'adaptive' found using 'type' does not match", 'adaptiveThinking'],
])('knows what is refused by: %s', (words, form) => {
  expect(refusedFormIn(`ValidationException: ${words}`)).toEqual({ form, isGeneral: true });
});

it('knows that a model refuses only the reasoning of another model', () => {
  const words = 'messages.1.content.0: Invalid `signature` in `thinking` block';
  expect(refusedFormIn(words)).toEqual({ form: 'signedReasoning', isGeneral: false });
});

it.each(['The text field is blank.', '`temperature` may only be set to 1 when thinking is enabled.', ''])(
  'learns nothing from: %s',
  (words) => {
    expect(refusedFormIn(words)).toBeUndefined();
  },
);
