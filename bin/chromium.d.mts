export function findChromium(): string | null;
export function installChromium(root: string): void;
