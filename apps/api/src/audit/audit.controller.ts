import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { VerificationService } from '#libs/audit/hash-chain/verification.service.js';
import { pageOf } from '#libs/platform/paging/page.js';
import { ApiProblems, ApiResult } from '../http/api-responses.js';
import { RequireScope, RequireScopeToRead } from '../http/authorization.js';
import { AnswersLines, linesOf } from '../http/ndjson-stream.js';
import {
  CheckpointPage,
  CheckpointsQuery,
  toCheckpoint,
  toCheckpointView,
  toVerificationView,
  VerifyAudit,
} from './audit.schemas.js';

/** The proof that audit rows are as they were written. */
@ApiTags('audit')
@Controller('v1/audit')
export class AuditController {
  constructor(private readonly verification: VerificationService) {}

  @Get('checkpoints')
  @RequireScope('audit')
  @ApiOperation({
    summary: 'List checkpoints of the hash chain',
    description: 'Newest first. Keep a recent checkpoint outside of the database.',
  })
  @ApiResult(200, CheckpointPage, 'A page of checkpoints')
  async listCheckpoints(@Query({ schema: CheckpointsQuery }) { limit, cursor }: CheckpointsQuery) {
    const found = await this.verification.checkpoints(limit + 1, cursor);
    const { items, next } = pageOf(found, limit);
    return { items: items.map(toCheckpointView), nextCursor: next ? String(next.position) : null };
  }

  @Post('verify')
  @RequireScopeToRead('audit')
  @ApiOperation({
    summary: 'Verify the audit rows',
    description:
      'The verification reads all audit rows. Lines of {"checked", "of"} report the progress. The last line is the result, an AuditVerification.',
  })
  @ApiBody({ schema: { $ref: '#/components/schemas/VerifyAudit' } })
  @AnswersLines()
  @ApiProblems(409)
  async verifyAudit(@Body({ schema: VerifyAudit }) { checkpoint }: VerifyAudit) {
    return linesOf(this.verification.verify(checkpoint && toCheckpoint(checkpoint)), toVerificationView);
  }
}
