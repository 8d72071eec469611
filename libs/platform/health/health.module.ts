import { Module } from '@nestjs/common';
import { Health } from './health.service.js';

@Module({ providers: [Health], exports: [Health] })
export class HealthModule {}
