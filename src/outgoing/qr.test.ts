import QRCode from 'qrcode';
import { expect, test } from 'vitest';
import { qrSvg } from './qr.ts';

test('every module of the code is drawn once, inside a quiet zone of four', () => {
  const text = 'https://pay.example.com/paper-otter';
  const svg = qrSvg(text);
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const drawn = new Set<string>();
  for (const [, x, y, run] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let i = 0; i < Number(run); i++) drawn.add(`${Number(x) + i} ${y}`);
  }
  const dark = new Set<string>();
  for (let y = 0; y < modules.size; y++) for (let x = 0; x < modules.size; x++) if (modules.get(y, x)) dark.add(`${x + 4} ${y + 4}`);
  expect(drawn).toEqual(dark);
  expect(svg).toContain(`viewBox="0 0 ${modules.size + 8} ${modules.size + 8}"`);
});

test('the address itself is not in the picture as text', () => {
  expect(qrSvg('https://pay.example.com/"><script>')).not.toContain('script');
});
