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
  @ApiOperation({ summary: 'The process runs', description: 'Depends on nothing.', security: [] })
  @ApiResult(200, Liveness, 'It does')
  live() {
    return this.health.live();
  }

  @Get('readyz')
  @Public()
  @ApiOperation({
    summary: 'Ready for requests',
    description:
      'PostgreSQL takes changes, keeps them, and has the schema of this build. Redis that does not answer is degraded, still ready.',
    security: [],
  })
  @ApiResult(200, ReadinessView, 'It is')
  @ApiProblems(503)
  async ready(): Promise<Readiness> {
    return this.health.ready();
  }
}
