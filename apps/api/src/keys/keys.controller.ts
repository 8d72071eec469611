import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { checkKeySettings } from '#libs/catalogue/check-key-settings.js';
import type { KeySettings } from '#libs/platform/auth/key-settings.js';
import type { Principal } from '#libs/platform/auth/principal.js';
import { ServiceKeysService } from '#libs/platform/auth/service-keys.service.js';
import { ApiProblems, ApiResult } from '../http/api-responses.js';
import { CurrentPrincipal } from '../http/auth.guard.js';
import { RequireScope } from '../http/authorization.js';
import {
  CreatedKeyView,
  CreateKey,
  EditKey,
  KeyPage,
  KeysQuery,
  KeyView,
  RotatedKeyView,
  RotateKey,
  toKeyView,
  toNewKey,
} from './keys.schemas.js';

@ApiTags('keys')
@Controller('v1/keys')
export class KeysController {
  constructor(
    private readonly keys: ServiceKeysService,
    private readonly catalogue: CatalogueService,
  ) {}

  @Post()
  @RequireScope('admin')
  @ApiOperation({
    summary: 'Create a service key',
    description:
      'Only this response contains the secret. A use case, an assistant and a model that `defaults` or `limits` name must exist.',
  })
  @ApiBody({
    schema: { $ref: '#/components/schemas/CreateKey' },
    examples: {
      chat: { summary: 'A chat back end', value: { name: 'chat', scopes: ['read', 'switch', 'act-as'] } },
      batch: {
        summary: 'A batch job of one use case',
        value: {
          name: 'batch',
          scopes: ['switch'],
          defaults: { useCase: 'clinical' },
          limits: { useCases: ['clinical'], users: 'own' },
        },
      },
    },
  })
  @ApiResult(201, CreatedKeyView, 'The key with its secret')
  async createKey(@Body({ schema: CreateKey }) body: CreateKey, @CurrentPrincipal() principal: Principal) {
    const request = toNewKey(body);
    (await this.checkOfSettings())(request);
    const { key, secret } = await this.keys.create(request, principal);
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

  @Get(':id')
  @RequireScope('admin')
  @ApiOperation({
    summary: 'Get a service key',
    description:
      'The key may be revoked or expired. No response but that of its creation contains its secret.',
  })
  @ApiResult(200, KeyView, 'The key')
  @ApiProblems(404)
  async getKey(@Param('id', { schema: z.uuid() }) id: string) {
    return toKeyView(await this.keys.find(id));
  }

  @Patch(':id')
  @RequireScope('admin')
  @ApiOperation({
    summary: 'Edit the defaults and the limits of a service key',
    description:
      'Fields that the request does not name stay. The change reaches all instances within 1 second; calls that run continue.',
  })
  @ApiBody({
    schema: { $ref: '#/components/schemas/EditKey' },
    examples: {
      limit: { summary: 'Limit a key to a use case', value: { limits: { useCases: ['clinical'] } } },
    },
  })
  @ApiResult(200, KeyView, 'The edited key')
  @ApiProblems(404, 409)
  async editKey(
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: EditKey }) body: EditKey,
    @CurrentPrincipal() principal: Principal,
  ) {
    return toKeyView(await this.keys.edit(id, body, await this.checkOfSettings(), principal));
  }

  @Post(':id/rotate')
  @RequireScope('admin')
  @ApiOperation({
    summary: 'Rotate a service key',
    description:
      'Rotation creates a key with the same name, scopes, defaults and limits. The old key stays valid for `overlapSeconds`, so that no client loses its access.',
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

  /** Returns a check against the newest catalogue: a use case may have been made by another instance. */
  private async checkOfSettings(): Promise<(settings: KeySettings) => void> {
    await this.catalogue.refresh();
    const snapshot = this.catalogue.snapshot();
    return (settings) => checkKeySettings(settings, snapshot);
  }
}
