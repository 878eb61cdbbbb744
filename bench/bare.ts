/**
 * The measure of speed: node:http and pg, one query by primary key and a page of the same size, no framework, no row-level security.
 * Arguments: socket folder, password, business id, bytes of a page, `page` or `list`.
 */
import { createServer } from 'node:http';
import pg from 'pg';

const [host = '', password = '', business = '', bytes = '12000', kind = 'page'] = process.argv.slice(2);
const pool = new pg.Pool({ host, port: 5432, user: 'postgres', password, database: 'invoices', max: 10 });
const padding = 'x'.repeat(Math.max(0, Number(bytes) - 400));
const page = {
  name: 'bare-page',
  text: 'select i.number, s.total_minor, s.balance_minor, i.bill_to from invoices i join invoice_standings s on s.business_id = i.business_id and s.document_id = i.document_id where i.business_id = $1 and i.document_id = $2',
};
const list = {
  name: 'bare-list',
  text: 'select number, total_minor, balance_minor, issued_on from invoice_standings where business_id = $1 and customer_id = $2 order by listed_on desc, document_id desc limit 25',
};

const server = createServer((request, response) => {
  const id = (request.url ?? '').slice(1);
  pool.query({ ...(kind === 'page' ? page : list), values: [business, id] }).then(
    ({ rows }) => {
      const body = `<!doctype html><html><head><title>Invoice</title></head><body>${rows.map((row) => `<p>${Object.values(row).map(String).join(' ')}</p>`).join('')}<main>${padding}</main></body></html>`;
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': Buffer.byteLength(body) });
      response.end(body);
    },
    () => response.writeHead(500).end(),
  );
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${JSON.stringify({ port: typeof address === 'object' && address ? address.port : 0 })}\n`);
});
process.on('SIGTERM', () => process.exit(0));
