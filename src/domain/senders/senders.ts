import type { Keys, TextRecords } from '../../core/gateways.ts';
import { Refusal } from '../../core/refusal.ts';
import { canonicalEmail } from '../../core/text.ts';
import { newId } from '../../db/fresh.ts';
import type { Database } from '../../db/pool.ts';
import { inTransaction, type Scope, systemActor } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import { mustBeAllowed } from '../people/rights.ts';
import { type DomainRow, deleteDomain, type Finding, keepFindings, replaceDomain, selectDomain } from './queries.ts';

export type { Finding };

/** A record that is to stand in the DNS of the sender's domain, and what the last look found there. */
export type DnsRecord = Readonly<{ record: Finding['record']; name: string; text: string; needed: boolean; found: Finding['found'] | null }>;

/** The address mails come from, and the records that make receivers believe it. `state`: `lost` was verified once and no longer is. */
export type SendingDomain = Readonly<{
  address: string;
  domain: string;
  state: DomainRow['state'];
  checkedAt: string | null;
  verifiedAt: string | null;
  records: readonly DnsRecord[];
}>;

/** Domains nobody can sign for because everybody has an address there. */
const everybodys = new Set([
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'yahoo.com',
  'icloud.com',
  'me.com',
  'aol.com',
  'gmx.com',
  'proton.me',
]);

/** The business's own sending domain; null while mails come from the host's address. */
export async function readSendingDomain(scope: Scope): Promise<SendingDomain | null> {
  await mustBeAllowed(scope, 'settings:read');
  const row = await selectDomain(scope);
  return row === undefined ? null : shown(row);
}

/**
 * From now on mails are to come from this address; they do once its DNS says so. A new pair of keys each time: a record that was taken out
 * cannot be used again. Refuses `email_invalid` and `domain_is_everybodys`.
 */
export async function setSendingDomain(
  scope: Scope,
  keys: Pick<Keys, 'seal'>,
  input: Readonly<{ address: string; pair: Readonly<{ publicKey: string; privateKey: string }> }>,
): Promise<SendingDomain> {
  await mustBeAllowed(scope, 'settings:write');
  const address = canonicalEmail(input.address);
  if (address === null || address.length > 200) throw new Refusal('email_invalid', { field: 'address' });
  const domain = address.slice(address.lastIndexOf('@') + 1);
  if (everybodys.has(domain)) throw new Refusal('domain_is_everybodys', { field: 'address' });
  const id = newId();
  const { publicKey, privateKey } = input.pair;
  // The selector names the key, so that a next one can stand beside it while receivers still ask for this one.
  await replaceDomain(scope, {
    id,
    address,
    domain,
    selector: `sip-${id.slice(-8)}`,
    publicKey,
    sealedKey: keys.seal(privateKey, sealedFor(scope.business, id)),
  });
  await recordEvent(scope, { kind: 'business.settings_changed', data: { changed: ['sendingDomain'], address } });
  const row = await selectDomain(scope);
  if (row === undefined) throw new Error('a domain that was just written is there');
  return shown(row);
}

/** Mails come from the host's address again. Refuses `not_found` where there is no domain. */
export async function removeSendingDomain(scope: Scope): Promise<void> {
  await mustBeAllowed(scope, 'settings:write');
  if (!(await deleteDomain(scope))) throw new Refusal('not_found');
  await recordEvent(scope, { kind: 'business.settings_changed', data: { changed: ['sendingDomain'], address: null } });
}

/**
 * Looks into the DNS and keeps what is there. Verified as long as the signing key stands there; nobody's answer changes nothing. Only asks the DNS
 * between two transactions. Answers null where there is no domain.
 */
export async function checkSendingDomain(database: Database, dns: TextRecords, business: string): Promise<SendingDomain | null> {
  const as = { role: 'system', business, actor: systemActor } as const;
  const before = await inTransaction(database, as, selectDomain);
  if (before === undefined) return null;
  const findings = [await lookAtDkim(dns, before), await lookAtDmarc(dns, before)] as const;
  return inTransaction(database, as, async (scope) => {
    const state = nextState(before.state, findings[0].found);
    const kept = await keepFindings(scope, before.id, state, findings);
    if (kept && state !== before.state)
      await recordEvent(scope, { kind: 'business.settings_changed', data: { changed: ['sendingDomain'], address: before.address, state } });
    const after = await selectDomain(scope);
    return after === undefined ? null : shown(after);
  });
}

/** What a mail of this business comes from and is signed with; null: the host's address. */
export async function signatureOf(
  scope: Scope,
  keys: Pick<Keys, 'unseal'>,
): Promise<Readonly<{ address: string; key: Readonly<{ domain: string; selector: string; privateKey: string }> }> | null> {
  const row = await selectDomain(scope);
  if (row === undefined || row.state !== 'verified') return null;
  const privateKey = keys.unseal(row.sealedKey, sealedFor(scope.business, row.id));
  return privateKey === null ? null : { address: row.address, key: { domain: row.domain, selector: row.selector, privateKey } };
}

/** The address mails of this business come from when it is not the host's. */
export async function sendsFrom(scope: Scope): Promise<string | null> {
  const row = await selectDomain(scope);
  return row?.state === 'verified' ? row.address : null;
}

const sealedFor = (business: string, id: string): string => `dkim:${business}:${id}`;

function nextState(before: DomainRow['state'], found: Finding['found']): DomainRow['state'] {
  if (found === 'unknown') return before;
  if (found === 'right') return 'verified';
  return before === 'waiting' ? 'waiting' : 'lost';
}

const bare = (text: string): string => text.replace(/\s+/g, '');
const dkimText = (row: DomainRow): string => `v=DKIM1; k=rsa; p=${row.publicKey}`;
const dkimName = (row: DomainRow): string => `${row.selector}._domainkey.${row.domain}`;

async function lookAtDkim(dns: TextRecords, row: DomainRow): Promise<Finding> {
  const answer = await dns(dkimName(row));
  if (answer.kind === 'unknown') return { record: 'dkim', found: 'unknown' };
  if (answer.texts.length === 0) return { record: 'dkim', found: 'missing' };
  // Tags may stand in any order and with any blanks; the key is what counts.
  const right = answer.texts.some((text) => bare(text).split(';').includes(`p=${row.publicKey}`));
  return { record: 'dkim', found: right ? 'right' : 'different' };
}

async function lookAtDmarc(dns: TextRecords, row: DomainRow): Promise<Finding> {
  const answer = await dns(`_dmarc.${row.domain}`);
  if (answer.kind === 'unknown') return { record: 'dmarc', found: 'unknown' };
  return { record: 'dmarc', found: answer.texts.some((text) => /^v=DMARC1\b/i.test(text)) ? 'right' : 'missing' };
}

function shown(row: DomainRow): SendingDomain {
  const found = (record: Finding['record']): Finding['found'] | null => row.findings.find((finding) => finding.record === record)?.found ?? null;
  const { address, domain, state, checkedAt, verifiedAt } = row;
  const records: DnsRecord[] = [
    { record: 'dkim', name: dkimName(row), text: dkimText(row), needed: true, found: found('dkim') },
    { record: 'dmarc', name: `_dmarc.${domain}`, text: 'v=DMARC1; p=none', needed: false, found: found('dmarc') },
  ];
  return { address, domain, state, checkedAt, verifiedAt, records };
}
