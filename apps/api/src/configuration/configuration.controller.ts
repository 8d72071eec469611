import { Body, Controller, Get, Header, Post, Query } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Difference } from '#libs/configuration/configuration.js';
import { type Applied, ConfigurationService } from '#libs/configuration/configuration.service.js';
import { isSwitch } from '#libs/configuration/setting-changes.js';
import type { Principal } from '#libs/platform/auth/principal.js';
import { InvalidInputError } from '#libs/platform/errors/errors.js';
import type { Caller } from '#libs/switching/switch.js';
import type { SwitchWarning } from '#libs/wires/switch-warnings.js';
import { SwitchWarnings } from '#libs/wires/switch-warnings.service.js';
import { ApiProblems, ApiResult } from '../http/api-responses.js';
import { CurrentPrincipal } from '../http/auth.guard.js';
import { Public, RequireScope } from '../http/authorization.js';
import { CurrentCaller } from '../http/caller.decorator.js';
import {
  AppliedView,
  ApplyQuery,
  ConfigurationFile,
  ConfigurationText,
  DiffView,
} from './configuration.schemas.js';
import {
  configurationText,
  type ParsedConfiguration,
  parseConfiguration,
  withPositions,
} from './configuration-yaml.js';

const YAML = 'application/yaml';
const { $ref: _, ...published } = z.toJSONSchema(ConfigurationFile, { io: 'input' });
/** Has the file itself at its root, as editors expect. */
const SCHEMA = { ...published, ...(published.$defs!.Configuration as object) };

@ApiTags('configuration')
@Controller('v1/config')
export class ConfigurationController {
  constructor(
    private readonly configuration: ConfigurationService,
    private readonly warnings: SwitchWarnings,
  ) {}

  @Get()
  @RequireScope('operate')
  @Header('content-type', `${YAML}; charset=utf-8`)
  @ApiOperation({
    summary: 'Export the settings',
    description:
      'The response is one YAML file with all settings and no secrets. It is the same byte for byte while no setting changes. Only a key with the scope admin gets the section `webhooks`.',
  })
  @ApiProduces(YAML)
  @ApiResponse({
    status: 200,
    description: 'The settings',
    schema: { $ref: '#/components/schemas/Configuration' },
  })
  async exportConfiguration(@CurrentPrincipal() principal: Principal) {
    return configurationText(await this.configuration.export(principal));
  }

  @Get('schema')
  @Public()
  @ApiOperation({
    summary: 'Get the JSON Schema of the settings file',
    description: 'Editors complete and check the file with it.',
  })
  @ApiResult(200, z.looseObject({}), 'The JSON Schema')
  getConfigurationSchema() {
    return SCHEMA;
  }

  @Post('diff')
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Compare a settings file with the installation',
    description: 'The response has each difference and the last change of its value in the installation.',
  })
  @ApiConsumes(YAML)
  @ApiBody({ schema: { $ref: '#/components/schemas/Configuration' } })
  @ApiResult(200, DiffView, 'The differences; empty if there are none')
  async diffConfiguration(
    @Body({ schema: ConfigurationText }) text: string,
    @CurrentPrincipal() principal: Principal,
  ) {
    const { file, positionOf } = parseConfiguration(text);
    const differences = await this.configuration.diff(file, principal);
    const wanted = differences.filter((difference) => isSwitch(difference));
    return {
      warnings: await this.warnings.of(
        wanted.map(({ id, file: modelId }) => ({ useCase: id, modelId: String(modelId) })),
      ),
      differences: differences.map(({ author, ...difference }) => ({
        ...toView(difference, positionOf),
        changedBy: author?.actor ?? null,
        changedAt: author?.changedAt.toISOString() ?? null,
      })),
    };
  }

  @Post('apply')
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Apply a settings file',
    description:
      'The api applies all of the file or nothing, in one transaction. It deletes nothing. A repeated apply changes nothing. An error names its line and column.',
  })
  @ApiConsumes(YAML)
  @ApiBody({ schema: { $ref: '#/components/schemas/Configuration' } })
  @ApiResult(200, AppliedView, 'The differences that the apply removed, or would remove')
  @ApiProblems(409)
  async applyConfiguration(
    @Body({ schema: ConfigurationText }) text: string,
    @Query({ schema: ApplyQuery }) options: ApplyQuery,
    @CurrentCaller() caller: Caller,
  ) {
    const { file, positionOf } = parseConfiguration(text);
    try {
      const result = await this.configuration.apply(file, options, caller);
      const views = (differences: Difference[]) => differences.map((each) => toView(each, positionOf));
      const warnings = await this.warningsFor(result);
      return { ...result, warnings, applied: views(result.applied), kept: views(result.kept) };
    } catch (error) {
      throw error instanceof InvalidInputError ? withPositions(error, positionOf) : error;
    }
  }

  private warningsFor({ dryRun, switches }: Applied): Promise<SwitchWarning[]> {
    const switched = switches.filter((outcome) => dryRun && outcome.switched);
    return this.warnings.of(switched.map(({ useCase, toId }) => ({ useCase, modelId: toId })));
  }
}

const toView = ({ path, ...difference }: Difference, positionOf: ParsedConfiguration['positionOf']) => ({
  ...difference,
  ...positionOf(path),
});
