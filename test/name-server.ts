import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** A small DNS server (RFC 1035) that knows TXT records only: `texts` may be changed while it runs. `silent` answers nobody. */
export async function nameServer(texts: Map<string, readonly string[]>): Promise<{ address: string; close: () => void }> {
  const socket = createSocket('udp4');
  socket.on('message', (question, from) => socket.send(answerTo(question, texts), from.port, from.address));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { address: `127.0.0.1:${socket.address().port}`, close: () => socket.close() };
}

function answerTo(question: Buffer, texts: Map<string, readonly string[]>): Buffer {
  let at = 12;
  const labels: string[] = [];
  while (question[at] !== 0) {
    const length = question[at] ?? 0;
    labels.push(question.toString('ascii', at + 1, at + 1 + length));
    at += length + 1;
  }
  const asked = question.subarray(12, at + 5);
  const found = texts.get(labels.join('.').toLowerCase()) ?? [];
  const head = Buffer.alloc(12);
  question.copy(head, 0, 0, 2);
  // An answer with authority; a name that is not there is NXDOMAIN.
  head.writeUInt16BE(found.length === 0 ? 0x8583 : 0x8580, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(found.length, 6);
  return Buffer.concat([head, asked, ...found.map(record)]);
}

function record(text: string): Buffer {
  const pieces = (text.match(/[\s\S]{1,255}/g) ?? ['']).map((piece) => Buffer.concat([Buffer.from([piece.length]), Buffer.from(piece, 'ascii')]));
  const data = Buffer.concat(pieces);
  const front = Buffer.from([0xc0, 0x0c, 0, 16, 0, 1, 0, 0, 0, 60, 0, 0]);
  front.writeUInt16BE(data.length, 10);
  return Buffer.concat([front, data]);
}
