import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Env } from '#libs/platform/config/env.js';
import { createLogger, NestLogger } from '#libs/platform/telemetry/logger.js';
import { WorkerModule } from './worker.module.js';

export async function createWorker(env: Env): Promise<INestApplicationContext> {
  const logger = new NestLogger(createLogger('worker', env.LOG_LEVEL));
  return NestFactory.createApplicationContext(WorkerModule.forRoot(env), { logger, abortOnError: false });
}
