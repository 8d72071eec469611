import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessChangesRepository } from './access-changes.repository.js';
import { AccessChangesService } from './access-changes.service.js';
import { JwtVerifier } from './jwt-verifier.js';
import { ServiceKeyEntity } from './service-key.entity.js';
import { ServiceKeysCache } from './service-keys.cache.js';
import { ServiceKeysRepository } from './service-keys.repository.js';
import { ServiceKeysService } from './service-keys.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([ServiceKeyEntity])],
  providers: [
    ServiceKeysRepository,
    ServiceKeysCache,
    ServiceKeysService,
    AccessChangesRepository,
    AccessChangesService,
    JwtVerifier,
  ],
  exports: [ServiceKeysService, AccessChangesService, JwtVerifier],
})
export class AuthModule {}
