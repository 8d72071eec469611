import { AppError } from '#libs/platform/errors/app-error.js';

export class IssuerNotFoundError extends AppError {
  readonly kind = 'not_found';
  readonly code = 'issuer_not_found';
  constructor() {
    super('This sign-in is not configured: see OIDC_ISSUERS');
  }
}
