import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Health, type Readiness } from '#libs/platform/health/health.service.js';
import { ApiProblems, ApiResult } from '../http/api-responses.js';
import { Public } from '../http/authorization.js';

const Liveness = z.object({ status: z.literal('ok') }).meta({ id: 'Liveness' });
const ReadinessView = z
  .object({ status: z.enum(['ok', 'degraded']), redis: z.enum(['up', 'down']) })
  .meta({ id: 'Readiness' });

@ApiTags('health')
@Controller()
export class HealthController {
  constructor(private readonly health: Health) {}

  @Get('livez')
  @Public()
  @ApiOperation({
    summary: 'Check that the process runs',
    description: 'The check depends on no other service.',
    security: [],
  })
  @ApiResult(200, Liveness, 'The process runs')
  getLiveness() {
    return this.health.live();
  }

  @Get('readyz')
  @Public()
  @ApiOperation({
    summary: 'Check readiness for requests',
    description:
      'The api is ready if PostgreSQL accepts and keeps changes and has the schema of this build. Without Redis the api is `degraded` and still ready.',
    security: [],
  })
  @ApiResult(200, ReadinessView, 'The api is ready')
  @ApiProblems(503)
  async getReadiness(): Promise<Readiness> {
    return this.health.ready();
  }
}
