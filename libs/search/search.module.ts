import { Module } from '@nestjs/common';
import { IdSearchRepository } from './id-search.repository.js';
import { IdSearchService } from './id-search.service.js';

@Module({
  providers: [IdSearchRepository, IdSearchService],
  exports: [IdSearchService],
})
export class SearchModule {}
