import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { DatabaseReadiness } from '#libs/platform/database/database-readiness.js';
import { UnavailableError } from '#libs/platform/errors/errors.js';
import { RedisConnections } from '#libs/platform/redis/redis-connections.js';
import { Public } from '../http/auth.guard.js';
import { AnswersProblem, Responds } from '../http/responds.decorator.js';

const Liveness = z.object({ status: z.literal('ok') }).meta({ id: 'Liveness' });
const Readiness = z
  .object({ status: z.enum(['ok', 'degraded']), redis: z.enum(['up', 'down']) })
  .meta({ id: 'Readiness' });

@ApiTags('health')
@Public()
@Controller()
export class HealthController {
  constructor(
    private readonly database: DatabaseReadiness,
    private readonly redis: RedisConnections,
  ) {}

  @Get('livez')
  @ApiOperation({ summary: 'The process runs', description: 'Depends on nothing.', security: [] })
  @Responds(200, Liveness, 'It does')
  live() {
    return { status: 'ok' as const };
  }

  @Get('readyz')
  @ApiOperation({
    summary: 'Ready for requests',
    description: 'Redis down is degraded, still ready.',
    security: [],
  })
  @Responds(200, Readiness, 'It is')
  @AnswersProblem(503)
  async ready() {
    await this.database.ping().catch((error: unknown) => {
      throw new UnavailableError('database_unavailable', 'PostgreSQL does not answer', { cause: error });
    });
    return this.redis.isReady
      ? { status: 'ok' as const, redis: 'up' as const }
      : { status: 'degraded' as const, redis: 'down' as const };
  }
}
