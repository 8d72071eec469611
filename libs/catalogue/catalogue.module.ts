import { Module } from '@nestjs/common';
import { CatalogueCache } from './catalogue.cache.js';
import { CatalogueRepository } from './catalogue.repository.js';
import { CatalogueService } from './catalogue.service.js';

@Module({ providers: [CatalogueRepository, CatalogueCache, CatalogueService], exports: [CatalogueService] })
export class CatalogueModule {}
