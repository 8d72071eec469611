import { createAmazonBedrock } from '@ai-sdk/amazon-bedrock';
import { ChatBedrockConverse } from '@langchain/aws';
import { generateText, streamText } from 'ai';

export { ChatBedrockConverse, createAmazonBedrock, generateText, streamText };
