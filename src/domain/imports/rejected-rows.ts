import type { Judged } from './judged.ts';

/** The rows that stayed out, as a file of the same shape with one column more that says why: correct it, import it again. */
export class RejectedRows {
  readonly #pieces: string[] = [];
  #bytes = 0;
  readonly #most: number;

  constructor(header: readonly string[], mostBytes: number) {
    this.#most = mostBytes;
    this.#pieces.push(line([...header, 'Problem']));
  }

  get empty(): boolean {
    return this.#pieces.length === 1;
  }

  add({ rows, problems }: Judged): void {
    for (const { row, cells } of rows) {
      const why = problems.filter((each) => each.row === row).map(({ column, message }) => (column === '' ? message : `${column}: ${message}`));
      const text = line([...cells, why.join(' ')]);
      this.#bytes += text.length;
      if (this.#bytes <= this.#most) this.#pieces.push(text);
    }
  }

  toBytes(): Buffer {
    return Buffer.from(`\ufeff${this.#pieces.join('')}`);
  }
}

/** RFC 4180. A cell a spreadsheet would run gets an apostrophe, which our own import takes off again. */
function line(cells: readonly string[]): string {
  return `${cells.map((cell) => (/^[\s"']*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]/.test(cell) ? quoted(`'${cell}`) : quoted(cell))).join(',')}\r\n`;
}

function quoted(cell: string): string {
  return /[",\r\n;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
