import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { agrees, fileKindOf } from '../../core/file-kind.ts';
import { startImageMaker } from './image-maker.ts';

const images = startImageMaker();
afterAll(() => images.close());
const redraw = (bytes: Buffer) => images.reencode(bytes, { format: 'same', maxSide: 4000 });

const picture = (width: number, height: number) => sharp({ create: { width, height, channels: 4, background: { r: 20, g: 120, b: 90, alpha: 0.8 } } });

test('a logo becomes a small WebP for the page and a PNG for paper', async () => {
  const otter = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 200"><circle cx="100" cy="100" r="90" fill="#0a7"/><text x="220" y="130" font-size="90">Otter</text></svg>',
  );
  const made = await images.logo(await sharp(otter, { density: 200 }).png().toBuffer());
  if (made.kind === 'refused') throw new Error(made.reason);
  expect(made.page.bytes.byteLength).toBeLessThanOrEqual(4096);
  expect(made.page.contentType).toBe('image/webp');
  expect(fileKindOf(made.print.bytes)).toBe('png');
  expect(made.print.height).toBeLessThanOrEqual(240);
});

test.each(['png', 'jpeg', 'webp'] as const)('F4 a %s keeps its pixels and loses place, camera and author', async (format) => {
  const exif = { IFD0: { Artist: 'Rosa Quill', Make: 'Camera' }, IFD3: { GPSLatitude: '30/1 16/1 0/1' } };
  const bytes = await picture(400, 300).flatten().withExif(exif).toFormat(format).toBuffer();
  expect((await sharp(bytes).metadata()).exif).toBeDefined();
  const made = await redraw(bytes);
  if (made.kind === 'refused') throw new Error(made.reason);
  const about = await sharp(made.bytes).metadata();
  expect([about.format, about.width, about.height, about.exif, about.xmp, about.iptc]).toEqual([format, 400, 300, undefined, undefined, undefined]);
  expect(Buffer.from(made.bytes).includes('Rosa')).toBe(false);
});

test('a photo taken sideways stands upright after its mark is gone', async () => {
  const bytes = await picture(400, 300).flatten().withMetadata({ orientation: 6 }).jpeg().toBuffer();
  const made = await redraw(bytes);
  expect(made.kind === 'encoded' && [made.width, made.height]).toEqual([300, 400]);
});

const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const hostile: [string, Buffer][] = [
  ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
  ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>')],
  ['GIF', gif],
  ['text', Buffer.from('root:x:0:0')],
  ['nothing', Buffer.alloc(0)],
  ['TIFF', Buffer.from([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0])],
  ['PDF', Buffer.from('%PDF-1.7\n%%EOF\n')],
];
test.each(hostile)('F1 %s is not taken for an image', async (_name, bytes) => {
  expect(await redraw(bytes)).toEqual({ kind: 'refused', reason: 'type' });
});

test('F1 a picture with a script glued behind it comes back without the script', async () => {
  for (const format of ['png', 'jpeg', 'webp'] as const) {
    const glued = Buffer.concat([await picture(60, 60).flatten().toFormat(format).toBuffer(), Buffer.from('<script>alert(1)</script>')]);
    const made = await redraw(glued);
    if (made.kind === 'refused') expect(made.reason).toBe('unreadable');
    else expect(Buffer.from(made.bytes).includes('script')).toBe(false);
  }
});

test('F1 a magic number followed by rubbish is refused as damaged', async () => {
  for (const magic of [
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    [0xff, 0xd8, 0xff, 0xe0],
  ]) {
    expect(await redraw(Buffer.from([...magic, ...new Array(200).fill(7)]))).toEqual({ kind: 'refused', reason: 'unreadable' });
  }
});

test('F1 an image that would unpack to more than 25 megapixels is refused before it is unpacked', async () => {
  expect(await redraw(pngClaiming(30_000, 30_000))).toEqual({ kind: 'refused', reason: 'too_large' });
});

test('F1 more than 10 MB is refused', async () => {
  const big = Buffer.concat([await picture(10, 10).png().toBuffer(), Buffer.alloc(11 * 1024 * 1024)]);
  expect(await redraw(big)).toEqual({ kind: 'refused', reason: 'too_large' });
});

test('a refused upload does not disturb the next one', async () => {
  await redraw(Buffer.from('rubbish'));
  const made = await redraw(await picture(10, 10).png().toBuffer());
  expect(made.kind).toBe('encoded');
});

test('F1 content, file name and declared type must say the same', () => {
  expect(agrees('png', 'Logo.PNG', 'image/png')).toBe(true);
  expect(agrees('jpeg', 'photo.jpg', 'image/jpeg; charset=binary')).toBe(true);
  expect(agrees('png', 'logo.png.html', 'image/png')).toBe(false);
  expect(agrees('pdf', 'scan.pdf', 'text/html')).toBe(false);
  expect(fileKindOf(Buffer.from('%PDF-1.7\n1 0 obj\n%%EOF\n'))).toBe('pdf');
  expect(fileKindOf(Buffer.from('%PDF-1.7\n%%EOF\n<script>alert(1)</script>'))).toBeNull();
  expect(fileKindOf(Buffer.from('GIF89a%PDF-1.7\n%%EOF'))).toBeNull();
});

/** A tiny PNG whose header claims a huge picture. */
function pngClaiming(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  let crc = 0xffffffff;
  for (const byte of body) {
    crc ^= byte;
    for (let i = 0; i < 8; i++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  out.writeUInt32BE((crc ^ 0xffffffff) >>> 0, body.length + 4);
  return out;
}
