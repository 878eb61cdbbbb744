import { type Browser, chromium } from 'playwright-core';
import { findChromium } from '../bin/chromium.mjs';

/** The browser of the machine, headless, with nothing of its own on the network. */
export async function openChromium(): Promise<Browser> {
  const executablePath = await findChromium();
  if (!executablePath) throw new Error('Chromium was not found: "npm test" brings it.');
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic'],
  });
}
