import { createOpenAI } from '@ai-sdk/openai';
import { ChatOpenAI } from '@langchain/openai';
import { generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai';

export { ChatOpenAI, createOpenAI, generateText, jsonSchema, stepCountIs, streamText, tool };
