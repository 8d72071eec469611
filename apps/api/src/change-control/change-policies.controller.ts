import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ChangePoliciesService } from '#libs/change-control/change-policies.service.js';
import type { Caller } from '#libs/switching/switch.js';
import { ApiProblems, ApiResult } from '../http/api-responses.js';
import { RequireScope } from '../http/authorization.js';
import { CurrentCaller } from '../http/caller.decorator.js';
import { Id } from '../http/string.schemas.js';
import { PolicyView, SetPolicy, toPolicyView } from './change-policy.schemas.js';

/** Rules of use cases for their changes. */
@ApiTags('change control')
@Controller('v1/use-cases/:name/change-policy')
export class ChangePoliciesController {
  constructor(private readonly policies: ChangePoliciesService) {}

  @Get()
  @RequireScope('read', 'operate', 'audit', 'approve')
  @ApiOperation({ summary: 'Get the change policy of a use case' })
  @ApiResult(200, PolicyView, 'The policy')
  @ApiProblems(404)
  async getChangePolicy(@Param('name', { schema: Id }) name: string) {
    return toPolicyView(await this.policies.get(name));
  }

  @Put()
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Set the change policy of a use case',
    description:
      'Absent fields get their defaults. The policy of a reviewed use case changes by a change request. Without a source of persons that may approve, `reviewed` is refused with 409 `no_persons`.',
  })
  @ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'The change happens only if the use case still has this `version`, in quotes: "7"',
    schema: { type: 'string', maxLength: 600 },
  })
  @ApiResult(200, PolicyView, 'The policy after the change')
  @ApiProblems(404, 409, 412)
  async setChangePolicy(
    @Param('name', { schema: Id }) name: string,
    @Body({ schema: SetPolicy }) policy: SetPolicy,
    @CurrentCaller() caller: Caller,
  ) {
    return toPolicyView(await this.policies.set(name, policy, caller));
  }
}
