import sharp, { type Sharp } from 'sharp';
import { fileKindOf } from '../../core/file-kind.ts';
import type { Picture } from '../../core/gateways.ts';
import { limits } from '../../core/limits.ts';
import { answerWith, Declined } from '../children/answer.ts';
import type { ImageMade, ImageWork } from './image-maker.ts';

const MAX_PIXELS = limits.imageMegapixels * 1_000_000;
const PAGE_LOGO_BYTES = 4096;

sharp.concurrency(1);
sharp.cache(false);
// Only the three decoders we asked for exist: no SVG, no PDF, no text, whatever the bytes claim.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadPngBuffer', 'VipsForeignLoadJpegBuffer', 'VipsForeignLoadWebpBuffer'] });

answerWith(async (work: ImageWork): Promise<ImageMade> => {
  const kind = fileKindOf(work.bytes);
  if (work.bytes.byteLength > limits.attachmentBytes) throw new Declined('too_large');
  if (kind === null || kind === 'pdf') throw new Declined('type');
  const image = await opened(work.bytes);
  if (work.make === 'logo') return { page: await pageLogo(image), print: await printLogo(image) };
  const side = { width: work.maxSide, height: work.maxSide, fit: 'inside', withoutEnlargement: true } as const;
  return { picture: await encoded(image.clone().resize(side), work.format === 'same' ? kind : work.format) };
});

// Turned upright before the mark that says so is dropped with all other metadata.
async function opened(bytes: Uint8Array): Promise<Sharp> {
  const image = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' });
  const about = await image.metadata().catch((error: Error) => {
    throw new Declined(/pixel limit/i.test(error.message) ? 'too_large' : 'unreadable');
  });
  if (about.width * about.height > MAX_PIXELS) throw new Declined('too_large');
  return image.rotate().toColourspace('srgb');
}

function encoded(image: Sharp, kind: 'png' | 'jpeg' | 'webp'): Promise<Picture> {
  if (kind === 'jpeg') return made(image.clone().jpeg({ quality: 85, mozjpeg: true }), 'image/jpeg');
  if (kind === 'webp') return made(image.clone().webp({ quality: 85 }), 'image/webp');
  return made(image.clone().png({ compressionLevel: 9 }), 'image/png');
}

// 44 px high on the page, twice that for sharp screens; it must fit into the first round trip with the page itself.
async function pageLogo(image: Sharp): Promise<Picture> {
  let smallest: Picture | null = null;
  for (const [height, quality] of [
    [88, 82],
    [88, 60],
    [66, 55],
    [44, 60],
    [44, 30],
  ] as const) {
    const sized = image.clone().resize({ height, width: height * 5, fit: 'inside', withoutEnlargement: true });
    smallest = await made(sized.webp({ quality, alphaQuality: quality, effort: 6 }), 'image/webp');
    if (smallest.bytes.byteLength <= PAGE_LOGO_BYTES) break;
  }
  if (!smallest) throw new Declined('unreadable');
  return smallest;
}

function printLogo(image: Sharp): Promise<Picture> {
  const sized = image.clone().resize({ height: 240, width: 800, fit: 'inside', withoutEnlargement: true });
  return made(sized.png({ compressionLevel: 9, palette: true, quality: 95 }), 'image/png');
}

async function made(image: Sharp, contentType: Picture['contentType']): Promise<Picture> {
  const { data, info } = await image.toBuffer({ resolveWithObject: true }).catch(() => {
    throw new Declined('unreadable');
  });
  return { bytes: data, contentType, width: info.width, height: info.height };
}
