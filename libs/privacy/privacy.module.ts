import { Module } from '@nestjs/common';
import { ErasedPeople } from './erased-people.service.js';
import { ErasureService } from './erasure.service.js';
import { ErasuresRepository } from './erasures.repository.js';
import { PersonalDataRepository } from './personal-data.repository.js';
import { PersonalExportService } from './personal-export.service.js';
import { RetentionRepository } from './retention.repository.js';
import { RetentionService } from './retention.service.js';

/** Export, erasure and retention of personal data. */
@Module({
  providers: [
    PersonalDataRepository,
    ErasuresRepository,
    RetentionRepository,
    ErasureService,
    ErasedPeople,
    PersonalExportService,
    RetentionService,
  ],
  exports: [ErasureService, ErasedPeople, PersonalExportService, RetentionService],
})
export class PrivacyModule {}
