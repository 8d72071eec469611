import { AppError } from '#libs/platform/errors/app-error.js';

export class ChannelNotFoundError extends AppError {
  readonly kind = 'not_found';
  readonly code = 'channel_not_found';
  constructor(id: string) {
    super(`Channel ${id} does not exist`);
  }
}

export class TooManyChannelsError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'too_many_channels';
  constructor(most: number) {
    super(`There may be at most ${most} channels: delete a channel first`);
  }
}

export class ChannelNameTakenError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'channel_name_taken';
  constructor(name: string) {
    super(`A channel with the name ${name} exists already: choose another name`);
  }
}

export class ChannelsNotConfiguredError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'channels_not_configured';
  constructor() {
    super(
      'WEBHOOK_SIGNING_KEYS is not set, so secrets of channels cannot be encrypted: set it as in .env.example',
    );
  }
}
