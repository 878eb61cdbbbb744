import sharp, { type Sharp } from 'sharp';
import { answerWith, Declined } from '../children/answer.ts';
import { fileKindOf, MAX_FILE_BYTES } from './file-kind.ts';
import type { ImageFile, ImageMade, ImageWork } from './image-maker.ts';

const MAX_PIXELS = 25_000_000;
const PAGE_LOGO_BYTES = 4096;

sharp.concurrency(1);
sharp.cache(false);
// Only the three decoders we asked for exist: no SVG, no PDF, no text, whatever the bytes claim.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadPngBuffer', 'VipsForeignLoadJpegBuffer', 'VipsForeignLoadWebpBuffer'] });

answerWith(async (work: ImageWork): Promise<ImageMade> => {
  const kind = fileKindOf(work.bytes);
  if (work.bytes.byteLength > MAX_FILE_BYTES) throw new Declined('too_large');
  if (kind === null || kind === 'pdf') throw new Declined('not_an_image');
  const image = await opened(work.bytes);
  if (work.make === 'logo') return { make: 'logo', page: await pageLogo(image), print: await printLogo(image) };
  return { make: 'same', image: await encoded(image, kind) };
});

// Turned upright before the mark that says so is dropped with all other metadata.
async function opened(bytes: Uint8Array): Promise<Sharp> {
  const image = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' });
  const about = await image.metadata().catch((error: Error) => {
    throw new Declined(/pixel limit/i.test(error.message) ? 'too_many_pixels' : 'damaged');
  });
  if (about.width * about.height > MAX_PIXELS) throw new Declined('too_many_pixels');
  return image.rotate().toColourspace('srgb');
}

function encoded(image: Sharp, kind: 'png' | 'jpeg' | 'webp'): Promise<ImageFile> {
  if (kind === 'jpeg') return made(image.clone().jpeg({ quality: 85, mozjpeg: true }), 'image/jpeg');
  if (kind === 'webp') return made(image.clone().webp({ quality: 85 }), 'image/webp');
  return made(image.clone().png({ compressionLevel: 9 }), 'image/png');
}

// 44 px high on the page, twice that for sharp screens; it must fit into the first round trip with the page itself.
async function pageLogo(image: Sharp): Promise<ImageFile> {
  let smallest: ImageFile | null = null;
  for (const [height, quality] of [[88, 82], [88, 60], [66, 55], [44, 60], [44, 30]] as const) {
    const sized = image.clone().resize({ height, width: height * 5, fit: 'inside', withoutEnlargement: true });
    smallest = await made(sized.webp({ quality, alphaQuality: quality, effort: 6 }), 'image/webp');
    if (smallest.bytes.byteLength <= PAGE_LOGO_BYTES) break;
  }
  if (!smallest) throw new Declined('damaged');
  return smallest;
}

function printLogo(image: Sharp): Promise<ImageFile> {
  const sized = image.clone().resize({ height: 240, width: 800, fit: 'inside', withoutEnlargement: true });
  return made(sized.png({ compressionLevel: 9, palette: true, quality: 95 }), 'image/png');
}

async function made(image: Sharp, mediaType: ImageFile['mediaType']): Promise<ImageFile> {
  const { data, info } = await image.toBuffer({ resolveWithObject: true }).catch(() => {
    throw new Declined('damaged');
  });
  return { bytes: data, mediaType, width: info.width, height: info.height };
}
