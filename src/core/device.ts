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

/** Browser and machine as a browser calls itself; '' for what is not known. Only words of ours come out, whatever was sent. */
export function deviceParts(userAgent: string): { browser: string; system: string } {
  return { browser: named(userAgent, browsers) ?? '', system: named(userAgent, systems) ?? '' };
}

/** The same as a person would say it: "Chrome on Android". */
export function deviceName(userAgent: string): string {
  const { browser, system } = deviceParts(userAgent);
  if (browser === '' && system === '') return 'Another device';
  return browser === '' || system === '' ? browser || system : `${browser} on ${system}`;
}
