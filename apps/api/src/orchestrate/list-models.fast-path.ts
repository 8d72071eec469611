import type { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { toModelView } from '../catalogue/model.view.js';
import { requireCatalogueReader } from '../http/authorization.js';
import { type FastPathHandler, textOf } from '../http/fast-path.js';
import { OrchestrateResponse } from './orchestrate.schemas.js';

export function listAllAnswer(catalogue: CatalogueService): OrchestrateResponse {
  const models = catalogue.availableModels().map(toModelView);
  return { success: true, action: 'list-all', data: { total: models.length, models } };
}

/** Serves the action `list-all`: its bytes are made once for each snapshot of the catalogue. */
export function listModelsFastPath(catalogue: CatalogueService): FastPathHandler {
  let made: { of: object; bytes: Buffer } | undefined;
  return ({ request, principal }) => {
    const { body, headers } = request;
    if ((body as { action?: unknown } | null)?.action !== 'list-all') return undefined;
    // The controller reports errors in these headers.
    if (headers['idempotency-key'] !== undefined || headers['if-match'] !== undefined) return undefined;
    const caller = principal();
    if (!caller) return undefined;
    requireCatalogueReader(caller);
    const snapshot = catalogue.snapshot();
    if (made?.of !== snapshot)
      made = { of: snapshot, bytes: Buffer.from(textOf(OrchestrateResponse, listAllAnswer(catalogue))) };
    return made.bytes;
  };
}
