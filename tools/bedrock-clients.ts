import { createAmazonBedrock } from '@ai-sdk/amazon-bedrock';
import { AnthropicBedrock } from '@anthropic-ai/bedrock-sdk';
import { ChatBedrockConverse } from '@langchain/aws';
import { generateText, streamText } from 'ai';

export { AnthropicBedrock, ChatBedrockConverse, createAmazonBedrock, generateText, streamText };
