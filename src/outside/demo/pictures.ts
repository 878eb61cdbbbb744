import sharp from 'sharp';

/** Shapes of the four logos, white on the color of the business: an otter's paper boat, a moon with a mop, a boot on grass, a ladder. */
const marks: Readonly<Record<string, string>> = {
  otter:
    '<path d="M30 108h140l-26 42H56z"/><path d="M100 34v66H48z" opacity=".75"/><path d="M108 48v52h40z"/><path d="M24 170c20-14 32-14 50 0s32 14 50 0 32-14 52 0" fill="none" stroke="#fff" stroke-width="9" stroke-linecap="round"/>',
  mop: '<path d="M96 34a66 66 0 1 0 70 92 54 54 0 0 1-70-92z"/><path d="M150 30 122 104" stroke="#fff" stroke-width="10" stroke-linecap="round"/><path d="M104 100l38 14-4 46c-20 8-46 0-58-12z" opacity=".8"/>',
  boot: '<path d="M66 30h46v74c0 10 10 14 24 18 22 6 34 14 34 32H66z"/><rect x="60" y="154" width="116" height="14" rx="5" opacity=".75"/><path d="M26 170c2-16 2-26-4-40m18 40c0-20 2-32 8-46m4 46c4-12 6-20 4-32" fill="none" stroke="#fff" stroke-width="7" stroke-linecap="round"/>',
  ladder:
    '<g fill="none" stroke="#fff" stroke-width="13" stroke-linecap="round"><path d="M70 30 54 170M130 30l16 140"/><path d="M68 58h64M64 88h72M61 118h78M57 148h86" opacity=".8"/></g>',
};

/** The logo of a business of the demo as PNG, 400 pixels square. */
export function demoLogo(of: Readonly<{ key: string; color: string }>): Promise<Uint8Array> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200"><rect width="200" height="200" rx="44" fill="${of.color}"/><g fill="#fff">${marks[of.key] ?? ''}</g></svg>`;
  return sharp(Buffer.from(svg)).resize(400, 400).png().toBuffer();
}

const steel =
  '<linearGradient id="s" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#c9ced2"/><stop offset=".45" stop-color="#8f979d"/><stop offset="1" stop-color="#b9c0c5"/></linearGradient>';
const bowl =
  '<radialGradient id="b" cx=".5" cy=".46" r=".62"><stop offset="0" stop-color="#6d757b"/><stop offset=".55" stop-color="#a9b1b6"/><stop offset="1" stop-color="#d5dadd"/></radialGradient>';
const hole =
  '<radialGradient id="h" cx=".5" cy=".5" r=".5"><stop offset="0" stop-color="#15181a"/><stop offset=".72" stop-color="#2b3033"/><stop offset=".8" stop-color="#e4e8ea"/><stop offset="1" stop-color="#8b9398"/></radialGradient>';

/** Rays of the strainer and drops of water, so that the drain looks used. */
function details(): string {
  const rays = Array.from(
    { length: 8 },
    (_, at) => `<rect x="796" y="560" width="8" height="80" rx="4" fill="#0d0f10" transform="rotate(${at * 45} 800 620) translate(0 -58)"/>`,
  );
  const drops = Array.from({ length: 46 }, (_, at) => {
    const [x, y, r] = [180 + ((at * 577) % 1240), 180 + ((at * 331) % 840), 3 + ((at * 7) % 8)];
    return `<ellipse cx="${x}" cy="${y}" rx="${r}" ry="${r * 1.3}" fill="#f6fafc" opacity=".55"/>`;
  });
  return [...rays, ...drops].join('');
}

/** A clean kitchen drain in a steel sink, as a phone would have taken it: JPEG, 1600 × 1200, with grain and a flash. */
export async function drainPhoto(): Promise<Uint8Array> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 1200"><defs>${steel}${bowl}${hole}
    <radialGradient id="f" cx=".32" cy=".22" r=".5"><stop offset="0" stop-color="#fff" stop-opacity=".55"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient></defs>
    <rect width="1600" height="1200" fill="url(#s)"/><rect x="110" y="90" width="1380" height="1030" rx="150" fill="url(#b)"/>
    <path d="M180 1010C520 900 620 700 760 640M1420 980C1130 900 960 760 850 650" stroke="#fff" stroke-width="16" opacity=".22" fill="none"/>
    <circle cx="800" cy="620" r="190" fill="url(#h)"/>${details()}<rect width="1600" height="1200" fill="url(#f)"/></svg>`;
  const grain = await sharp({ create: { width: 1600, height: 1200, channels: 3, background: '#808080', noise: { type: 'gaussian', mean: 128, sigma: 14 } } })
    .png()
    .toBuffer();
  return sharp(Buffer.from(svg))
    .blur(1.6)
    .composite([{ input: grain, blend: 'soft-light' }])
    .modulate({ saturation: 0.9 })
    .jpeg({ quality: 78, mozjpeg: true })
    .toBuffer();
}
