import { createRequire } from 'node:module';
import playwright from 'playwright-core';

export type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
export type Axe = typeof import('axe-core');

export const { chromium } = playwright;

/** The file to load into a page: it leaves `axe` there. */
export const AXE_SCRIPT = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
