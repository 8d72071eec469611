import { Module } from '@nestjs/common';
import { Health } from './health.service.js';
import { Shutdown } from './shutdown.service.js';

@Module({ providers: [Health, Shutdown], exports: [Health, Shutdown] })
export class HealthModule {}
