import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { zip } from './zip.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);

/** Names and contents, read the way readers do: from the directory at the end. */
function entriesOf(archive: Uint8Array): [string, string][] {
  const file = Buffer.from(archive);
  const end = file.lastIndexOf(Buffer.from('504b0506', 'hex'));
  let at = file.readUInt32LE(end + 16);
  return Array.from({ length: file.readUInt16LE(end + 10) }, () => {
    const [method, size, nameLength, offset] = [file.readUInt16LE(at + 10), file.readUInt32LE(at + 20), file.readUInt16LE(at + 28), file.readUInt32LE(at + 42)];
    const name = file.toString('utf8', at + 46, at + 46 + nameLength);
    const begin = offset + 30 + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28);
    const raw = file.subarray(begin, begin + size);
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
    return [name, (method === 0 ? raw : inflateRawSync(raw)).toString('utf8')];
  });
}

describe('an archive of papers', () => {
  it('holds each file whole, names of other letters too, and tells files of one name apart', () => {
    const archive = zip([
      { name: '1042.pdf', bytes: bytes('one') },
      { name: '1042.pdf', bytes: bytes('two') },
      { name: 'Peña 🦦.pdf', bytes: bytes('') },
    ]);
    expect(entriesOf(archive)).toEqual([
      ['1042.pdf', 'one'],
      ['1042 (2).pdf', 'two'],
      ['Peña 🦦.pdf', ''],
    ]);
  });

  it('F3 lets no name lead out of the folder it is opened in', () => {
    const names = entriesOf(zip([{ name: '../../etc/passwd', bytes: bytes('x') }])).map(([name]) => name);
    expect(names).toEqual(['.._.._etc_passwd']);
  });

  it('is the same bytes for the same files', () => {
    const files = [{ name: 'a.txt', bytes: bytes('hello') }];
    expect(zip(files)).toEqual(zip(files));
  });
});
