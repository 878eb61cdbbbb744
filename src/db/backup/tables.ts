import pg from 'pg';

/** A table as it is written to a file: its columns but for those the database makes itself. */
export type KeptTable = Readonly<{ name: string; columns: readonly string[]; key: readonly string[]; fileColumns: readonly string[] }>;

/** Tables of a business that its archive leaves out, and why. A table that is neither here nor in `archived` fails the test beside this. */
export const leftOut: Readonly<Record<string, string>> = {
  api_keys: 'secrets: keys are made anew',
  acts: 'answers kept for repeated requests of sessions and keys that do not come along',
  memberships: 'made anew from staff and people, for the identities of the new place',
  exports: 'files thrown away after a week',
  closings: 'a business that is brought somewhere is not closing there',
  invitations: 'their links are the old install’s: people are invited anew',
  pay_changes: 'where customers pay is never changed by a file',
  processor_accounts: 'holds a key sealed for the old install',
  processor_checks: 'of an account that does not come along',
  processor_differences: 'of an account that does not come along',
  sending_domains: 'holds a key sealed for the old install',
  webhook_endpoints: 'secrets: receivers are set up anew',
  webhook_deliveries: 'of endpoints that do not come along',
  webhook_tries: 'of endpoints that do not come along',
  invoice_schedules: 'what was to leave by itself at the old place does not leave from two places',
};

/** Tables of no business that a backup leaves out, and why. */
const passing: Readonly<Record<string, string>> = {
  migrations: 'said in the manifest',
  throttles: 'counts of minutes',
  ceremonies: 'questions of minutes',
  host_checks: 'what the old machine noticed',
  host_alerts: 'what the old machine noticed',
};

/** Tables of a business that its archive holds. */
export const archived: readonly string[] = [
  'announced_payments',
  'approval_heads',
  'approvals',
  'assignments',
  'autopay_charges',
  'autopay_mandates',
  'autopay_rules',
  'batch_items',
  'batches',
  'business_heads',
  'business_profiles',
  'businesses',
  'charge_rules',
  'contract_invoices',
  'contracts',
  'counters',
  'credit_use_shares',
  'credit_uses',
  'credit_notes',
  'customer_balances',
  'customer_charges',
  'customers',
  'deposit_uses',
  'deposits',
  'detail_changes',
  'disputes',
  'document_facts',
  'document_lines',
  'document_parts',
  'document_taxes',
  'document_totals',
  'documents',
  'drafts',
  'erased_events',
  'erasures',
  'estimate_standings',
  'estimates',
  'events',
  'field_drafts',
  'file_refs',
  'files',
  'grants',
  'import_edits',
  'import_mappings',
  'import_problems',
  'imported_things',
  'imports',
  'inbound_events',
  'invoice_standings',
  'invoices',
  'items',
  'job_lines',
  'jobs',
  'journal_settings',
  'late_fees',
  'ledger',
  'links',
  'mail_stops',
  'mails',
  'messages',
  'part_standings',
  'payment_shares',
  'payments',
  'payouts',
  'people',
  'person_reads',
  'processor_entries',
  'properties',
  'property_rules',
  'questioned_charges',
  'refunds',
  'reminder_customers',
  'reminder_invoices',
  'reminder_rules',
  'reminders',
  'reply_snippets',
  'saved_filters',
  'saved_methods',
  'search_terms',
  'shelf_papers',
  'staff',
  'stand_ins',
  'statement_mails',
  'tax_rates',
  'team_rules',
  'thread_reads',
  'threads',
  'visits',
];

/** Hashes of texts that stand in the row or beside it: no file is kept under them. */
const textHashes = ['facts_sha256', 'terms_sha256'];

const columnsOf = `array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum)`;
const filesOf = `array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attname like '%sha256' and a.atttypid = 'bytea'::regtype
  and not a.attname = any ('{${textHashes.join(',')}}'))`;
const keyOf = `array(select a.attname::text from pg_index x cross join unnest(x.indkey::int2[]) with ordinality k (at, place)
  join pg_attribute a on a.attrelid = c.oid and a.attnum = k.at where x.indrelid = c.oid and x.indisprimary order by k.place)`;

type Found = { name: string; columns: string[]; key: string[]; files: string[]; needs: string[]; tenant: boolean };

async function catalogue(client: pg.ClientBase): Promise<Found[]> {
  const { rows } = await client.query<Found>(
    `select c.relname::text as name, ${columnsOf} as columns, ${keyOf} as key, ${filesOf} as files,
       array(select distinct t.relname::text from pg_constraint k join pg_class t on t.oid = k.confrelid where k.conrelid = c.oid and k.contype = 'f' and t.oid <> c.oid) as needs,
       c.relname = 'businesses' or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'business_id' and not a.attisdropped) as tenant
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`,
  );
  return rows;
}

const kept = ({ name, columns, key, files }: Found): KeptTable => ({ name, columns, key, fileColumns: files });

/** Every table of a business, in an order in which each finds what it points at. Throws when tables point at each other in a ring. */
export async function tenantTables(client: pg.ClientBase): Promise<readonly KeptTable[]> {
  let waiting = (await catalogue(client)).filter(({ tenant }) => tenant);
  const ordered: KeptTable[] = [];
  while (waiting.length > 0) {
    const open = new Set(waiting.map(({ name }) => name));
    const ready = waiting.filter(({ needs }) => needs.every((need) => !open.has(need)));
    if (ready.length === 0) throw new Error(`tables that point at each other: ${[...open].join(', ')}`);
    ordered.push(...ready.map(kept));
    waiting = waiting.filter((table) => !ready.includes(table));
  }
  return ordered;
}

/** Tables that belong to no business: identities, their sessions and codes. */
export async function localTables(client: pg.ClientBase): Promise<readonly KeptTable[]> {
  return (await catalogue(client)).filter(({ name, tenant }) => !tenant && !Object.hasOwn(passing, name)).map(kept);
}

/** The same for one table, as SQL. */
export const quoted = (name: string): string => pg.escapeIdentifier(name);
export const listed = (columns: readonly string[]): string => columns.map(quoted).join(', ');
/** The rows of one business. The id is one of ours, and quoted all the same. */
export function ofBusiness({ name }: Pick<KeptTable, 'name'>, business: string): string {
  return `${name === 'businesses' ? 'id' : 'business_id'} = ${pg.escapeLiteral(business)}`;
}
