import { createAmazonBedrock } from '@ai-sdk/amazon-bedrock';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { ChatBedrockConverse } from '@langchain/aws';
import { ChatOpenAI } from '@langchain/openai';
import { generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai';

export {
  ChatBedrockConverse,
  ChatOpenAI,
  createAmazonBedrock,
  createAnthropic,
  createOpenAI,
  generateText,
  jsonSchema,
  stepCountIs,
  streamText,
  tool,
};
