import { type DynamicModule, Module } from '@nestjs/common';
import { Heartbeat } from './heartbeat.service.js';
import { INSTANCE_KIND, type InstanceKind } from './instance.js';
import { InstancesRepository } from './instances.repository.js';

/** Shows this process among the instances. */
@Module({})
export class HeartbeatModule {
  static forKind(kind: InstanceKind): DynamicModule {
    return {
      module: HeartbeatModule,
      providers: [InstancesRepository, { provide: INSTANCE_KIND, useValue: kind }, Heartbeat],
    };
  }
}
