import { type Browser, chromium } from 'playwright-core';
import { chromiumArgs, chromiumPath } from '../test/chromium.ts';

/** The browser of the machine, headless, with nothing of its own on the network. */
export function openChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArgs] });
}
