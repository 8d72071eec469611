import { type ComponentType, lazy } from 'react';

const LOADS_WITHIN_MS = 10_000;
const ANSWERS_WITHIN_MS = 5_000;
/** A script that is missing for good must not reload the page again and again. */
const RELOADS_ONCE_IN_MS = 15_000;
const RELOADED = 'reloaded-at';

/** The script of a page did not come: the service is away, or a new version has replaced it. */
class PageLoadError extends Error {
  constructor() {
    super('The script of the page did not come');
  }
}

export const isLoadError = (error: Error): boolean => error instanceof PageLoadError;

/** Loads a page when it is first looked at. */
export const lazyPage = (load: () => Promise<ComponentType>) =>
  lazy(async () => ({ default: await inTime(load()) }));

function inTime<T>(loading: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new PageLoadError()), LOADS_WITHIN_MS);
    loading.then(resolve, () => reject(new PageLoadError())).finally(() => clearTimeout(late));
  });
}

/** A browser keeps the failure of a script, so that only a reload loads it again. */
export async function reloadIfAnswered(): Promise<void> {
  if (Date.now() - Number(sessionStorage.getItem(RELOADED)) < RELOADS_ONCE_IN_MS) return;
  const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
  const answer = await fetch('/livez', { signal, cache: 'no-store' }).catch(() => undefined);
  if (!answer?.ok) return;
  sessionStorage.setItem(RELOADED, String(Date.now()));
  location.reload();
}
