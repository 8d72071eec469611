import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Metrics } from '#libs/platform/telemetry/metrics.js';
import { Public } from '../http/authorization.js';

@ApiTags('health')
@Controller()
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get('metrics')
  @Public()
  @Header('content-type', Metrics.CONTENT_TYPE)
  @ApiOperation({
    summary: 'Get the metrics for Prometheus',
    description: 'Do not expose this path to the internet: the metrics contain model ids and counts.',
    security: [],
  })
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: 'Metrics in the text format', schema: { type: 'string' } })
  async getMetrics(): Promise<string> {
    return this.metrics.text();
  }
}
