import { crc32 } from 'node:zlib';

export type ZipEntry = Readonly<{ name: string; bytes: Uint8Array }>;

/** 1 January 1980, where ZIP's calendar begins: the same files make the same archive. */
const noTime = 0;
const firstDay = 0x21;
const utf8Names = 0x0800;

/**
 * Files as one ZIP archive, stored without compression (PDFs are compressed already). Names are told apart: the second "1042.pdf" is
 * "1042 (2).pdf". Up to 4 GB and 65,535 files, which is more than anyone may ask for.
 */
export function zip(entries: readonly ZipEntry[]): Uint8Array {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of apart(entries)) {
    const label = Buffer.from(name, 'utf8');
    const common = headerOf(bytes, label.length);
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), common, label]);
    const central = Buffer.alloc(14);
    central.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('504b01021400', 'hex'), common, central, label);
    pieces.push(local, Buffer.from(bytes));
    offset += local.length + bytes.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('504b0506', 0, 'hex');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...pieces, central, end]);
}

/** Version, flags, method, time, checksum, sizes and name length: the same in both places of an entry. */
function headerOf(bytes: Uint8Array, nameLength: number): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0);
  header.writeUInt16LE(utf8Names, 2);
  header.writeUInt16LE(noTime, 6);
  header.writeUInt16LE(firstDay, 8);
  header.writeUInt32LE(crc32(bytes), 10);
  header.writeUInt32LE(bytes.length, 14);
  header.writeUInt32LE(bytes.length, 18);
  header.writeUInt16LE(nameLength, 22);
  return header;
}

function apart(entries: readonly ZipEntry[]): ZipEntry[] {
  const seen = new Map<string, number>();
  return entries.map(({ name, bytes }) => {
    const plain = name.replace(/[/\\:*?"<>|\p{Cc}]/gu, '_');
    const count = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, count);
    return { name: count === 1 ? plain : plain.replace(/(\.\w+)?$/, ` (${count})$1`), bytes };
  });
}
