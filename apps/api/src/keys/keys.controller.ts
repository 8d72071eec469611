import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Principal } from '#libs/platform/auth/principal.js';
import { ServiceKeysService } from '#libs/platform/auth/service-keys.service.js';
import { ApiProblems, ApiResult } from '../http/api-responses.js';
import { CurrentPrincipal } from '../http/auth.guard.js';
import { RequireScope } from '../http/authorization.js';
import {
  CreatedKeyView,
  CreateKey,
  KeyPage,
  KeysQuery,
  KeyView,
  RotatedKeyView,
  RotateKey,
  toKeyView,
} from './keys.schemas.js';

@ApiTags('keys')
@Controller('v1/keys')
export class KeysController {
  constructor(private readonly keys: ServiceKeysService) {}

  @Post()
  @RequireScope('admin')
  @ApiOperation({
    summary: 'Create a service key',
    description: 'Only this response contains the secret.',
  })
  @ApiBody({
    schema: { $ref: '#/components/schemas/CreateKey' },
    examples: {
      chat: { summary: 'A chat back end', value: { name: 'chat', scopes: ['read', 'switch', 'act-as'] } },
    },
  })
  @ApiResult(201, CreatedKeyView, 'The key with its secret')
  async createKey(@Body({ schema: CreateKey }) body: CreateKey, @CurrentPrincipal() principal: Principal) {
    const { key, secret } = await this.keys.create(body, principal);
    return { ...toKeyView(key), key: secret };
  }

  @Get()
  @RequireScope('admin')
  @ApiOperation({
    summary: 'List service keys',
    description: 'Newest first. The list includes revoked and expired keys.',
  })
  @ApiResult(200, KeyPage, 'A page of keys, without their secrets')
  async listKeys(@Query({ schema: KeysQuery }) { limit, cursor }: KeysQuery) {
    const { items, nextCursor } = await this.keys.list(limit, cursor);
    return { items: items.map(toKeyView), nextCursor };
  }

  @Post(':id/rotate')
  @RequireScope('admin')
  @ApiOperation({
    summary: 'Rotate a service key',
    description:
      'Rotation creates a key with the same name and scopes. The old key stays valid for `overlapSeconds`, so that no client loses its access.',
  })
  @ApiBody({ schema: { $ref: '#/components/schemas/RotateKey' } })
  @ApiResult(201, RotatedKeyView, 'The new key with its secret')
  @ApiProblems(404, 409)
  async rotateKey(
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: RotateKey }) { overlapSeconds, expiresAt }: RotateKey,
    @CurrentPrincipal() principal: Principal,
  ) {
    const lives = { overlapMs: overlapSeconds * 1000, expiresAt };
    const { key, secret, replaced } = await this.keys.rotate(id, lives, principal);
    return { ...toKeyView(key), key: secret, replaced: toKeyView(replaced) };
  }

  @Delete(':id')
  @RequireScope('admin')
  @ApiOperation({
    summary: 'Revoke a service key',
    description:
      'The revocation is permanent, and reaches all instances within 1 second. A repeated request changes nothing.',
  })
  @ApiResult(200, KeyView, 'The revoked key')
  @ApiProblems(404)
  async revokeKey(@Param('id', { schema: z.uuid() }) id: string, @CurrentPrincipal() principal: Principal) {
    return toKeyView(await this.keys.revoke(id, principal));
  }
}
