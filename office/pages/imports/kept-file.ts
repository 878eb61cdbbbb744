/** The file just checked, so that importing it needs no second choosing. Gone with the window. */
const kept = new Map<string, File>();

export function keepFile(importId: string, file: File): void {
  kept.clear();
  kept.set(importId, file);
}

export const keptFile = (importId: string): File | undefined => kept.get(importId);
