import { Module } from '@nestjs/common';
import { OidcIssuers } from './oidc-issuers.service.js';
import { PersonGroupsRepository } from './person-groups.repository.js';
import { PersonGroups } from './person-groups.service.js';
import { PersonSources } from './person-sources.service.js';
import { PersonVerifier } from './person-verifier.service.js';
import { ReviewedUseCasesRepository } from './reviewed-use-cases.repository.js';
import { RevokedSessionsRepository } from './revoked-sessions.repository.js';
import { RevokedSessions } from './revoked-sessions.service.js';
import { SignInService } from './sign-in.service.js';

/** People who operate: their tokens, sign-in and sessions. */
@Module({
  providers: [
    OidcIssuers,
    PersonGroups,
    PersonGroupsRepository,
    PersonSources,
    ReviewedUseCasesRepository,
    PersonVerifier,
    RevokedSessionsRepository,
    RevokedSessions,
    SignInService,
  ],
  exports: [OidcIssuers, PersonGroups, PersonSources, PersonVerifier, RevokedSessions, SignInService],
})
export class PeopleModule {}
