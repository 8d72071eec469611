import type { FieldError } from '#libs/platform/errors/errors.js';
import { blocksOf } from '../claude-demands.js';
import { listIn, objectIn } from '../demands.js';
import type { JsonObject } from '../read-body.js';

/** Members of a request that need what only Anthropic's own servers have. */
const MEMBERS = ['container', 'mcp_servers'];
/** Tools that run on Anthropic's servers, and the blocks of their uses and results. */
const SERVER_TOOL =
  /^(web_search|web_fetch|code_execution|bash_code_execution|text_editor_code_execution|mcp)_/;
const SERVER_BLOCKS = new Set(['container_upload', 'server_tool_use']);
const NOT_ON_BEDROCK = 'is not available on Amazon Bedrock: remove it';
const SOURCES: Record<string, string> = {
  url: 'must hold the content: nothing is loaded from a URL, so send it as base64',
  file: 'must hold the content: Amazon Bedrock has no Files API, so send it as base64',
};

/** Returns what of a request of the Messages API no model of Amazon Bedrock takes. */
export function notServed(json: JsonObject): FieldError[] {
  const members = MEMBERS.filter((name) => json[name] != null).map((field) => ({
    field,
    message: NOT_ON_BEDROCK,
  }));
  const tools = listIn(json.tools).flatMap((tool, at) =>
    isOfServer(objectIn(tool).type) ? [{ field: `tools.${at}.type`, message: NOT_ON_BEDROCK }] : [],
  );
  const blocks = blocksOf(json, listIn(json.messages).map(objectIn)).flatMap(({ path, block }) =>
    notServedOf(block).map(({ field, message }) => ({ field: [...path, field].join('.'), message })),
  );
  return [...members, ...tools, ...blocks];
}

function notServedOf(block: JsonObject): FieldError[] {
  if (isOfServer(block.type)) return [{ field: 'type', message: NOT_ON_BEDROCK }];
  const message = SOURCES[String(objectIn(block.source).type)];
  return message === undefined ? [] : [{ field: 'source', message }];
}

const isOfServer = (type: unknown): boolean =>
  typeof type === 'string' && (SERVER_TOOL.test(type) || SERVER_BLOCKS.has(type));
