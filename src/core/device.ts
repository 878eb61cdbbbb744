const browsers: readonly (readonly [RegExp, string])[] = [
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/FxiOS\/|Firefox\//, 'Firefox'],
  [/CriOS\/|Chrome\/|Chromium\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'Mac'],
  [/CrOS/, 'Chromebook'],
  [/Linux/, 'Linux'],
];

const named = (text: string, of: readonly (readonly [RegExp, string])[]): string | undefined => of.find(([sign]) => sign.test(text))?.[1];

/** What a browser calls itself, as a person would: "Chrome on Android". Only words of ours come out, whatever was sent. */
export function deviceName(userAgent: string): string {
  const [browser, system] = [named(userAgent, browsers), named(userAgent, systems)];
  if (browser === undefined && system === undefined) return 'Another device';
  return system === undefined ? (browser ?? '') : browser === undefined ? system : `${browser} on ${system}`;
}
