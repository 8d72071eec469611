import { type DynamicModule, Module } from '@nestjs/common';
import { BedrockCatalogueService } from './bedrock-catalogue.service.js';
import { BedrockClients, type BedrockSettings } from './bedrock-clients.js';
import { BedrockRuntimeService } from './bedrock-runtime.service.js';
import { PassThroughService } from './pass-through.service.js';
import { PriceListService } from './price-list.service.js';

/** One client for both planes in a process, closed with it. */
@Module({})
export class BedrockModule {
  static forRoot(settings: BedrockSettings): DynamicModule {
    return {
      module: BedrockModule,
      global: true,
      providers: [
        { provide: BedrockClients, useFactory: () => new BedrockClients(settings) },
        BedrockRuntimeService,
        PassThroughService,
        BedrockCatalogueService,
        { provide: PriceListService, useFactory: () => new PriceListService(settings) },
      ],
      exports: [BedrockRuntimeService, PassThroughService, BedrockCatalogueService, PriceListService],
    };
  }
}
