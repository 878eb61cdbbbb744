// Made from the OpenAPI document of /api/v1 by bin/api-types.ts. Do not change by hand.

/**
 * An amount, or a share of what is overdue.
 */
export type Discount = ({
kind: "percent"
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
} | {
kind: "amount"
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
})
export type AskedDeposit = ({
kind: "amount"
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
} | {
kind: "percent"
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
/**
 * What the work is thought to come to.
 */
ofMinor: number
})
/**
 * The things by their ids, or all that a list shows under these filters.
 */
export type BatchChosen = ({
/**
 * @minItems 1
 * @maxItems 1000
 */
ids: string[]
} | {
invoices: {
tab?: ("needs_you" | "draft" | "scheduled" | "unpaid" | "overdue" | "in_question" | "paid" | "all")
q?: string
customerId?: string
from?: string
to?: string
sort?: ("newest" | "oldest" | "due")
post?: boolean
}
} | {
customers: {
q?: string
kind?: ("residential" | "commercial" | "property_manager")
owing?: boolean
archived?: boolean
}
})
export type EstimateChange = ({
what: ("line_added" | "line_removed")
name: string
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
} | {
what: "line_changed"
name: string
/**
 * Integer in minor units of the currency.
 */
fromMinor: number
/**
 * Integer in minor units of the currency.
 */
toMinor: number
fields: string[]
} | {
what: ("discount" | "tax" | "total")
/**
 * Integer in minor units of the currency.
 */
fromMinor: number
/**
 * Integer in minor units of the currency.
 */
toMinor: number
} | {
what: ("valid_until" | "po_number" | "terms" | "message" | "scope" | "exclusions")
from: string
to: string
})
export type ContractBill = ({
kind: "whole"
} | {
kind: "stage"
/**
 * Its place in the plan, from 0.
 */
stage: number
} | {
kind: "percent"
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
} | {
kind: "amount"
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
} | {
kind: "rest"
})
/**
 * All that is not credited yet; an amount with its tax in it; or lines and how much of each.
 */
export type CreditChoice = ({
kind: "rest"
} | {
kind: "amount"
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
} | {
kind: "lines"
/**
 * @minItems 1
 * @maxItems 500
 */
lines: {
lineId: string
/**
 * Quantity in thousandths: 2.5 is 2500.
 */
quantityMilli: number
}[]
})

export interface CodeSent {
/**
 * Masked.
 */
sentTo: string
expiresAt: string
}
export interface Problem {
type: string
title: string
status: number
/**
 * Stable; write programs against this.
 */
code: string
/**
 * What happened, for a person.
 */
detail: string
/**
 * Name it when you write to us.
 */
requestId: string
/**
 * What is wrong in the input, one entry per field.
 */
errors?: {
field: string
code: string
detail: string
}[]
}
export interface SignUp {
business: string
trade: ("cleaning" | "contracting" | "landscaping" | "plumbing" | "other")
country: string
timeZone: string
/**
 * ISO 4217 code.
 */
currency: string
name: string
email: string
/**
 * At least 12 characters.
 */
password: string
}
export interface Session {
staff: {
id: string
name: string
email: string
role: ("owner" | "admin" | "office" | "field")
language: ("en" | "es" | "fr")
}
business: {
id: string
slug: string
name: string
trade: ("cleaning" | "contracting" | "landscaping" | "plumbing" | "other")
country: string
timeZone: string
/**
 * ISO 4217 code.
 */
currency: string
demo: boolean
brandColor: string
logoUrl: (string | null)
/**
 * Where customers come in.
 */
frontDoorUrl: string
}
/**
 * All the businesses this person works in.
 */
businesses: Workplace[]
/**
 * The day it is in the time zone of the business.
 */
today: string
/**
 * What this person may do here: screens leave out what would be refused.
 */
rights: string[]
/**
 * How the office looks to this person; `auto`: as the device does.
 */
theme: ("light" | "dark" | "auto")
/**
 * true where mail is kept on screen instead of leaving, because no mail server is set.
 */
outbox: boolean
authenticatedAt: string
/**
 * This business asks for a passkey or an authenticator app, and this session has shown neither.
 */
mustSecure: boolean
}
export interface Workplace {
id: string
slug: string
name: string
role: ("owner" | "admin" | "office" | "field")
brandColor: string
logoUrl: (string | null)
}
export interface Code {
/**
 * The six digits we mailed.
 */
code: string
}
export interface SignIn {
email: string
password: string
/**
 * A crew member on their own phone stays signed in for 30 days. Nobody else does.
 */
remember?: boolean
}
export interface Appearance {
theme: ("light" | "dark" | "auto")
}
export interface SwitchBusiness {
businessId: string
}
export interface SecondCode {
/**
 * Six digits of the app, or a recovery code.
 */
code: string
}
export interface Asked {
options: AuthenticatorAsk
}
export interface AuthenticatorAsk {
challenge: string
[k: string]: unknown
}
export interface PasskeySignIn {
response: AuthenticatorAnswer
remember?: boolean
}
export interface AuthenticatorAnswer {
id: string
type: "public-key"
[k: string]: unknown
}
export interface PasswordReset {
email: string
/**
 * At least 12 characters.
 */
password: string
}
export interface InvitationLook {
business: string
name: string
invitedBy: string
role: ("owner" | "admin" | "office" | "field")
/**
 * Masked.
 */
sentTo: string
}
export interface InvitationToken {
/**
 * What stands behind the # of the mailed address.
 */
token: string
}
export interface InvitationCode {
/**
 * What stands behind the # of the mailed address.
 */
token: string
}
export interface JoinTeam {
/**
 * What stands behind the # of the mailed address.
 */
token: string
/**
 * The six digits we mailed.
 */
code: string
/**
 * At least 12 characters.
 */
password?: (string | null)
}
export interface Factors {
passkeys: Passkey[]
/**
 * An authenticator app is set up.
 */
app: boolean
/**
 * Recovery codes not used yet.
 */
recoveryLeft: number
/**
 * A business of yours asks for a passkey or an app.
 */
required: boolean
}
export interface Passkey {
id: string
name: string
createdAt: string
lastUsedAt: (string | null)
}
export interface AddedPasskey {
factors: Factors
/**
 * Shown this once.
 */
recoveryCodes: (string[] | null)
}
export interface NewPasskey {
name: string
response: AuthenticatorAnswer
}
export interface PasskeyName {
name: string
}
export interface AppSecret {
secret: string
/**
 * The same for a QR code.
 */
uri: string
}
export interface ConfirmedApp {
factors: Factors
/**
 * Shown this once.
 */
recoveryCodes: string[]
}
export interface RecoveryCodes {
/**
 * Shown this once.
 */
recoveryCodes: string[]
}
export interface PasskeyProof {
response: AuthenticatorAnswer
}
export interface AppProof {
/**
 * Six digits of the app, or a recovery code.
 */
code: string
}
export interface DeviceList {
items: Device[]
}
export interface Device {
id: string
device: string
here: boolean
createdAt: string
lastUsedAt: string
expiresAt: string
}
export interface OwnCard {
name?: string
language?: ("en" | "es" | "fr")
}
export interface NewAddress {
email: string
}
export interface InvitationList {
items: Invitation[]
}
export interface Invitation {
id: string
name: string
email: string
role: ("owner" | "admin" | "office" | "field")
language: ("en" | "es" | "fr")
invitedBy: string
sentAt: string
expiresAt: string
/**
 * It ran out; it can be sent again.
 */
ended: boolean
}
export interface InvitationBody {
name: string
email: string
role: ("owner" | "admin" | "office" | "field")
language?: ("en" | "es" | "fr")
}
export interface Colleague {
id: string
name: string
email: string
role: ("owner" | "admin" | "office" | "field")
you: boolean
createdAt: string
}
export interface ColleaguePatch {
name?: string
role?: ("owner" | "admin" | "office" | "field")
language?: ("en" | "es" | "fr")
}
export interface TeamRules {
/**
 * Send it back in If-Match when changing this.
 */
version: number
/**
 * Everyone signs in with a passkey or an authenticator app.
 */
twoStep: boolean
/**
 * The crew sees prices and totals.
 */
crewPrices: boolean
/**
 * The crew sends invoices by itself.
 */
crewSends: boolean
}
export interface TeamRulesPatch {
twoStep?: boolean
crewPrices?: boolean
crewSends?: boolean
}
export interface RightsTable {
items: RightsRow[]
}
export interface RightsRow {
words: string
roles: ("owner" | "admin" | "office" | "field")[]
}
export interface AssignmentList {
items: Assignment[]
}
export interface Assignment {
id: string
staff: {
id: string
name: string
}
customer: {
id: string
name: string
}
property: ({
id: string
name: string
} | null)
/**
 * null: until ended.
 */
onDay: (string | null)
note: string
createdAt: string
}
export interface AssignmentBody {
staffId: string
customerId: string
propertyId?: (string | null)
onDay?: (string | null)
note?: string
}
export interface PayDetails {
howToPay: string
waiting: ({
howToPay: string
askedBy: string
askedAt: string
yours: boolean
needs: ("time" | "second_person")
liveAt: (string | null)
} | null)
}
export interface PayDetailsBody {
howToPay: string
}
export interface Settings {
/**
 * Send it back in If-Match when changing this.
 */
version: number
company: {
name: string
legalName: string
trade: ("cleaning" | "contracting" | "landscaping" | "plumbing" | "other")
timeZone: string
phone: string
email: string
website: string
address: Address
hours: string
licenseLine: string
slug: string
country: string
/**
 * ISO 4217 code.
 */
currency: string
}
look: {
brandColor: string
greeting: Greeting
/**
 * @minItems 1
 * @maxItems 3
 */
languages: ("en" | "es" | "fr")[]
defaultLanguage: ("en" | "es" | "fr")
logoUrl: (string | null)
}
numbering: {
prefix: string
/**
 * The number the next invoice gets. May only grow.
 */
next: number
highestUsed: number
}
billing: {
termsDays: number
termsText: string
message: string
pricesIncludeTax: boolean
defaultTaxRateId: (string | null)
}
mail: {
fromName: string
replyTo: string
}
waysToPay: {
/**
 * null: no processor; customers see How to pay.
 */
gateway: ("sandbox" | "stripe" | null)
howToPay: string
partPayment: boolean
/**
 * Integer in minor units of the currency, 1 to 99,999,999.
 */
paymentFloorMinor: number
/**
 * Residential customers may add a tip where they pay a whole invoice.
 */
tips: boolean
/**
 * What is suggested, rising.
 * 
 * @minItems 1
 * @maxItems 3
 */
tipPercents: number[]
/**
 * The most that is taken, in percent of what is paid.
 */
tipCapPercent: number
/**
 * Paying by card costs a fee, or from a bank account saves something, or neither.
 */
wayRule: ("none" | "card_fee" | "bank_saving")
/**
 * Millionths of what is paid: 30000 is 3%.
 */
cardFeePpm: number
/**
 * Added to it, once for each payment.
 */
cardFeeFixedMinor: number
/**
 * The most of a fee for one payment; null: no most.
 */
cardFeeMostMinor: (number | null)
/**
 * Millionths of what is paid on bills.
 */
bankSavingPpm: number
sandboxAvailable: boolean
}
history: {
/**
 * Imported invoices customers cannot see yet.
 */
hiddenInvoices: number
shownAt: (string | null)
}
/**
 * The three first steps, as they are done.
 */
welcome: {
logo: boolean
customer: boolean
invoice: boolean
dismissed: boolean
}
}
export interface Address {
street: string
unit: string
city: string
region: string
postalCode: string
/**
 * ISO 3166-1 alpha-2, or empty.
 */
country: string
}
export interface Greeting {
en: string
es: string
fr: string
}
export interface SettingsPatch {
company?: {
name?: string
legalName?: string
trade?: ("cleaning" | "contracting" | "landscaping" | "plumbing" | "other")
timeZone?: string
phone?: string
email?: string
website?: string
address?: Address
hours?: string
licenseLine?: string
}
look?: {
brandColor?: string
greeting?: Greeting
/**
 * @minItems 1
 * @maxItems 3
 */
languages?: ("en" | "es" | "fr")[]
defaultLanguage?: ("en" | "es" | "fr")
}
numbering?: {
prefix?: string
/**
 * The number the next invoice gets. May only grow.
 */
next?: number
}
billing?: {
termsDays?: number
termsText?: string
message?: string
pricesIncludeTax?: boolean
defaultTaxRateId?: (string | null)
}
mail?: {
fromName?: string
replyTo?: string
}
waysToPay?: {
/**
 * null: no processor; customers see How to pay.
 */
gateway?: ("sandbox" | "stripe" | null)
howToPay?: string
partPayment?: boolean
/**
 * Integer in minor units of the currency, 1 to 99,999,999.
 */
paymentFloorMinor?: number
/**
 * Residential customers may add a tip where they pay a whole invoice.
 */
tips?: boolean
/**
 * What is suggested, rising.
 * 
 * @minItems 1
 * @maxItems 3
 */
tipPercents?: number[]
/**
 * The most that is taken, in percent of what is paid.
 */
tipCapPercent?: number
/**
 * Paying by card costs a fee, or from a bank account saves something, or neither.
 */
wayRule?: ("none" | "card_fee" | "bank_saving")
/**
 * Millionths of what is paid: 30000 is 3%.
 */
cardFeePpm?: number
/**
 * Added to it, once for each payment.
 */
cardFeeFixedMinor?: number
/**
 * The most of a fee for one payment; null: no most.
 */
cardFeeMostMinor?: (number | null)
/**
 * Millionths of what is paid on bills.
 */
bankSavingPpm?: number
}
welcome?: {
dismissed: boolean
}
}
export interface Storage {
usedBytes: number
limitBytes: number
files: number
limitFiles: number
}
export interface ColleagueList {
items: Colleague[]
}
export interface ItemPage {
items: Item[]
/**
 * null on the last page.
 */
nextCursor: (string | null)
}
export interface Item {
id: string
/**
 * Send it back in If-Match when changing this.
 */
version: number
name: string
description: string
unit: string
/**
 * Price of one unit in thousandths of a minor unit: $0.12345 is 12345.
 */
unitPriceMilli: number
/**
 * A rate of its own; null: the rate of the property, else of the business.
 */
taxRateId: (string | null)
/**
 * false: never taxed, wherever it is used.
 */
taxable: boolean
archived: boolean
}
export interface ItemBody {
id?: string
name: string
description?: string
unit?: string
/**
 * Price of one unit in thousandths of a minor unit: $0.12345 is 12345.
 */
unitPriceMilli: number
/**
 * A rate of its own; null: the rate of the property, else of the business.
 */
taxRateId?: (string | null)
/**
 * false: never taxed, wherever it is used.
 */
taxable?: boolean
}
export interface ItemPatch {
name?: string
description?: string
unit?: string
/**
 * Price of one unit in thousandths of a minor unit: $0.12345 is 12345.
 */
unitPriceMilli?: number
/**
 * A rate of its own; null: the rate of the property, else of the business.
 */
taxRateId?: (string | null)
/**
 * false: never taxed, wherever it is used.
 */
taxable?: boolean
archived?: boolean
}
export interface TaxRateList {
items: TaxRate[]
}
export interface TaxRate {
id: string
name: string
/**
 * @minItems 1
 * @maxItems 8
 */
components: {
name: string
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
}[]
/**
 * All components together.
 */
ratePpm: number
archived: boolean
}
export interface TaxRateBody {
id?: string
name: string
/**
 * @minItems 1
 * @maxItems 8
 */
components: {
name: string
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
}[]
}
export interface TaxRatePatch {
name?: string
/**
 * @minItems 1
 * @maxItems 8
 */
components?: {
name: string
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
}[]
archived?: boolean
}
export interface AutopayRules {
/**
 * Send it back in If-Match when changing this.
 */
version: number
/**
 * Customers may turn autopay on. Off: nothing is charged or planned.
 */
allowed: boolean
/**
 * Days before a payment on which its payer is told.
 */
noticeDays: number
}
export interface AutopayRulesPatch {
allowed?: boolean
/**
 * Days before a payment on which its payer is told.
 */
noticeDays?: number
}
export interface AutopayList {
items: AutopayAgreement[]
}
export interface AutopayAgreement {
id: string
/**
 * Send it back in If-Match when changing this.
 */
version: number
/**
 * null: all bills of the customer.
 */
propertyId: (string | null)
propertyName: string
personId: string
personName: string
methodLabel: string
/**
 * Never more than this for one bill.
 */
capMinor: number
/**
 * ISO 4217 code.
 */
currency: string
/**
 * Days before a payment on which its payer is told.
 */
noticeDays: number
/**
 * What was agreed to, word for word.
 */
wording: string
language: string
givenAt: string
endedAt: (string | null)
endedReason: ("by_person" | "by_office" | "replaced" | "right_ended" | "method_removed" | "not_offered" | "not_allowed" | "failed" | null)
endedBy: string
endedNote: string
charges: {
id: string
invoiceId: string
invoiceNumber: string
state: ("planned" | "charging" | "charged" | "failed" | "skipped" | "paid_by_hand" | "above_cap" | "nothing_due" | "stopped")
plannedOn: string
/**
 * The next try; the planned day until one failed.
 */
nextOn: string
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
/**
 * ISO 4217 code.
 */
currency: string
tries: number
failure: string
paymentId: (string | null)
}[]
}
export interface AutopayStopped {
id: string
}
export interface StopAutopay {
reason: string
}
/**
 * What the business usually agrees. Drafts take it over when they are written; null: nothing.
 */
export interface ChargeRules {
/**
 * Send it back in If-Match when changing this.
 */
version: number
lateFee: (LateFee | null)
earlyDiscount: (EarlyDiscount | null)
/**
 * Late fees are sent by themselves; else they wait as drafts.
 */
sendFees: boolean
}
export interface LateFee {
fee: Discount
/**
 * Days after the due day on which nothing is charged yet.
 */
graceDays: number
every: ("once" | "month")
/**
 * The most all fees of one invoice may be; null: no limit.
 */
capMinor: (number | null)
}
export interface EarlyDiscount {
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
/**
 * Days after the day of the invoice.
 */
days: number
}
export interface ChargeRulesPatch {
lateFee?: (LateFee | null)
earlyDiscount?: (EarlyDiscount | null)
sendFees?: boolean
}
export interface CustomerCharges {
/**
 * Send it back in If-Match when changing this.
 */
version: number
/**
 * A rule of their own, `off`, or null: as usual.
 */
lateFee: (LateFee | "off" | null)
/**
 * A rule of their own, `off`, or null: as usual.
 */
earlyDiscount: (EarlyDiscount | "off" | null)
}
export interface CustomerChargesPatch {
/**
 * A rule of their own, `off`, or null: as usual.
 */
lateFee?: (LateFee | "off" | null)
/**
 * A rule of their own, `off`, or null: as usual.
 */
earlyDiscount?: (EarlyDiscount | "off" | null)
}
export interface LateFeesStopped {
id: string
}
export interface InstallmentsPlanned {
id: string
installments: {
dueOn: string
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
}[]
}
export interface PlanInstallments {
/**
 * Of what is left to pay, oldest first; they come to it. What was settled stays closed. One alone when others are closed.
 * 
 * @minItems 1
 * @maxItems 12
 */
installments: PlannedInstallment[]
}
export interface PlannedInstallment {
dueOn: string
/**
 * null: an even share of what those with an amount leave.
 */
amountMinor: (number | null)
}
export interface RetainageReleased {
id: string
}
export interface ReleaseRetainage {
/**
 * Absent: all that is held back.
 */
amountMinor?: number
dueOn: string
}
export interface DepositDraft {
id: string
/**
 * Send it back in If-Match when changing this.
 */
version: number
/**
 * Integer in minor units of the currency.
 */
totalMinor: number
}
export interface DepositBody {
id?: string
customerId: string
propertyId?: (string | null)
title?: string
description?: string
asked: AskedDeposit
dueOn?: (string | null)
}
export interface DepositList {
items: Deposit[]
}
export interface Deposit {
id: string
number: string
customerId: string
propertyId: (string | null)
title: string
/**
 * ISO 4217 code.
 */
currency: string
/**
 * Integer in minor units of the currency.
 */
totalMinor: number
/**
 * Integer in minor units of the currency.
 */
paidMinor: number
/**
 * Paid and not used: what the next bill it fits takes off.
 */
heldMinor: number
canceled: boolean
}
export interface DepositView {
id: string
number: string
customerId: string
propertyId: (string | null)
title: string
/**
 * ISO 4217 code.
 */
currency: string
/**
 * Integer in minor units of the currency.
 */
totalMinor: number
/**
 * Integer in minor units of the currency.
 */
paidMinor: number
/**
 * Paid and not used: what the next bill it fits takes off.
 */
heldMinor: number
canceled: boolean
uses: {
kind: ("applied" | "taken_off" | "credited" | "refunded")
invoice: ({
id: string
number: string
} | null)
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
usedOn: string
method: string
by: string
}[]
}
export interface ApplyDeposit {
toInvoiceId: string
}
export interface RefundDeposit {
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
method: ("check" | "cash" | "transfer" | "other")
reference?: string
refundedOn: string
}
export interface CustomerPage {
items: CustomerRow[]
/**
 * null on the last page.
 */
nextCursor: (string | null)
}
export interface CustomerRow {
id: string
kind: ("residential" | "commercial" | "property_manager")
name: string
company: string
contact: ({
name: string
email: string
phone: string
} | null)
city: string
properties: number
openInvoices: number
/**
 * Integer in minor units of the currency.
 */
balanceMinor: number
/**
 * Integer in minor units of the currency.
 */
overdueMinor: number
/**
 * ISO 4217 code.
 */
currency: string
archived: boolean
}
export interface Customer {
id: string
/**
 * Send it back in If-Match when changing this.
 */
version: number
kind: ("residential" | "commercial" | "property_manager")
name: string
company: string
billingAddress: Address
language: ("en" | "es" | "fr")
/**
 * null: the terms of the business.
 */
termsDays: (number | null)
taxExempt: boolean
taxExemptNote: string
poRequired: boolean
/**
 * From this amount on, two different persons approve an estimate. null: one is enough; 0: always two.
 */
twoApproversFromMinor: (number | null)
/**
 * For the office only.
 */
notes: string
figures: CustomerFigures
properties: number
people: number
openInvoices: number
imported: boolean
archived: boolean
/**
 * The personal data of this customer was erased.
 */
erased: boolean
createdAt: string
}
export interface CustomerFigures {
/**
 * ISO 4217 code.
 */
currency: string
/**
 * Integer in minor units of the currency.
 */
balanceMinor: number
/**
 * Integer in minor units of the currency.
 */
dueNowMinor: number
/**
 * Integer in minor units of the currency.
 */
dueLaterMinor: number
/**
 * Integer in minor units of the currency.
 */
onItsWayMinor: number
/**
 * Integer in minor units of the currency.
 */
inQuestionMinor: number
/**
 * Integer in minor units of the currency.
 */
heldBackMinor: number
/**
 * Of due now; never added to it.
 */
overdueMinor: number
/**
 * Money kept for the customer, not on any invoice.
 */
creditMinor: number
}
export interface CustomerBody {
id?: string
kind: ("residential" | "commercial" | "property_manager")
name: string
company?: string
billingAddress?: Address
language?: ("en" | "es" | "fr")
/**
 * null: the terms of the business.
 */
termsDays?: (number | null)
taxExempt?: boolean
taxExemptNote?: string
poRequired?: boolean
/**
 * From this amount on, two different persons approve an estimate. null: one is enough; 0: always two.
 */
twoApproversFromMinor?: (number | null)
/**
 * For the office only.
 */
notes?: string
/**
 * The first person, who receives the invoices.
 */
contact?: {
name: string
email: string
phone: string
}
}
export interface CustomerPatch {
kind?: ("residential" | "commercial" | "property_manager")
name?: string
company?: string
billingAddress?: Address
language?: ("en" | "es" | "fr")
/**
 * null: the terms of the business.
 */
termsDays?: (number | null)
taxExempt?: boolean
taxExemptNote?: string
poRequired?: boolean
/**
 * From this amount on, two different persons approve an estimate. null: one is enough; 0: always two.
 */
twoApproversFromMinor?: (number | null)
/**
 * For the office only.
 */
notes?: string
archived?: boolean
}
export interface EventPage {
items: Event[]
/**
 * null on the last page.
 */
nextCursor: (string | null)
}
export interface Event {
id: string
/**
 * Gapless; also the id of the live stream.
 */
seq: number
at: string
/**
 * Noun and what happened.
 */
kind: string
actor: {
kind: ("staff" | "person" | "key" | "system")
name: string
}
customerId: (string | null)
customerName: (string | null)
invoiceId: (string | null)
invoiceNumber: (string | null)
estimateId: (string | null)
estimateNumber: (string | null)
propertyId: (string | null)
/**
 * The customer sees it too.
 */
shown: boolean
data: {
[k: string]: unknown
}
}
export interface DetailChangePage {
items: DetailChange[]
/**
 * null on the last page.
 */
nextCursor: (string | null)
}
export interface DetailChange {
id: string
customer: {
id: string
name: string
}
person: ({
id: string
name: string
} | null)
asked: BillingDetails
before: BillingDetails
/**
 * taken: counted at once; replaced: the customer asked for something else instead.
 */
state: ("waiting" | "taken" | "accepted" | "refused" | "replaced")
askedAt: string
decidedAt: (string | null)
decidedBy: string
words: string
}
/**
 * Only what is different.
 */
export interface BillingDetails {
name?: string
company?: string
billingAddress?: Address
language?: ("en" | "es" | "fr")
poRequired?: boolean
taxExempt?: boolean
taxExemptNote?: string
}
export interface AcceptDetailChange {
changes?: BillingDetails
}
export interface RefuseDetailChange {
words: string
}
export interface DetailRules {
/**
 * Names and addresses that customers change wait for a look. An exemption of tax always does.
 */
review: boolean
}
export interface ShelfPaperList {
items: ShelfPaper[]
}
export interface ShelfPaper {
id: string
/**
 * null: for all customers.
 */
customerId: (string | null)
/**
 * null: for whoever sees the whole account.
 */
property: ({
id: string
title: string
} | null)
kind: ("insurance" | "tax_form" | "contract" | "lien_waiver" | "license" | "other")
title: string
fileName: string
mediaType: string
bytes: number
/**
 * The last day it is good; customers see it until then.
 */
expiresOn: (string | null)
addedAt: string
addedBy: string
}
export interface Statement {
/**
 * ISO 4217 code.
 */
currency: string
/**
 * Items: ISO 4217 code.
 */
currencies: string[]
from: (string | null)
to: (string | null)
asOf: (string | null)
/**
 * Integer in minor units of the currency.
 */
openingMinor: number
/**
 * Integer in minor units of the currency.
 */
chargedMinor: number
/**
 * Integer in minor units of the currency.
 */
settledMinor: number
/**
 * `openingMinor` + `chargedMinor` − `settledMinor`.
 */
balanceMinor: number
/**
 * Held beside the bills, and already off the balance.
 */
creditMinor: number
/**
 * What is open on bills on the last day, by how late it is then. Together they are the balance and the credit.
 */
ageing: {
/**
 * Integer in minor units of the currency.
 */
currentMinor: number
/**
 * Integer in minor units of the currency.
 */
days30Minor: number
/**
 * Integer in minor units of the currency.
 */
days60Minor: number
/**
 * Integer in minor units of the currency.
 */
days90Minor: number
/**
 * Integer in minor units of the currency.
 */
over90Minor: number
}
/**
 * Of the balance, as are the next three; 0 for a day that is over.
 */
processingMinor: number
/**
 * Integer in minor units of the currency.
 */
announcedMinor: number
/**
 * Integer in minor units of the currency.
 */
inQuestionMinor: number
/**
 * Integer in minor units of the currency.
 */
heldBackMinor: number
/**
 * Came into the books after `asOf` for a day of this statement. In no figure of it.
 */
late: StatementMovement[]
/**
 * Newest first.
 */
items: StatementMovement[]
nextCursor: (string | null)
}
export interface StatementMovement {
/**
 * Tells movements apart; of nothing else.
 */
id: string
kind: ("charge" | "canceled" | "payment" | "returned" | "credit_used" | "discount" | "deposit" | "closed" | "refund" | "credit")
on: string
/**
 * The day it came into the books, which may be after the day it counts for.
 */
enteredOn: string
/**
 * Below zero: in the customer’s favor.
 */
changeMinor: number
/**
 * What is owed after it.
 */
balanceMinor: number
invoiceId: (string | null)
number: (string | null)
paymentId: (string | null)
method: ("card" | "bank" | "check" | "cash" | "transfer" | "other" | null)
}
export interface Erasure {
customerId: string
name: string
/**
 * `none`: nothing was asked for. `finishing`: gone from the office and portal, the history is being gone through. `done`: nothing is left to do.
 */
state: ("none" | "finishing" | "done")
/**
 * What must be settled before: money owed, credit or a deposit kept, a payment under way, invoices that leave by themselves.
 */
blocked: ("owed" | "credit" | "moving" | "scheduled")[]
/**
 * Integer in minor units of the currency.
 */
owedMinor: number
/**
 * Account credit and unused deposits.
 */
creditMinor: number
goes: {
people: number
properties: number
drafts: number
messages: number
mails: number
files: number
}
stays: {
invoices: number
/**
 * Contacts who belong to another customer too.
 */
people: number
}
askedBy: (string | null)
askedAt: (string | null)
doneAt: (string | null)
}
export interface TypedName {
/**
 * The name, typed as it is written, to confirm.
 */
name: string
}
export interface Closing {
closing: ({
askedBy: string
askedAt: string
endsAt: string
/**
 * That day, in the time zone of the business.
 */
endsOn: string
} | null)
name: string
customers: number
invoices: number
/**
 * Integer in minor units of the currency.
 */
owedMinor: number
/**
 * ISO 4217 code.
 */
currency: string
paymentsUnderWay: number
}
export interface PropertyPage {
items: Property[]
/**
 * null on the last page.
 */
nextCursor: (string | null)
}
export interface Property {
id: string
/**
 * Send it back in If-Match when changing this.
 */
version: number
customerId: string
code: string
name: string
unit: string
address: Address
/**
 * Whose it is.
 */
ownerName: string
/**
 * The owner, when they are one of the customer’s people.
 */
ownerPersonId: (string | null)
/**
 * What the customer books its costs under.
 */
costCode: string
/**
 * For the office and crew; for the customer’s people too where `accessNotesShown`.
 */
accessNotes: string
accessNotesShown: boolean
/**
 * Above it whoever looks after this property only recommends, and the owner or the account decides.
 */
nteMinor: (number | null)
/**
 * Whether approving asks for a PO number here; null: as the customer.
 */
poRequired: (boolean | null)
taxRateId: (string | null)
/**
 * Name · code · unit, or the street.
 */
title: string
archived: boolean
/**
 * What it is now, at another customer. What was billed stays here.
 */
movedToId: (string | null)
/**
 * What it was before, at another customer.
 */
movedFromId: (string | null)
}
export interface PropertyBody {
id?: string
code?: string
name?: string
unit?: string
address?: Address
/**
 * Whose it is.
 */
ownerName?: string
/**
 * The owner, when they are one of the customer’s people.
 */
ownerPersonId?: (string | null)
/**
 * What the customer books its costs under.
 */
costCode?: string
/**
 * For the office and crew; for the customer’s people too where `accessNotesShown`.
 */
accessNotes?: string
accessNotesShown?: boolean
/**
 * Above it whoever looks after this property only recommends, and the owner or the account decides.
 */
nteMinor?: (number | null)
/**
 * Whether approving asks for a PO number here; null: as the customer.
 */
poRequired?: (boolean | null)
taxRateId?: (string | null)
}
export interface PropertyMove {
customerId: string
/**
 * Send it back in If-Match when changing this.
 */
version: number
}
export interface PropertyPatch {
code?: string
name?: string
unit?: string
address?: Address
/**
 * Whose it is.
 */
ownerName?: string
/**
 * The owner, when they are one of the customer’s people.
 */
ownerPersonId?: (string | null)
/**
 * What the customer books its costs under.
 */
costCode?: string
/**
 * For the office and crew; for the customer’s people too where `accessNotesShown`.
 */
accessNotes?: string
accessNotesShown?: boolean
/**
 * Above it whoever looks after this property only recommends, and the owner or the account decides.
 */
nteMinor?: (number | null)
/**
 * Whether approving asks for a PO number here; null: as the customer.
 */
poRequired?: (boolean | null)
taxRateId?: (string | null)
archived?: boolean
}
export interface PersonList {
items: Person[]
}
export interface Person {
id: string
/**
 * Send it back in If-Match when changing this.
 */
version: number
name: string
email: string
phone: string
language: ("en" | "es" | "fr")
/**
 * One address, several people: may view, ask and pay, not approve.
 */
sharedMailbox: boolean
/**
 * The address was proven by a code.
 */
verified: boolean
bouncedAt: (string | null)
rights: Rights
createdAt: string
}
/**
 * At the customer asked about.
 */
export interface Rights {
/**
 * null: all properties of the customer, also later ones.
 * 
 * @maxItems 1000
 */
propertyIds: (string[] | null)
canView: boolean
canAsk: boolean
canPay: boolean
canManage: boolean
/**
 * Integer in minor units of the currency.
 */
approveLimitMinor: number
/**
 * Receives invoices unless chosen otherwise.
 */
bills: boolean
}
export interface PersonBody {
id?: string
name: string
email?: string
phone?: string
language?: ("en" | "es" | "fr")
sharedMailbox?: boolean
rights?: {
/**
 * null: all properties of the customer, also later ones.
 * 
 * @maxItems 1000
 */
propertyIds?: (string[] | null)
canView?: boolean
canAsk?: boolean
canPay?: boolean
canManage?: boolean
/**
 * Integer in minor units of the currency.
 */
approveLimitMinor?: number
/**
 * Receives invoices unless chosen otherwise.
 */
bills?: boolean
}
}
export interface PersonPatch {
name?: string
email?: string
phone?: string
language?: ("en" | "es" | "fr")
/**
 * One address, several people: may view, ask and pay, not approve.
 */
sharedMailbox?: boolean
}
export interface StandInList {
items: StandIn[]
}
export interface StandIn {
id: string
customerId: string
/**
 * Who is away.
 */
person: {
id: string
name: string
}
standIn: {
id: string
name: string
}
fromOn: string
/**
 * The last day, included.
 */
untilOn: string
createdBy: string
endedAt: (string | null)
}
export interface NameStandIn {
/**
 * Who is away.
 */
personId: string
standInId: string
fromOn: string
untilOn: string
}
export interface BulkResult {
done: number
refused: number
results: {
id: string
ok: boolean
number: (string | null)
/**
 * Why not.
 */
code: (string | null)
message: (string | null)
}[]
}
export interface InvoiceIds {
/**
 * @minItems 1
 * @maxItems 100
 */
ids: string[]
}
/**
 * Records one payment of the whole balance for each invoice.
 */
export interface MarkPaid {
/**
 * @minItems 1
 * @maxItems 100
 */
ids: string[]
method: ("check" | "cash" | "transfer" | "other")
receivedOn: string
reference?: string
}
export interface Batch {
id: string
kind: ("issue" | "send" | "show" | "pay" | "post" | "papers" | "archive" | "restore")
state: ("held" | "running" | "done" | "stopped" | "undoing" | "undone")
by: string
total: number
done: number
refused: number
undone: number
/**
 * Nothing has happened before.
 */
startsAt: string
createdAt: string
finishedAt: (string | null)
/**
 * What can be done about it now.
 */
acts: ("stop" | "hurry" | "undo")[]
}
export interface BatchBody {
id?: string
/**
 * `send` waits half a minute before anything happens; `papers` draws the PDFs for a download.
 */
kind: ("issue" | "send" | "show" | "pay" | "post" | "papers" | "archive" | "restore")
chosen: BatchChosen
method?: ("check" | "cash" | "transfer" | "other")
/**
 * For `pay`.
 */
receivedOn?: string
reference?: string
/**
 * For `post`: the day it was put in the mail.
 */
postedOn?: string
}
export interface BatchList {
items: Batch[]
}
export interface BatchReport {
batch: Batch
/**
 * The first hundred, with the reason.
 */
refused: {
id: string
name: string
code: string
message: string
}[]
}
export interface SavedFilterList {
items: SavedFilter[]
}
export interface SavedFilter {
id: string
list: ("invoices" | "customers" | "payments")
name: string
/**
 * The words of the list’s address by name.
 */
filter: {
[k: string]: string
}
/**
 * true: everybody here sees it.
 */
shared: boolean
}
export interface SavedFilterBody {
list: ("invoices" | "customers" | "payments")
name: string
/**
 * The words of the list’s address by name.
 */
filter: {
[k: string]: string
}
shared?: boolean
}
export interface SavedFilterOrder {
list: ("invoices" | "customers" | "payments")
/**
 * @maxItems 100
 */
ids: string[]
}
export interface SavedFilterPatch {
name?: string
/**
 * The words of the list’s address by name.
 */
filter?: {
[k: string]: string
}
/**
 * true: everybody here sees it.
 */
shared?: boolean
}
export interface InvoicePage {
items: InvoiceRow[]
/**
 * null on the last page.
 */
nextCursor: (string | null)
}
export interface InvoiceRow {
id: string
/**
 * Send it back in If-Match when changing this.
 */
version: number
number: (string | null)
/**
 * Work, a fee for paying late, or money asked for ahead.
 */
purpose: ("bill" | "late_fee" | "deposit")
status: ("draft" | "scheduled" | "canceled" | "replaced" | "closed" | "paid" | "checking" | "processing" | "returned" | "overdue" | "partly_paid" | "due")
customer: ({
id: string
name: string
} | null)
poNumber: string
/**
 * Day of the invoice, or the day a draft was begun.
 */
listedOn: string
dueOn: (string | null)
/**
 * ISO 4217 code.
 */
currency: string
/**
 * Integer in minor units of the currency.
 */
totalMinor: number
/**
 * Integer in minor units of the currency.
 */
balanceMinor: number
daysLate: number
daysLeft: (number | null)
/**
 * Integer in minor units of the currency.
 */
onItsWayMinor: number
/**
 * Integer in minor units of the currency.
 */
inQuestionMinor: number
/**
 * What waits for the office.
 */
needs: ("question" | "mail_bounced" | "payment_returned" | "payment_disputed" | "autopay_failed" | "refund_waiting" | "refund_failed" | "payment_announced" | "schedule_failed" | "crew_ready" | "not_sent" | "overdue" | "payment_unknown")[]
delivery: ("none" | "queued" | "sent" | "bounced")
shown: boolean
/**
 * When a person, not a scanner, first opened it.
 */
openedAt: (string | null)
imported: boolean
}
export interface InvoiceListTotals {
/**
 * ISO 4217 code.
 */
currency: string
count: number
/**
 * Integer in minor units of the currency.
 */
totalMinor: number
/**
 * Integer in minor units of the currency.
 */
balanceMinor: number
/**
 * Integer in minor units of the currency.
 */
overdueMinor: number
/**
 * Integer in minor units of the currency.
 */
onItsWayMinor: number
/**
 * Invoices in each tab, filters applied.
 */
tabs: {
needs_you: number
draft: number
scheduled: number
unpaid: number
overdue: number
in_question: number
paid: number
all: number
}
}
export interface Invoice {
id: string
/**
 * Send it back in If-Match when changing this.
 */
version: number
status: ("draft" | "scheduled" | "canceled" | "replaced" | "closed" | "paid" | "checking" | "processing" | "returned" | "overdue" | "partly_paid" | "due")
number: (string | null)
/**
 * Work, a fee for paying late, or money asked for ahead.
 */
purpose: ("bill" | "late_fee" | "deposit")
/**
 * The invoice a late fee is charged for.
 */
about: ({
id: string
number: string
} | null)
customer: ({
id: string
name: string
company: string
kind: ("residential" | "commercial" | "property_manager")
poRequired: boolean
taxExempt: boolean
} | null)
language: ("en" | "es" | "fr")
/**
 * ISO 4217 code.
 */
currency: string
issuedOn: (string | null)
dueOn: (string | null)
createdAt: string
updatedAt: string
updatedBy: string
imported: boolean
/**
 * The customer can see it.
 */
shown: boolean
standing: Standing
needs: ("question" | "mail_bounced" | "payment_returned" | "payment_disputed" | "autopay_failed" | "refund_waiting" | "refund_failed" | "payment_announced" | "schedule_failed" | "crew_ready" | "not_sent" | "overdue" | "payment_unknown")[]
/**
 * What the caller may do with it now.
 */
acts: ("edit" | "discard" | "issue" | "send" | "resend" | "show" | "void" | "replace" | "duplicate" | "record_payment" | "link" | "close" | "reopen" | "credit" | "installments")[]
canceled: ({
on: string
reason: string
} | null)
/**
 * Charged for paying this one late.
 */
lateFees: {
id: string
number: (string | null)
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
chargedOn: string
state: ("draft" | "open" | "paid" | "canceled" | "thrown_away")
}[]
/**
 * The next day a late fee is judged; null: none any more.
 */
nextFeeOn: (string | null)
replacedBy: ({
id: string
number: string
} | null)
replaces: ({
id: string
number: string
} | null)
returned: boolean
announced: ({
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
expectedOn: string
} | null)
delivery: ("none" | "queued" | "sent" | "bounced")
sentAt: (string | null)
lastMailedAt: (string | null)
openedAt: (string | null)
/**
 * While it is one.
 */
draft: (Draft | null)
/**
 * Of the draft as last saved.
 */
totals: (Totals | null)
/**
 * Once issued; never changes.
 */
paper: (Paper | null)
payments: {
id: string
day: string
method: ("card" | "bank" | "check" | "cash" | "transfer" | "other")
methodLabel: string
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
state: ("initiated" | "pending" | "cleared" | "failed" | "unknown" | "expired" | "returned" | "reversed" | "refunded" | "disputed")
receiptNumber: (string | null)
}[]
attachments: Attachment[]
}
/**
 * total − credits − paid = balance = due now + due later + on its way + in question + held back.
 */
export interface Standing {
/**
 * Integer in minor units of the currency.
 */
totalMinor: number
/**
 * Integer in minor units of the currency.
 */
creditedMinor: number
/**
 * Of credited: granted for paying early.
 */
discountedMinor: number
/**
 * Of credited: deposits applied.
 */
depositMinor: number
/**
 * Integer in minor units of the currency.
 */
paidMinor: number
/**
 * Integer in minor units of the currency.
 */
balanceMinor: number
/**
 * Integer in minor units of the currency.
 */
dueNowMinor: number
/**
 * Integer in minor units of the currency.
 */
dueLaterMinor: number
/**
 * Integer in minor units of the currency.
 */
onItsWayMinor: number
/**
 * Integer in minor units of the currency.
 */
inQuestionMinor: number
/**
 * Integer in minor units of the currency.
 */
heldBackMinor: number
/**
 * Of due now; never added to it.
 */
overdueMinor: number
/**
 * The most a payment may be right now.
 */
payableMinor: number
/**
 * While paying the whole at once costs less: how much, until when, what it saves.
 */
early: ({
/**
 * Integer in minor units of the currency.
 */
payMinor: number
untilOn: string
/**
 * Integer in minor units of the currency.
 */
saveMinor: number
} | null)
/**
 * What it is paid in, oldest first; what was settled closes them in this order. null: paid as one.
 */
installments: ({
dueOn: string
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
/**
 * Neither settled nor on its way.
 */
openMinor: number
state: ("paid" | "processing" | "overdue" | "due" | "later")
}[] | null)
daysLate: number
daysLeft: (number | null)
}
export interface Draft {
customerId: string
/**
 * The property of the whole invoice; lines without one of their own belong to it.
 */
propertyId: (string | null)
language: ("en" | "es" | "fr")
/**
 * Day of the invoice; null: the day it is issued.
 */
issuedOn: (string | null)
/**
 * null: day of the invoice + termsDays.
 */
dueOn: (string | null)
termsDays: number
poNumber: string
workOrderNumber: string
terms: string
message: string
/**
 * For the office only.
 */
internalNote: string
pricesIncludeTax: boolean
discount: ({
kind: "percent"
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
} | {
kind: "amount"
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
} | null)
/**
 * In the order of their sections: all lines of one property follow each other.
 * 
 * @maxItems 500
 */
lines: DraftLine[]
lateFee: (LateFee | null)
earlyDiscount: (EarlyDiscount | null)
/**
 * Deposits to take off when it is issued; null: the one that is meant, where only one can be.
 * 
 * @maxItems 20
 */
depositIds: (string[] | null)
/**
 * What it is to be paid in, oldest first, instead of a due day; null: as one. They come to the total when it is issued.
 * 
 * @minItems 2
 * @maxItems 12
 */
installments: (PlannedInstallment[] | null)
/**
 * People it will be sent to.
 * 
 * @maxItems 20
 */
recipientIds: string[]
}
export interface DraftLine {
/**
 * Made by the caller; keeps its place while others move.
 */
id: string
itemId: (string | null)
/**
 * The section this line stands in; null: the whole invoice.
 */
propertyId: (string | null)
name: string
description: string
serviceOn: (string | null)
/**
 * Quantity in thousandths: 2.5 is 2500.
 */
quantityMilli: number
unit: string
/**
 * Price of one unit in thousandths of a minor unit: $0.12345 is 12345.
 */
unitPriceMilli: number
discount: ({
kind: "percent"
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
} | {
kind: "amount"
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
} | null)
taxRateId: (string | null)
/**
 * Why the line has this rate: chosen on the line, or usual for its property, item or business. Anything but `line` follows what is usual when saved.
 */
taxFrom: ("line" | "property" | "item" | "business")
}
export interface Totals {
/**
 * ISO 4217 code.
 */
currency: string
/**
 * Integer in minor units of the currency.
 */
subtotalMinor: number
/**
 * Integer in minor units of the currency.
 */
discountMinor: number
/**
 * Integer in minor units of the currency.
 */
netMinor: number
/**
 * Integer in minor units of the currency.
 */
taxMinor: number
/**
 * Integer in minor units of the currency.
 */
totalMinor: number
lines: {
id: string
/**
 * Integer in minor units of the currency.
 */
grossMinor: number
/**
 * Integer in minor units of the currency.
 */
discountMinor: number
/**
 * Integer in minor units of the currency.
 */
netMinor: number
}[]
taxes: {
taxRateId: string
name: string
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
/**
 * Integer in minor units of the currency.
 */
taxableMinor: number
/**
 * Integer in minor units of the currency.
 */
taxMinor: number
}[]
parts: {
propertyId: (string | null)
title: string
/**
 * Integer in minor units of the currency.
 */
subtotalMinor: number
/**
 * Integer in minor units of the currency.
 */
discountMinor: number
/**
 * Integer in minor units of the currency.
 */
netMinor: number
/**
 * Integer in minor units of the currency.
 */
taxMinor: number
/**
 * Integer in minor units of the currency.
 */
totalMinor: number
}[]
}
export interface Paper {
billTo: {
name: string
company: (string | null)
addressLines: string[]
}
/**
 * Integer in minor units of the currency.
 */
subtotalMinor: number
/**
 * Integer in minor units of the currency.
 */
discountMinor: number
/**
 * Integer in minor units of the currency.
 */
netMinor: number
/**
 * Integer in minor units of the currency.
 */
taxMinor: number
/**
 * Integer in minor units of the currency.
 */
totalMinor: number
discount: ({
kind: "percent"
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
} | {
kind: "amount"
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
} | null)
pricesIncludeTax: boolean
taxExempt: boolean
parts: {
id: string
propertyId: (string | null)
title: string
address: (string | null)
/**
 * Integer in minor units of the currency.
 */
subtotalMinor: number
/**
 * Integer in minor units of the currency.
 */
discountMinor: number
/**
 * Integer in minor units of the currency.
 */
netMinor: number
/**
 * Integer in minor units of the currency.
 */
taxMinor: number
/**
 * Integer in minor units of the currency.
 */
totalMinor: number
}[]
lines: {
id: string
partId: (string | null)
itemId: (string | null)
name: string
description: string
serviceOn: (string | null)
/**
 * Quantity in thousandths: 2.5 is 2500.
 */
quantityMilli: number
unit: string
/**
 * Price of one unit in thousandths of a minor unit: $0.12345 is 12345.
 */
unitPriceMilli: number
discount: ({
kind: "percent"
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
} | {
kind: "amount"
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
} | null)
/**
 * Integer in minor units of the currency.
 */
grossMinor: number
/**
 * Integer in minor units of the currency.
 */
discountMinor: number
/**
 * Integer in minor units of the currency.
 */
netMinor: number
taxName: (string | null)
}[]
taxes: {
name: string
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
/**
 * Integer in minor units of the currency.
 */
taxableMinor: number
/**
 * Integer in minor units of the currency.
 */
taxMinor: number
components: {
name: string
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
/**
 * Integer in minor units of the currency.
 */
taxMinor: number
}[]
}[]
poNumber: string
workOrderNumber: string
terms: string
message: string
internalNote: string
/**
 * As agreed when it was issued; none: paid as one.
 */
installments: {
dueOn: string
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
}[]
lateFee: (LateFee | null)
early: ({
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
/**
 * Days after the day of the invoice.
 */
days: number
untilOn: string
/**
 * Integer in minor units of the currency.
 */
saveMinor: number
} | null)
/**
 * Taken off as it was issued.
 */
deposits: {
id: string
number: string
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
}[]
}
export interface Attachment {
id: string
name: string
mediaType: string
bytes: number
}
/**
 * What is absent comes from the customer, then from the settings of the business.
 */
export interface DraftBody {
/**
 * Made by the caller: the same id twice is the same draft, once.
 */
id?: string
customerId: string
/**
 * The property of the whole invoice; lines without one of their own belong to it.
 */
propertyId?: (string | null)
language?: ("en" | "es" | "fr")
/**
 * Day of the invoice; null: the day it is issued.
 */
issuedOn?: (string | null)
/**
 * null: day of the invoice + termsDays.
 */
dueOn?: (string | null)
termsDays?: number
poNumber?: string
workOrderNumber?: string
terms?: string
message?: string
/**
 * For the office only.
 */
internalNote?: string
pricesIncludeTax?: boolean
discount?: ({
kind: "percent"
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
} | {
kind: "amount"
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
} | null)
/**
 * In the order of their sections: all lines of one property follow each other.
 * 
 * @maxItems 500
 */
lines?: DraftLineBody[]
lateFee?: (LateFee | null)
earlyDiscount?: (EarlyDiscount | null)
/**
 * Deposits to take off when it is issued; null: the one that is meant, where only one can be.
 * 
 * @maxItems 20
 */
depositIds?: (string[] | null)
/**
 * What it is to be paid in, oldest first, instead of a due day; null: as one. They come to the total when it is issued.
 * 
 * @minItems 2
 * @maxItems 12
 */
installments?: (PlannedInstallment[] | null)
/**
 * People it will be sent to.
 * 
 * @maxItems 20
 */
recipientIds?: string[]
}
export interface DraftLineBody {
/**
 * Made by the caller; keeps its place while others move.
 */
id: string
itemId?: (string | null)
/**
 * The section this line stands in; null: the whole invoice.
 */
propertyId?: (string | null)
name: string
description?: string
serviceOn?: (string | null)
/**
 * Quantity in thousandths: 2.5 is 2500.
 */
quantityMilli: number
unit?: string
/**
 * Price of one unit in thousandths of a minor unit: $0.12345 is 12345.
 */
unitPriceMilli: number
discount?: ({
kind: "percent"
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
} | {
kind: "amount"
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
} | null)
/**
 * Absent: what is usual for the property, the item, the business. null: not taxed.
 */
taxRateId?: (string | null)
/**
 * Why the line has this rate: chosen on the line, or usual for its property, item or business. Anything but `line` follows what is usual when saved.
 */
taxFrom?: ("line" | "property" | "item" | "business")
}
export interface PreviewTotals {
customerId: string
pricesIncludeTax: boolean
discount: ({
kind: "percent"
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
} | {
kind: "amount"
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
} | null)
/**
 * In the order of their sections: all lines of one property follow each other.
 * 
 * @maxItems 500
 */
lines: DraftLineBody[]
}
export interface DraftPatch {
customerId?: string
/**
 * The property of the whole invoice; lines without one of their own belong to it.
 */
propertyId?: (string | null)
language?: ("en" | "es" | "fr")
/**
 * Day of the invoice; null: the day it is issued.
 */
issuedOn?: (string | null)
/**
 * null: day of the invoice + termsDays.
 */
dueOn?: (string | null)
termsDays?: number
poNumber?: string
workOrderNumber?: string
terms?: string
message?: string
/**
 * For the office only.
 */
internalNote?: string
pricesIncludeTax?: boolean
discount?: ({
kind: "percent"
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
} | {
kind: "amount"
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
} | null)
/**
 * In the order of their sections: all lines of one property follow each other.
 * 
 * @maxItems 500
 */
lines?: DraftLineBody[]
lateFee?: (LateFee | null)
earlyDiscount?: (EarlyDiscount | null)
/**
 * Deposits to take off when it is issued; null: the one that is meant, where only one can be.
 * 
 * @maxItems 20
 */
depositIds?: (string[] | null)
/**
 * What it is to be paid in, oldest first, instead of a due day; null: as one. They come to the total when it is issued.
 * 
 * @minItems 2
 * @maxItems 12
 */
installments?: (PlannedInstallment[] | null)
/**
 * People it will be sent to.
 * 
 * @maxItems 20
 */
recipientIds?: string[]
}
export interface IssueInvoice {
/**
 * Also show it in the portal at once.
 */
show?: boolean
}
export interface Reason {
reason: string
}
export interface Recipients {
items: {
personId: string
name: string
email: string
phone: string
language: ("en" | "es" | "fr")
bills: boolean
bounced: boolean
/**
 * false: sees some properties, so only those parts of a spanning invoice.
 */
seesAll: boolean
canPay: boolean
lastSentAt: (string | null)
}[]
}
export interface MailPreview {
from: string
replyTo: string
to: string
subject: string
text: string
language: ("en" | "es" | "fr")
}
export interface SendResult {
invoice: Invoice
mails: {
mailId: string
personId: string
name: string
to: string
state: ("queued" | "sent" | "kept" | "bounced" | "failed")
}[]
}
/**
 * A draft is issued first. Everyone gets a mail of their own with a link of their own.
 */
export interface SendInvoice {
/**
 * @minItems 1
 * @maxItems 20
 */
personIds: string[]
/**
 * A few words above the invoice, in this mail only.
 */
note?: string
}
export interface TestSent {
to: string
}
export interface SendTest {
/**
 * A few words above the invoice, in this mail only.
 */
note?: string
}
export interface ScheduledInvoiceList {
items: ScheduledInvoice[]
}
export interface ScheduledInvoice {
invoiceId: string
customer: {
id: string
name: string
}
/**
 * Integer in minor units of the currency.
 */
totalMinor: number
/**
 * ISO 4217 code.
 */
currency: string
sendOn: string
/**
 * Full hour on the wall of the business.
 */
sendHour: number
sendAt: string
personIds: string[]
note: string
scheduledBy: string
/**
 * Why it could not leave. No number was used.
 */
failure: ({
at: string
code: string
detail: string
} | null)
}
export interface ScheduleInvoice {
sendOn: string
/**
 * Full hour on the wall of the business.
 */
sendHour: number
/**
 * @minItems 1
 * @maxItems 20
 */
personIds: string[]
/**
 * A few words above the invoice, in this mail only.
 */
note?: string
}
export interface ReminderRules {
/**
 * Send it back in If-Match when changing this.
 */
version: number
active: boolean
/**
 * Hour on the wall of the business, the same all year.
 */
sendHour: number
weekdaysOnly: boolean
mostPerInvoice: number
/**
 * @minItems 1
 * @maxItems 10
 */
steps: ReminderStep[]
/**
 * Steps of earlier days are left alone.
 */
since: (string | null)
history: boolean
}
export interface ReminderStep {
/**
 * Kept when a step is changed: a step is sent once for each invoice.
 */
id: string
/**
 * Days after the due day; below zero before it.
 */
offsetDays: number
tone: ("friendly" | "plain" | "firm")
texts: {
en?: {
/**
 * May name {name} {business} {invoices} {amount} {due} {days}.
 */
subject: string
/**
 * The same placeholders. Empty lines part paragraphs. Empty: our own words.
 */
text: string
}
es?: {
/**
 * May name {name} {business} {invoices} {amount} {due} {days}.
 */
subject: string
/**
 * The same placeholders. Empty lines part paragraphs. Empty: our own words.
 */
text: string
}
fr?: {
/**
 * May name {name} {business} {invoices} {amount} {due} {days}.
 */
subject: string
/**
 * The same placeholders. Empty lines part paragraphs. Empty: our own words.
 */
text: string
}
}
}
export interface ReminderRulesPatch {
active?: boolean
/**
 * Hour on the wall of the business, the same all year.
 */
sendHour?: number
weekdaysOnly?: boolean
mostPerInvoice?: number
/**
 * @minItems 1
 * @maxItems 10
 */
steps?: ReminderStep[]
/**
 * When switched on: invoices that are late already are reminded too. Else what lies before today is left alone.
 */
lateToo?: boolean
}
export interface ReminderReach {
/**
 * Open invoices reminders are about.
 */
own: {
invoices: number
customers: number
lateInvoices: number
lateCustomers: number
}
/**
 * Open ones left out, because they or their customers were imported or switched off.
 */
history: {
invoices: number
customers: number
lateInvoices: number
lateCustomers: number
}
customersOff: number
}
export interface HistoryReminded {
customers: number
}
export interface RemindHistory {
/**
 * When switched on: invoices that are late already are reminded too. Else what lies before today is left alone.
 */
lateToo: boolean
}
export interface ReminderPlan {
/**
 * Hour on the wall of the business, the same all year.
 */
sendHour: number
/**
 * false: more than a thousand invoices are open, and only the longest due are planned here.
 */
complete: boolean
days: {
day: string
mails: {
customer: {
id: string
name: string
}
invoices: {
invoiceId: string
number: string
stepId: string
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
/**
 * ISO 4217 code.
 */
currency: string
dueOn: string
}[]
receivers: {
personId: string
name: string
email: string
language: string
}[]
leftOut: {
personId: string
name: string
why: ("stopped" | "bounced")
}[]
/**
 * Why nothing leaves; null: it does.
 */
reason: ("off" | "customer_off" | "history" | "invoice_off" | "paused" | "checking" | "nothing_due" | "question" | "answered" | "returned" | "payment_just_now" | "question_just_now" | "reminder_just_now" | "most" | "no_recipients" | null)
}[]
}[]
}
export interface ReminderPreview {
from: string
replyTo: string
to: string
subject: string
text: string
language: ("en" | "es" | "fr")
}
export interface InvoiceReminders {
off: boolean
pausedUntil: (string | null)
next: ({
day: string
stepId: string
reason: ("off" | "customer_off" | "history" | "invoice_off" | "paused" | "checking" | "nothing_due" | "question" | "answered" | "returned" | "payment_just_now" | "question_just_now" | "reminder_just_now" | "most" | "no_recipients" | null)
receivers: {
personId: string
name: string
email: string
language: string
}[]
} | null)
past: {
stepId: string
outcome: ("queued" | "sent" | "dropped" | "skipped")
reason: string
at: string
by: string
}[]
}
export interface InvoiceReminderChoice {
off: boolean
pausedUntil: (string | null)
}
export interface ReminderSent {
mails: number
}
export interface CustomerReminders {
on: boolean
history: boolean
reach: ReminderReach
stopped: {
personId: string
name: string
since: string
}[]
}
export interface CustomerReminderChoice {
on: boolean
/**
 * When switched on: invoices that are late already are reminded too. Else what lies before today is left alone.
 */
lateToo?: boolean
}
export interface PersonStops {
reminders: boolean
}
export interface LinkList {
items: Link[]
}
export interface Link {
id: string
invoiceId: string
/**
 * null: handed over by the office itself.
 */
personId: (string | null)
name: string
/**
 * The address as it was when sent.
 */
sentTo: string
createdAt: string
createdBy: string
lastMailedAt: (string | null)
lastUsedAt: (string | null)
/**
 * null: works while anything is owed.
 */
endsAt: (string | null)
state: ("open" | "ended" | "revoked")
/**
 * The person of the customer who sent it on to somebody else; null: sent or handed over by the office.
 */
sharedById: (string | null)
}
export interface LinkAddress {
url: string
link: Link
}
export interface MakeLink {
personId?: (string | null)
}
export interface EstimatePage {
items: EstimateRow[]
/**
 * null on the last page.
 */
nextCursor: (string | null)
}
export interface EstimateRow {
id: string
/**
 * Send it back in If-Match when changing this.
 */
version: number
number: (string | null)
revision: number
/**
 * `sent`: waits for the customer.
 */
status: ("draft" | "sent" | "approved" | "declined" | "changes_requested" | "withdrawn" | "replaced" | "expired")
customer: {
id: string
name: string
}
propertyId: (string | null)
poNumber: string
/**
 * Day of the estimate, or the day a draft was begun.
 */
listedOn: string
validUntil: (string | null)
/**
 * ISO 4217 code.
 */
currency: string
standing: EstimateStanding
delivery: ("none" | "queued" | "sent" | "bounced")
shown: boolean
sentAt: (string | null)
/**
 * When a person, not a scanner, first opened it.
 */
openedAt: (string | null)
/**
 * Of a change order: the estimate it changes.
 */
amends: ({
id: string
number: string
} | null)
}
export interface EstimateStanding {
/**
 * Of what is suggested. Below zero only of a change order that takes away more than it adds.
 */
totalMinor: number
/**
 * Of what was approved.
 */
chosenMinor: (number | null)
/**
 * Integer in minor units of the currency.
 */
depositMinor: (number | null)
/**
 * Days until it expires; below zero once it has. null: it does not wait.
 */
daysLeft: (number | null)
decidedAt: (string | null)
decidedBy: string
/**
 * Why it was declined, withdrawn, or what is to be changed.
 */
reason: string
/**
 * Set once an approval was taken back; it waits again since.
 */
approvalWithdrawnAt: (string | null)
recommendedAt: (string | null)
recommendedBy: string
/**
 * Whom it was handed on to; `insteadOf`: who is away, in whose place, or empty.
 */
waitingFor: ({
id: string
name: string
insteadOf: string
remindedAt: (string | null)
} | null)
/**
 * The first yes of two, while it waits for the second person.
 */
firstApproval: ({
at: string
by: string
personId: string
} | null)
}
/**
 * Sums are over the whole business, in its currency.
 */
export interface EstimateTotals {
/**
 * ISO 4217 code.
 */
currency: string
waitingCount: number
/**
 * Integer in minor units of the currency.
 */
waitingMinor: number
/**
 * Of waiting: within seven days.
 */
expiringCount: number
/**
 * Integer in minor units of the currency.
 */
expiringMinor: number
approvedThisMonthCount: number
/**
 * Integer in minor units of the currency.
 */
approvedThisMonthMinor: number
/**
 * Approved of all decided within the last 90 days; null: none was.
 */
winRatePpm: (number | null)
/**
 * On average, over the same.
 */
daysToDecide: (number | null)
/**
 * Estimates in each tab, filters applied.
 */
tabs: {
waiting: number
expiring: number
draft: number
approved: number
changes_requested: number
declined: number
expired: number
withdrawn: number
all: number
}
}
export interface Estimate {
id: string
/**
 * Send it back in If-Match when changing this.
 */
version: number
/**
 * `sent`: waits for the customer.
 */
status: ("draft" | "sent" | "approved" | "declined" | "changes_requested" | "withdrawn" | "replaced" | "expired")
number: (string | null)
/**
 * 1, then one more with each version under the number.
 */
revision: number
customer: {
id: string
name: string
company: string
kind: ("residential" | "commercial" | "property_manager")
poRequired: boolean
/**
 * Integer in minor units of the currency.
 */
twoApproversFromMinor: (number | null)
taxExempt: boolean
}
propertyId: (string | null)
language: ("en" | "es" | "fr")
/**
 * ISO 4217 code.
 */
currency: string
issuedOn: (string | null)
validUntil: (string | null)
createdAt: string
updatedAt: string
updatedBy: string
/**
 * The customer can see it.
 */
shown: boolean
delivery: ("none" | "queued" | "sent" | "bounced")
sentAt: (string | null)
lastMailedAt: (string | null)
openedAt: (string | null)
standing: EstimateStanding
/**
 * What the caller may do with it now.
 */
acts: ("edit" | "discard" | "issue" | "send" | "resend" | "show" | "link" | "revise" | "extend" | "withdraw" | "duplicate" | "invoice" | "bill" | "job" | "amend")[]
replaces: ({
id: string
number: string
revision: number
} | null)
replacedBy: ({
id: string
number: string
revision: number
} | null)
/**
 * The draft of the next version, if one was begun.
 */
nextDraftId: (string | null)
/**
 * Every issued version under the number, the first one first.
 */
versions: {
id: string
revision: number
issuedOn: string
/**
 * Integer in minor units of the currency.
 */
totalMinor: number
status: string
}[]
/**
 * What is different from the version before.
 */
changes: (EstimateChange[] | null)
/**
 * Of a change order: the estimate it changes.
 */
amends: ({
id: string
number: string
} | null)
/**
 * Of the estimate, or of the one it changes; null before anything was approved.
 */
contract: (Contract | null)
/**
 * All of the contract, in the order of their numbers; drafts last.
 */
changeOrders: ChangeOrder[]
billing: ContractBilling
/**
 * What was made of it.
 */
invoice: ({
id: string
number: (string | null)
} | null)
depositInvoice: ({
id: string
number: (string | null)
} | null)
/**
 * The job that carries it out.
 */
job: ({
id: string
number: number
} | null)
/**
 * While it is one.
 */
draft: (EstimateDraft | null)
/**
 * Of the draft as last saved.
 */
totals: (EstimateSums | null)
/**
 * Once issued; never changes.
 */
paper: (EstimatePaper | null)
attachments: Attachment[]
}
export interface Contract {
/**
 * The version that was approved.
 */
estimateId: string
number: string
/**
 * ISO 4217 code.
 */
currency: string
/**
 * false: its approval was taken back, and no change of it can be approved.
 */
stands: boolean
/**
 * Integer in minor units of the currency.
 */
originalMinor: number
/**
 * Of the change orders that stand approved.
 */
changesMinor: number
changeCount: number
/**
 * Contract to date: what was agreed first and the changes.
 */
contractMinor: number
/**
 * Billed to date: issued invoices, less what credit notes took back; not what was canceled.
 */
billedMinor: number
/**
 * Integer in minor units of the currency.
 */
leftMinor: number
/**
 * Share of the next invoices that is held back until it is released.
 */
retainagePpm: number
}
export interface ChangeOrder {
id: string
number: (string | null)
revision: number
/**
 * `sent`: waits for the customer.
 */
status: ("draft" | "sent" | "approved" | "declined" | "changes_requested" | "withdrawn" | "replaced" | "expired")
/**
 * Integer in minor units of the currency.
 */
totalMinor: number
/**
 * Integer in minor units of the currency.
 */
chosenMinor: (number | null)
}
/**
 * How the contract is billed: stages of the estimate, and every invoice of the contract.
 */
export interface ContractBilling {
/**
 * Of drafts begun for the contract: they count as billed before another is made.
 */
draftedMinor: number
/**
 * What another invoice may bill.
 */
openMinor: number
stages: {
label: string
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
invoiceId: (string | null)
}[]
invoices: {
id: string
number: (string | null)
bill: ("whole" | "stage" | "percent" | "amount" | "rest")
stage: (number | null)
/**
 * Integer in minor units of the currency.
 */
totalMinor: number
/**
 * Integer in minor units of the currency.
 */
heldBackMinor: number
status: ("draft" | "scheduled" | "issued" | "canceled")
}[]
}
export interface EstimateDraft {
customerId: string
propertyId: (string | null)
language: ("en" | "es" | "fr")
/**
 * Days it is valid after it is issued.
 */
validDays: number
/**
 * The last day itself, instead of validDays.
 */
validUntil: (string | null)
poNumber: string
/**
 * What is done.
 */
scope: string
/**
 * What is not part of it.
 */
exclusions: string
terms: string
message: string
/**
 * For the office only.
 */
internalNote: string
pricesIncludeTax: boolean
discount: ({
kind: "percent"
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
} | {
kind: "amount"
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
} | null)
/**
 * @maxItems 500
 */
lines: EstimateDraftLine[]
deposit: ({
kind: "percent"
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
} | {
kind: "amount"
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
} | null)
/**
 * What it is paid in as the work goes on; null: as one.
 * 
 * @minItems 2
 * @maxItems 12
 */
plan: (PlanStage[] | null)
/**
 * People it will be sent to.
 * 
 * @maxItems 20
 */
recipientIds: string[]
}
export interface EstimateDraftLine {
/**
 * Made by the caller; keeps its place while others move.
 */
id: string
itemId: (string | null)
/**
 * The section this line stands in; null: the whole invoice.
 */
propertyId: (string | null)
name: string
description: string
serviceOn: (string | null)
/**
 * Quantity in thousandths: 2.5 is 2500.
 */
quantityMilli: number
unit: string
/**
 * Price of one unit in thousandths of a minor unit: $0.12345 is 12345.
 */
unitPriceMilli: number
discount: ({
kind: "percent"
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
} | {
kind: "amount"
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
} | null)
taxRateId: (string | null)
/**
 * Why the line has this rate: chosen on the line, or usual for its property, item or business. Anything but `line` follows what is usual when saved.
 */
taxFrom: ("line" | "property" | "item" | "business")
choice: ({
kind: "optional"
/**
 * As the business suggests it.
 */
chosen: boolean
} | {
kind: "package"
group: string
package: string
/**
 * As the business suggests it.
 */
chosen: boolean
} | null)
bounds: (QuantityBounds | null)
}
/**
 * Within what the customer may change the quantity; without a step, by any amount.
 */
export interface QuantityBounds {
/**
 * Quantity in thousandths: 2.5 is 2500.
 */
minMilli: number
/**
 * Quantity in thousandths: 2.5 is 2500.
 */
maxMilli: number
/**
 * Quantity in thousandths: 2.5 is 2500.
 */
stepMilli: (number | null)
}
/**
 * An amount, or a share of what the amounts leave; shares come to the whole.
 */
export interface PlanStage {
label: string
ratePpm?: (number | null)
amountMinor?: (number | null)
}
/**
 * Of what is suggested. Every line is there, those not suggested with what they would come to.
 */
export interface EstimateSums {
/**
 * ISO 4217 code.
 */
currency: string
/**
 * Integer in minor units of the currency.
 */
subtotalMinor: number
/**
 * Integer in minor units of the currency.
 */
discountMinor: number
/**
 * Integer in minor units of the currency.
 */
netMinor: number
/**
 * Integer in minor units of the currency.
 */
taxMinor: number
/**
 * Integer in minor units of the currency.
 */
totalMinor: number
lines: {
id: string
/**
 * Integer in minor units of the currency.
 */
grossMinor: number
/**
 * Integer in minor units of the currency.
 */
discountMinor: number
/**
 * Integer in minor units of the currency.
 */
netMinor: number
}[]
taxes: {
taxRateId: string
name: string
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
/**
 * Integer in minor units of the currency.
 */
taxableMinor: number
/**
 * Integer in minor units of the currency.
 */
taxMinor: number
}[]
parts: {
propertyId: (string | null)
title: string
/**
 * Integer in minor units of the currency.
 */
subtotalMinor: number
/**
 * Integer in minor units of the currency.
 */
discountMinor: number
/**
 * Integer in minor units of the currency.
 */
netMinor: number
/**
 * Integer in minor units of the currency.
 */
taxMinor: number
/**
 * Integer in minor units of the currency.
 */
totalMinor: number
}[]
/**
 * Integer in minor units of the currency.
 */
depositMinor: number
stages: ({
label: string
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
}[] | null)
}
export interface EstimatePaper {
billTo: {
name: string
company: (string | null)
addressLines: string[]
}
/**
 * Integer in minor units of the currency.
 */
subtotalMinor: number
/**
 * Integer in minor units of the currency.
 */
discountMinor: number
/**
 * Integer in minor units of the currency.
 */
netMinor: number
/**
 * Integer in minor units of the currency.
 */
taxMinor: number
/**
 * Integer in minor units of the currency.
 */
totalMinor: number
discount: ({
kind: "percent"
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
} | {
kind: "amount"
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
} | null)
pricesIncludeTax: boolean
taxExempt: boolean
parts: {
id: string
propertyId: (string | null)
title: string
address: (string | null)
/**
 * Integer in minor units of the currency.
 */
subtotalMinor: number
/**
 * Integer in minor units of the currency.
 */
discountMinor: number
/**
 * Integer in minor units of the currency.
 */
netMinor: number
/**
 * Integer in minor units of the currency.
 */
taxMinor: number
/**
 * Integer in minor units of the currency.
 */
totalMinor: number
}[]
lines: {
id: string
partId: (string | null)
itemId: (string | null)
name: string
description: string
serviceOn: (string | null)
/**
 * Quantity in thousandths: 2.5 is 2500.
 */
quantityMilli: number
unit: string
/**
 * Price of one unit in thousandths of a minor unit: $0.12345 is 12345.
 */
unitPriceMilli: number
discount: ({
kind: "percent"
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
} | {
kind: "amount"
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
} | null)
/**
 * Integer in minor units of the currency.
 */
grossMinor: number
/**
 * Integer in minor units of the currency.
 */
discountMinor: number
/**
 * Integer in minor units of the currency.
 */
netMinor: number
taxName: (string | null)
choice: ({
kind: "optional"
/**
 * As the business suggests it.
 */
chosen: boolean
} | {
kind: "package"
group: string
package: string
/**
 * As the business suggests it.
 */
chosen: boolean
} | null)
bounds: (QuantityBounds | null)
}[]
taxes: {
name: string
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
/**
 * Integer in minor units of the currency.
 */
taxableMinor: number
/**
 * Integer in minor units of the currency.
 */
taxMinor: number
components: {
name: string
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
/**
 * Integer in minor units of the currency.
 */
taxMinor: number
}[]
}[]
poNumber: string
scope: string
exclusions: string
terms: string
/**
 * What an approval names of the terms.
 */
termsSha256: string
message: string
internalNote: string
deposit: ({
kind: "percent"
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
} | {
kind: "amount"
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
} | null)
/**
 * Integer in minor units of the currency.
 */
depositMinor: number
plan: (PlanStage[] | null)
stages: ({
label: string
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
}[] | null)
}
/**
 * What is absent comes from the customer, then from the settings of the business.
 */
export interface EstimateBody {
/**
 * Made by the caller: the same id twice is the same draft, once.
 */
id?: string
customerId: string
propertyId?: (string | null)
language?: ("en" | "es" | "fr")
/**
 * Days it is valid after it is issued.
 */
validDays?: number
/**
 * The last day itself, instead of validDays.
 */
validUntil?: (string | null)
poNumber?: string
/**
 * What is done.
 */
scope?: string
/**
 * What is not part of it.
 */
exclusions?: string
terms?: string
message?: string
/**
 * For the office only.
 */
internalNote?: string
pricesIncludeTax?: boolean
discount?: ({
kind: "percent"
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
} | {
kind: "amount"
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
} | null)
/**
 * @maxItems 500
 */
lines?: EstimateLineBody[]
deposit?: ({
kind: "percent"
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
} | {
kind: "amount"
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
} | null)
/**
 * What it is paid in as the work goes on; null: as one.
 * 
 * @minItems 2
 * @maxItems 12
 */
plan?: (PlanStage[] | null)
/**
 * People it will be sent to.
 * 
 * @maxItems 20
 */
recipientIds?: string[]
}
export interface EstimateLineBody {
/**
 * Made by the caller; keeps its place while others move.
 */
id: string
itemId?: (string | null)
/**
 * The section this line stands in; null: the whole invoice.
 */
propertyId?: (string | null)
name: string
description?: string
serviceOn?: (string | null)
/**
 * Quantity in thousandths: 2.5 is 2500.
 */
quantityMilli: number
unit?: string
/**
 * Price of one unit in thousandths of a minor unit: $0.12345 is 12345.
 */
unitPriceMilli: number
discount?: ({
kind: "percent"
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
} | {
kind: "amount"
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
} | null)
/**
 * Absent: what is usual for the property, the item, the business. null: not taxed.
 */
taxRateId?: (string | null)
/**
 * Why the line has this rate: chosen on the line, or usual for its property, item or business. Anything but `line` follows what is usual when saved.
 */
taxFrom?: ("line" | "property" | "item" | "business")
choice?: ({
kind: "optional"
/**
 * As the business suggests it.
 */
chosen: boolean
} | {
kind: "package"
group: string
package: string
/**
 * As the business suggests it.
 */
chosen: boolean
} | null)
bounds?: (QuantityBounds | null)
}
export interface PreviewEstimate {
customerId: string
pricesIncludeTax: boolean
discount: ({
kind: "percent"
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
} | {
kind: "amount"
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
} | null)
/**
 * @maxItems 500
 */
lines: EstimateLineBody[]
deposit?: ({
kind: "percent"
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
} | {
kind: "amount"
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
} | null)
/**
 * @minItems 2
 * @maxItems 12
 */
plan?: (PlanStage[] | null)
/**
 * The total may be below zero.
 */
changeOrder?: boolean
}
export interface EstimatePatch {
customerId?: string
propertyId?: (string | null)
language?: ("en" | "es" | "fr")
/**
 * Days it is valid after it is issued.
 */
validDays?: number
/**
 * The last day itself, instead of validDays.
 */
validUntil?: (string | null)
poNumber?: string
/**
 * What is done.
 */
scope?: string
/**
 * What is not part of it.
 */
exclusions?: string
terms?: string
message?: string
/**
 * For the office only.
 */
internalNote?: string
pricesIncludeTax?: boolean
discount?: ({
kind: "percent"
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
} | {
kind: "amount"
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
} | null)
/**
 * @maxItems 500
 */
lines?: EstimateLineBody[]
deposit?: ({
kind: "percent"
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
} | {
kind: "amount"
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
} | null)
/**
 * What it is paid in as the work goes on; null: as one.
 * 
 * @minItems 2
 * @maxItems 12
 */
plan?: (PlanStage[] | null)
/**
 * People it will be sent to.
 * 
 * @maxItems 20
 */
recipientIds?: string[]
}
export interface IssueEstimate {
/**
 * Also show it in the portal at once.
 */
show?: boolean
}
export interface WithdrawEstimate {
reason?: string
}
export interface ExtendEstimate {
validUntil: string
}
export interface EstimateCopies {
items: Estimate[]
}
export interface CopyEstimate {
/**
 * @minItems 1
 * @maxItems 50
 */
propertyIds: string[]
}
export interface EstimateChanges {
items: EstimateChange[]
}
export interface ChosenSums {
/**
 * ISO 4217 code.
 */
currency: string
/**
 * Integer in minor units of the currency.
 */
subtotalMinor: number
/**
 * Integer in minor units of the currency.
 */
discountMinor: number
/**
 * Integer in minor units of the currency.
 */
netMinor: number
/**
 * Integer in minor units of the currency.
 */
taxMinor: number
/**
 * Integer in minor units of the currency.
 */
totalMinor: number
/**
 * Integer in minor units of the currency.
 */
depositMinor: number
stages: ({
label: string
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
}[] | null)
/**
 * What would be billed.
 */
lines: {
id: string
name: string
quantityMilli: number
/**
 * Integer in minor units of the currency.
 */
netMinor: number
}[]
}
export interface EstimateChoices {
/**
 * Every optional line that is taken.
 * 
 * @maxItems 500
 */
options?: string[]
/**
 * @maxItems 500
 */
packages?: {
group: string
package: string
}[]
/**
 * @maxItems 500
 */
quantities?: {
lineId: string
/**
 * Quantity in thousandths: 2.5 is 2500.
 */
quantityMilli: number
}[]
}
export interface EstimateRules {
/**
 * What customers read it is called.
 */
word: ("estimate" | "quote" | "proposal")
validDays: number
terms: string
/**
 * Days before it expires that customers are reminded; 0: never.
 */
remindDays: number
/**
 * How long an approval can be taken back.
 */
undoHours: number
/**
 * From above it approving asks for a code; null: never for the amount alone.
 */
codeThresholdMinor: (number | null)
}
export interface EstimateRulesPatch {
/**
 * What customers read it is called.
 */
word?: ("estimate" | "quote" | "proposal")
validDays?: number
terms?: string
/**
 * Days before it expires that customers are reminded; 0: never.
 */
remindDays?: number
/**
 * How long an approval can be taken back.
 */
undoHours?: number
/**
 * From above it approving asks for a code; null: never for the amount alone.
 */
codeThresholdMinor?: (number | null)
}
export interface ChangeOrderPage {
items: EstimateRow[]
/**
 * null on the last page.
 */
nextCursor: (string | null)
}
/**
 * What is absent comes from the estimate. Lines may take away: their prices may be below zero, and the total too.
 */
export interface ChangeOrderBody {
/**
 * Made by the caller: the same id twice is the same draft, once.
 */
id?: string
/**
 * An approved estimate.
 */
estimateId: string
propertyId?: (string | null)
language?: ("en" | "es" | "fr")
/**
 * Days it is valid after it is issued.
 */
validDays?: number
/**
 * The last day itself, instead of validDays.
 */
validUntil?: (string | null)
poNumber?: string
/**
 * What is done.
 */
scope?: string
/**
 * What is not part of it.
 */
exclusions?: string
terms?: string
message?: string
/**
 * For the office only.
 */
internalNote?: string
pricesIncludeTax?: boolean
discount?: ({
kind: "percent"
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
} | {
kind: "amount"
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
} | null)
/**
 * @maxItems 500
 */
lines?: EstimateLineBody[]
deposit?: ({
kind: "percent"
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
} | {
kind: "amount"
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
} | null)
/**
 * People it will be sent to.
 * 
 * @maxItems 20
 */
recipientIds?: string[]
}
export interface EstimateLinkList {
items: EstimateLink[]
}
export interface EstimateLink {
id: string
/**
 * null: handed over by the office itself.
 */
personId: (string | null)
name: string
/**
 * The address as it was when sent.
 */
sentTo: string
createdAt: string
createdBy: string
lastMailedAt: (string | null)
lastUsedAt: (string | null)
/**
 * null: works while anything is owed.
 */
endsAt: (string | null)
state: ("open" | "ended" | "revoked")
/**
 * The person of the customer who sent it on to somebody else; null: sent or handed over by the office.
 */
sharedById: (string | null)
estimateId: string
}
export interface EstimateLinkAddress {
url: string
link: EstimateLink
}
export interface MakeEstimateLink {
personId?: (string | null)
}
export interface EstimateSendResult {
estimate: Estimate
mails: {
mailId: string
personId: string
name: string
to: string
state: ("queued" | "sent" | "kept" | "bounced" | "failed")
}[]
}
/**
 * Everyone gets a mail of their own with a link of their own.
 */
export interface SendEstimate {
/**
 * @minItems 1
 * @maxItems 20
 */
personIds: string[]
/**
 * A few words above the invoice, in this mail only.
 */
note?: string
}
/**
 * An approval given by phone or on paper. Above the limit of the person it is kept as a recommendation; where the customer wants two persons, the first waits for the second.
 */
export interface ApproveEstimate {
personId: string
typedName: string
reason?: string
choices?: EstimateChoices
/**
 * What it comes to as agreed: another total signs nothing.
 */
totalMinor: number
poNumber?: string
}
export interface TurnDownEstimate {
/**
 * Whose word it was.
 */
personId?: (string | null)
typedName?: string
reason?: string
/**
 * @maxItems 500
 */
lineReasons?: {
lineId: string
reason: string
}[]
}
export interface UndoEstimateApproval {
/**
 * Whose word it was.
 */
personId?: (string | null)
typedName?: string
reason?: string
}
export interface BillContract {
bill: ContractBill
/**
 * Share of this and later invoices that is held back until it is released; at most half.
 */
retainagePpm?: number
}
export interface ApprovalPage {
items: Approval[]
/**
 * null on the last page.
 */
nextCursor: (string | null)
}
export interface Approval {
id: string
/**
 * Its place in the chain of the business, without a gap.
 */
seq: number
kind: ("approved" | "first_approved" | "recommended" | "declined" | "changes_requested" | "withdrawn_approval")
estimateId: string
customerId: string
propertyId: (string | null)
number: string
revision: number
/**
 * ISO 4217 code.
 */
currency: string
/**
 * Of what was chosen.
 */
totalMinor: number
/**
 * Integer in minor units of the currency.
 */
taxMinor: number
/**
 * Integer in minor units of the currency.
 */
depositMinor: number
poNumber: string
reason: string
lineReasons: {
lineId: string
name: string
reason: string
}[]
personId: (string | null)
typedName: string
/**
 * As the business knew this person.
 */
recordedName: string
role: string
/**
 * The limit that applied; null: none.
 */
limitMinor: (number | null)
identifiedBy: ("link" | "code" | "session" | "office")
/**
 * The address a link or code was sent to, masked; or who of the office recorded it.
 */
identifiedAs: string
at: string
timeZone: string
address: string
browser: string
/**
 * Of an approval by two: who approved first.
 */
first: ({
id: string
personId: string
typedName: string
at: string
hash: string
} | null)
/**
 * Who was away, in whose place it was pressed.
 */
insteadOf: ({
personId: string
name: string
untilOn: string
} | null)
/**
 * The approval it takes back.
 */
undoes: (string | null)
termsSha256: string
/**
 * Of what was on screen, as the evidence holds it.
 */
factsSha256: string
/**
 * What is typed on the page that checks a record.
 */
code: string
/**
 * Of the record before; empty for the first.
 */
previousHash: string
hash: string
}
/**
 * The first record that no longer fits, and what of it; null: none.
 */
export interface ApprovalChain {
broken: ({
seq: number
what: ("missing" | "link" | "facts" | "record" | "head")
} | null)
}
export interface ApprovalEvidence {
id: string
/**
 * Its place in the chain of the business, without a gap.
 */
seq: number
kind: ("approved" | "first_approved" | "recommended" | "declined" | "changes_requested" | "withdrawn_approval")
estimateId: string
customerId: string
propertyId: (string | null)
number: string
revision: number
/**
 * ISO 4217 code.
 */
currency: string
/**
 * Of what was chosen.
 */
totalMinor: number
/**
 * Integer in minor units of the currency.
 */
taxMinor: number
/**
 * Integer in minor units of the currency.
 */
depositMinor: number
poNumber: string
reason: string
lineReasons: {
lineId: string
name: string
reason: string
}[]
personId: (string | null)
typedName: string
/**
 * As the business knew this person.
 */
recordedName: string
role: string
/**
 * The limit that applied; null: none.
 */
limitMinor: (number | null)
identifiedBy: ("link" | "code" | "session" | "office")
/**
 * The address a link or code was sent to, masked; or who of the office recorded it.
 */
identifiedAs: string
at: string
timeZone: string
address: string
browser: string
/**
 * Of an approval by two: who approved first.
 */
first: ({
id: string
personId: string
typedName: string
at: string
hash: string
} | null)
/**
 * Who was away, in whose place it was pressed.
 */
insteadOf: ({
personId: string
name: string
untilOn: string
} | null)
/**
 * The approval it takes back.
 */
undoes: (string | null)
termsSha256: string
/**
 * Of what was on screen, as the evidence holds it.
 */
factsSha256: string
/**
 * What is typed on the page that checks a record.
 */
code: string
/**
 * Of the record before; empty for the first.
 */
previousHash: string
hash: string
/**
 * What was on screen, as JSON in one form: its SHA-256 is `factsSha256`.
 */
facts: string
}
export interface JobPage {
items: JobRow[]
/**
 * null on the last page.
 */
nextCursor: (string | null)
}
export interface JobRow {
id: string
/**
 * Send it back in If-Match when changing this.
 */
version: number
number: number
customer: {
id: string
name: string
}
propertyId: (string | null)
place: string
title: string
poNumber: string
estimate: ({
id: string
number: string
} | null)
state: ("planned" | "under_way" | "done" | "canceled")
/**
 * Of canceling.
 */
reason: string
/**
 * What the work list comes to, with tax.
 */
totalMinor: number
/**
 * ISO 4217 code.
 */
currency: string
createdAt: string
createdBy: string
endedAt: (string | null)
nextVisit: ({
day: string
/**
 * Somebody arrives from then, in the zone of the business; null: at no hour in particular.
 */
from: (string | null)
/**
 * And until then, later on the same day.
 */
until: (string | null)
} | null)
lastVisitOn: (string | null)
/**
 * Neither skipped nor canceled.
 */
visits: number
visitsDone: number
/**
 * Something on its work list is not billed.
 */
toInvoice: boolean
}
export interface Job {
id: string
/**
 * Send it back in If-Match when changing this.
 */
version: number
number: number
customer: {
id: string
name: string
}
propertyId: (string | null)
place: string
title: string
poNumber: string
estimate: ({
id: string
number: string
} | null)
state: ("planned" | "under_way" | "done" | "canceled")
/**
 * Of canceling.
 */
reason: string
/**
 * What the work list comes to, with tax.
 */
totalMinor: number
/**
 * ISO 4217 code.
 */
currency: string
createdAt: string
createdBy: string
endedAt: (string | null)
/**
 * For those who do it.
 */
crewNotes: string
/**
 * Said to the customer with each visit.
 */
customerNotes: string
lines: JobLine[]
/**
 * By day; the first hundred.
 */
visits: VisitRow[]
invoices: {
id: string
number: (string | null)
draft: boolean
/**
 * Integer in minor units of the currency.
 */
totalMinor: number
/**
 * Integer in minor units of the currency.
 */
balanceMinor: number
/**
 * ISO 4217 code.
 */
currency: string
}[]
/**
 * What can be done with it now.
 */
acts: ("change" | "plan_visit" | "invoice" | "close" | "cancel" | "reopen")[]
today: string
}
export interface JobLine {
/**
 * Made by the caller; keeps its place while others move.
 */
id: string
itemId: (string | null)
/**
 * The section this line stands in; null: the whole invoice.
 */
propertyId: (string | null)
name: string
description: string
serviceOn: (string | null)
/**
 * Quantity in thousandths: 2.5 is 2500.
 */
quantityMilli: number
unit: string
/**
 * Price of one unit in thousandths of a minor unit: $0.12345 is 12345.
 */
unitPriceMilli: number
discount: ({
kind: "percent"
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
} | {
kind: "amount"
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
} | null)
taxRateId: (string | null)
/**
 * Why the line has this rate: chosen on the line, or usual for its property, item or business. Anything but `line` follows what is usual when saved.
 */
taxFrom: ("line" | "property" | "item" | "business")
/**
 * Integer in minor units of the currency.
 */
netMinor: number
/**
 * The visit it is done on; null: none in particular.
 */
visitId: (string | null)
/**
 * What bills it, while that stands.
 */
invoiceId: (string | null)
}
export interface VisitRow {
id: string
/**
 * Send it back in If-Match when changing this.
 */
version: number
jobId: string
jobNumber: number
customer: {
id: string
name: string
}
propertyId: (string | null)
/**
 * What the property is called, or its street; empty: where the customer is.
 */
place: string
title: string
day: string
/**
 * Somebody arrives from then, in the zone of the business; null: at no hour in particular.
 */
from: (string | null)
/**
 * And until then, later on the same day.
 */
until: (string | null)
/**
 * Who makes it; empty: nobody yet.
 */
crew: {
id: string
name: string
}[]
state: ("planned" | "on_the_way" | "started" | "done" | "skipped" | "canceled")
/**
 * Whether the customer sees it in the portal.
 */
shown: boolean
/**
 * Said to the customer beside the day.
 */
customerNote: string
/**
 * What was done. The customer reads it.
 */
doneNote: string
/**
 * Of skipping or canceling. The customer reads it.
 */
reason: string
onTheWayAt: (string | null)
startedAt: (string | null)
endedAt: (string | null)
photos: number
/**
 * What bills it, while that stands.
 */
invoice: ({
id: string
number: (string | null)
} | null)
}
export interface JobBody {
id?: string
customerId: string
propertyId?: (string | null)
title: string
crewNotes?: string
customerNotes?: string
poNumber?: string
/**
 * @maxItems 200
 */
lines?: JobLineBody[]
}
export interface JobLineBody {
/**
 * Made by the caller; keeps its place while others move.
 */
id: string
itemId?: (string | null)
/**
 * The section this line stands in; null: the whole invoice.
 */
propertyId?: (string | null)
name: string
description?: string
serviceOn?: (string | null)
/**
 * Quantity in thousandths: 2.5 is 2500.
 */
quantityMilli: number
unit?: string
/**
 * Price of one unit in thousandths of a minor unit: $0.12345 is 12345.
 */
unitPriceMilli: number
discount?: ({
kind: "percent"
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
} | {
kind: "amount"
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
} | null)
/**
 * Absent: what is usual for the property, the item, the business. null: not taxed.
 */
taxRateId?: (string | null)
/**
 * Why the line has this rate: chosen on the line, or usual for its property, item or business. Anything but `line` follows what is usual when saved.
 */
taxFrom?: ("line" | "property" | "item" | "business")
visitId?: (string | null)
}
export interface JobPatch {
title?: string
crewNotes?: string
customerNotes?: string
poNumber?: string
/**
 * All that is not billed yet, in its order.
 * 
 * @maxItems 200
 */
lines?: JobLineBody[]
}
export interface CancelJob {
reason?: string
}
export interface InvoiceJob {
/**
 * What these visits did; absent: all of it.
 * 
 * @minItems 1
 * @maxItems 100
 */
visitIds?: string[]
}
export interface Visit {
id: string
/**
 * Send it back in If-Match when changing this.
 */
version: number
jobId: string
jobNumber: number
customer: {
id: string
name: string
}
propertyId: (string | null)
/**
 * What the property is called, or its street; empty: where the customer is.
 */
place: string
title: string
day: string
/**
 * Somebody arrives from then, in the zone of the business; null: at no hour in particular.
 */
from: (string | null)
/**
 * And until then, later on the same day.
 */
until: (string | null)
/**
 * Who makes it; empty: nobody yet.
 */
crew: {
id: string
name: string
}[]
state: ("planned" | "on_the_way" | "started" | "done" | "skipped" | "canceled")
/**
 * Whether the customer sees it in the portal.
 */
shown: boolean
/**
 * Said to the customer beside the day.
 */
customerNote: string
/**
 * What was done. The customer reads it.
 */
doneNote: string
/**
 * Of skipping or canceling. The customer reads it.
 */
reason: string
onTheWayAt: (string | null)
startedAt: (string | null)
endedAt: (string | null)
photos: number
/**
 * What bills it, while that stands.
 */
invoice: ({
id: string
number: (string | null)
} | null)
address: {
street: string
unit: string
city: string
region: string
postalCode: string
country: string
}
accessNotes: string
crewNotes: string
contact: {
name: string
phone: string
}
files: VisitPhoto[]
/**
 * What can be done with it now.
 */
acts: ("change" | "set_off" | "start" | "finish" | "skip" | "cancel" | "reopen")[]
}
export interface VisitPhoto {
id: string
name: string
mediaType: string
bytes: number
}
/**
 * What is absent is as the job says; shown, as the business usually does.
 */
export interface VisitBody {
id?: string
day: string
/**
 * Somebody arrives from then, in the zone of the business; null: at no hour in particular.
 */
from?: (string | null)
/**
 * And until then, later on the same day.
 */
until?: (string | null)
/**
 * @maxItems 20
 */
crewIds?: string[]
/**
 * Empty: as the job.
 */
title?: string
customerNote?: string
shown?: boolean
}
export interface VisitPage {
items: VisitRow[]
/**
 * null on the last page.
 */
nextCursor: (string | null)
}
export interface VisitPatch {
day?: string
/**
 * Somebody arrives from then, in the zone of the business; null: at no hour in particular.
 */
from?: (string | null)
/**
 * And until then, later on the same day.
 */
until?: (string | null)
/**
 * @maxItems 20
 */
crewIds?: string[]
/**
 * Empty: as the job.
 */
title?: string
customerNote?: string
shown?: boolean
}
export interface FinishVisit {
/**
 * What was done. The customer reads it.
 */
note?: string
}
export interface VisitReason {
/**
 * The customer reads it.
 */
reason?: string
}
export interface VisitRules {
/**
 * Customers see a visit once it is planned.
 */
shown: boolean
/**
 * With the first names of those who come.
 */
crewNamed: boolean
}
export interface VisitRulesPatch {
/**
 * Customers see a visit once it is planned.
 */
shown?: boolean
/**
 * With the first names of those who come.
 */
crewNamed?: boolean
}
export interface PaymentPage {
items: Payment[]
/**
 * null on the last page.
 */
nextCursor: (string | null)
}
export interface Payment {
id: string
customer: {
id: string
name: string
}
method: ("card" | "bank" | "check" | "cash" | "transfer" | "other")
methodLabel: string
state: ("initiated" | "pending" | "cleared" | "failed" | "unknown" | "expired" | "returned" | "reversed" | "refunded" | "disputed")
/**
 * What it brings for invoices and credit; a tip is beside it.
 */
amountMinor: number
/**
 * ISO 4217 code.
 */
currency: string
/**
 * Judges whether it was on time.
 */
startedOn: string
receivedOn: (string | null)
clearedOn: (string | null)
reference: string
note: string
receiptNumber: (string | null)
/**
 * Integer in minor units of the currency.
 */
keptAsCreditMinor: number
reason: string
/**
 * Made by the customer in the portal.
 */
online: boolean
/**
 * Charged by itself, as its payer agreed.
 */
autopay: boolean
imported: boolean
createdAt: string
recordedBy: string
canReverse: boolean
/**
 * Given back so far, arrived or not.
 */
refundedMinor: number
/**
 * Asked for and waiting for a second person.
 */
refundWaitingMinor: number
/**
 * Taken by a chargeback that is open or lost.
 */
disputedMinor: number
/**
 * What the processor kept of it; null: not told yet, or there is none.
 */
feeMinor: (number | null)
/**
 * What was charged less the fee, before refunds.
 */
netMinor: (number | null)
/**
 * The transfer to the bank it was part of.
 */
payoutId: (string | null)
/**
 * Integer in minor units of the currency.
 */
refundableMinor: number
/**
 * Given beside the amount; never part of an invoice, a balance or credit.
 */
tipMinor: number
/**
 * In one sum: the amount, its tip and card fee, less its saving.
 */
chargedMinor: number
/**
 * What went back so far: of the amount, its tip and card fee, less the saving.
 */
refundedInAllMinor: number
/**
 * Added because it was paid by card; never part of an invoice, a balance or credit.
 */
cardFeeMinor: number
/**
 * Taken off because it was paid from a bank account; the invoices are paid in full.
 */
savingMinor: number
/**
 * What goes back when all that is refundable does, with its card fee and less its saving; a tip is beside it.
 */
refundableInAllMinor: number
/**
 * What of the tip could still go back.
 */
refundableTipMinor: number
/**
 * To the card or account it came from, through the processor.
 */
canRefundOnline: boolean
refunds: Refund[]
disputes: Dispute[]
shares: {
invoiceId: string
number: string
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
/**
 * What is left on the invoice now.
 */
balanceMinor: number
}[]
}
export interface Refund {
id: string
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
/**
 * Given back of the tip, beside the amount.
 */
tipMinor: number
/**
 * Given back of the card fee, in proportion to the amount.
 */
cardFeeMinor: number
/**
 * Kept of what paying from a bank account saved, in proportion to the amount.
 */
savingMinor: number
/**
 * What whoever paid gets: the amount, tip and card fee, less the saving.
 */
backMinor: number
/**
 * `original`: through the processor, to the card or account it came from.
 */
method: ("original" | "check" | "cash" | "transfer" | "other")
state: ("waiting_second" | "requested" | "unknown" | "pending" | "succeeded" | "failed" | "declined")
/**
 * `processor`: made in the processor’s own dashboard.
 */
origin: ("office" | "processor" | "automatic")
reason: string
failure: string
reference: string
givenOn: (string | null)
askedBy: (string | null)
askedByName: string
askedAt: string
decidedByName: string
}
/**
 * A chargeback: the payer’s bank asked for the money back.
 */
export interface Dispute {
id: string
state: ("open" | "won" | "lost")
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
/**
 * What the processor keeps for it.
 */
feeMinor: number
reason: string
/**
 * Until when the processor takes evidence.
 */
answerBy: (string | null)
openedAt: string
endedAt: (string | null)
}
export interface PaymentBody {
id?: string
customerId: string
method: ("check" | "cash" | "transfer" | "other")
/**
 * Integer in minor units of the currency, 1 to 99,999,999.
 */
amountMinor: number
receivedOn: string
reference?: string
note?: string
/**
 * What it pays. What is left over stays as credit only with keepRestAsCredit.
 * 
 * @maxItems 200
 */
shares: {
invoiceId: string
/**
 * Integer in minor units of the currency, 1 to 99,999,999.
 */
amountMinor: number
}[]
keepRestAsCredit?: boolean
/**
 * The announcement this money answers; it ends.
 */
announcementId?: (string | null)
}
export interface Spread {
/**
 * ISO 4217 code.
 */
currency: string
/**
 * Every open invoice of the customer, also those that get nothing.
 */
shares: {
invoiceId: string
number: string
dueOn: (string | null)
/**
 * Integer in minor units of the currency.
 */
balanceMinor: number
/**
 * Integer in minor units of the currency.
 */
payableMinor: number
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
/**
 * Integer in minor units of the currency.
 */
leftMinor: number
}[]
/**
 * More than is owed: kept as credit if wished.
 */
restMinor: number
}
export interface SpreadPayment {
customerId: string
/**
 * Integer in minor units of the currency, 1 to 99,999,999.
 */
amountMinor: number
/**
 * Only on these, in this order; absent: oldest due first.
 * 
 * @maxItems 200
 */
invoiceIds?: string[]
}
export interface MovePayment {
/**
 * All it is to pay from now on; the rest is credit. null: it stays, and its credit goes on what is owed, oldest due first.
 * 
 * @maxItems 200
 */
shares: ({
invoiceId: string
/**
 * Integer in minor units of the currency, 1 to 99,999,999.
 */
amountMinor: number
}[] | null)
}
export interface ReversePayment {
reason: string
}
export interface AnnouncementPage {
items: Announcement[]
/**
 * null on the last page.
 */
nextCursor: (string | null)
}
export interface Announcement {
id: string
invoiceId: string
invoiceNumber: string
customer: {
id: string
name: string
}
personName: string
method: ("card" | "bank" | "check" | "cash" | "transfer" | "other")
alreadyPaid: boolean
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
/**
 * ISO 4217 code.
 */
currency: string
expectedOn: string
endsOn: string
note: string
createdAt: string
}
export interface RefundBody {
id?: string
/**
 * Off invoices and credit; 0 gives back of the tip alone.
 */
amountMinor: number
/**
 * Of the tip, beside the amount: a tip stays unless it is named.
 */
tipMinor?: number
method: ("original" | "check" | "cash" | "transfer" | "other")
/**
 * What it is taken off; those are owed again. The rest comes from credit. null: credit first, then what the payment was put on last.
 * 
 * @maxItems 200
 */
invoices?: ({
invoiceId: string
/**
 * Integer in minor units of the currency, 1 to 99,999,999.
 */
amountMinor: number
}[] | null)
reason: string
/**
 * By hand only: the day; null is today.
 */
givenOn?: (string | null)
reference?: string
}
export interface RefundRules {
/**
 * From this amount on a second person must approve, where there is one; null: never.
 */
limitMinor: (number | null)
}
export interface RefundRulesBody {
/**
 * Integer in minor units of the currency.
 */
limitMinor: (number | null)
}
export interface CreditNotes {
items: CreditNote[]
}
export interface CreditNote {
id: string
invoiceId: string
invoiceNumber: string
number: string
issuedOn: string
/**
 * ISO 4217 code.
 */
currency: string
/**
 * Integer in minor units of the currency.
 */
netMinor: number
/**
 * Integer in minor units of the currency.
 */
taxMinor: number
/**
 * Integer in minor units of the currency.
 */
totalMinor: number
/**
 * Of it: what was owed is less by this.
 */
loweredMinor: number
/**
 * Of it: had been paid, and is the customer’s credit now.
 */
freedMinor: number
reason: string
createdBy: string
}
export interface CreditPreview {
/**
 * ISO 4217 code.
 */
currency: string
/**
 * Integer in minor units of the currency.
 */
netMinor: number
/**
 * Integer in minor units of the currency.
 */
taxMinor: number
/**
 * Integer in minor units of the currency.
 */
totalMinor: number
/**
 * Integer in minor units of the currency.
 */
loweredMinor: number
/**
 * Integer in minor units of the currency.
 */
freedMinor: number
/**
 * Not credited yet.
 */
leftMinor: number
}
export interface CreditPreviewBody {
choice: CreditChoice
}
export interface CreditNoteBody {
id?: string
choice: CreditChoice
reason: string
}
export interface ThreadPage {
items: ThreadRow[]
/**
 * null on the last page.
 */
nextCursor: (string | null)
}
export interface ThreadRow {
id: string
customer: {
id: string
name: string
}
invoice: ({
id: string
number: string
} | null)
/**
 * Where it is about an estimate.
 */
estimate: ({
id: string
number: string
} | null)
/**
 * Whose people read it; null: those of the whole account.
 */
property: ({
id: string
title: string
} | null)
subject: string
waitingFor: ("office" | "customer" | "nobody")
/**
 * The colleague who answers.
 */
assignee: ({
id: string
name: string
} | null)
/**
 * The charge it questions; while open, its amount is in question.
 */
charge: ({
id: string
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
/**
 * ISO 4217 code.
 */
currency: string
open: boolean
} | null)
openedAt: string
lastAt: string
lastAuthor: string
lastFromOffice: boolean
/**
 * The customer wrote since you looked last.
 */
unread: boolean
/**
 * The beginning of the last message.
 */
excerpt: string
}
export interface Thread {
id: string
customer: {
id: string
name: string
}
invoice: ({
id: string
number: string
} | null)
/**
 * Where it is about an estimate.
 */
estimate: ({
id: string
number: string
} | null)
/**
 * Whose people read it; null: those of the whole account.
 */
property: ({
id: string
title: string
} | null)
subject: string
waitingFor: ("office" | "customer" | "nobody")
/**
 * The colleague who answers.
 */
assignee: ({
id: string
name: string
} | null)
/**
 * The charge it questions; while open, its amount is in question.
 */
charge: ({
id: string
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
/**
 * ISO 4217 code.
 */
currency: string
open: boolean
} | null)
openedAt: string
lastAt: string
messages: Message[]
}
export interface Message {
id: string
fromOffice: boolean
author: string
body: string
at: string
files: MessageFile[]
}
export interface MessageFile {
id: string
name: string
mediaType: string
bytes: number
}
export interface Answer {
body: string
/**
 * Files added to this thread before.
 * 
 * @maxItems 5
 */
fileIds?: string[]
}
export interface StartThread {
customerId: string
personId: string
/**
 * What it is about; null or left out: the account as a whole.
 */
propertyId?: (string | null)
subject: string
body: string
}
export interface AssignThread {
staffId: (string | null)
}
export interface SnippetList {
items: Snippet[]
}
export interface Snippet {
id: string
title: string
body: string
}
/**
 * `{customer}` and `{number}` are filled in by whoever answers with it.
 */
export interface SnippetBody {
title: string
body: string
}
export interface QuestionedChargePage {
items: QuestionedCharge[]
/**
 * null on the last page.
 */
nextCursor: (string | null)
}
export interface QuestionedCharge {
id: string
customer: {
id: string
name: string
}
invoice: {
id: string
number: string
}
/**
 * null: the whole of what the person sees.
 */
lineId: (string | null)
line: string
/**
 * What was written about it.
 */
threadId: string
/**
 * While it is open: in question, and not due now.
 */
amountMinor: number
/**
 * ISO 4217 code.
 */
currency: string
reason: ("not_done" | "quality" | "amount" | "already_paid" | "unknown" | "other")
askedBy: string
openedAt: string
/**
 * null: it waits for an answer. A customer may take it back, and paying it ends it.
 */
ending: ("explanation" | "change" | "credit" | "withdrawn" | "paid" | null)
endedAt: (string | null)
endedBy: string
answer: string
/**
 * The document the answer is: what took its place.
 */
answerInvoice: ({
id: string
} | null)
/**
 * After an answer: no reminder and no late fee before this day.
 */
remindersFrom: (string | null)
}
export interface ChargeAnswer {
/**
 * What the answer is. A change or credit is made on the invoice itself; this tells the customer.
 */
kind: ("explanation" | "change" | "credit")
text: string
}
export interface MailPage {
items: MailRow[]
/**
 * null on the last page.
 */
nextCursor: (string | null)
}
export interface MailRow {
id: string
kind: string
state: ("queued" | "sent" | "kept" | "bounced" | "failed")
reason: string
to: string
toName: string
subject: string
customerId: (string | null)
invoiceId: (string | null)
createdAt: string
sentAt: (string | null)
}
export interface Mail {
id: string
kind: string
state: ("queued" | "sent" | "kept" | "bounced" | "failed")
reason: string
to: string
toName: string
subject: string
customerId: (string | null)
invoiceId: (string | null)
createdAt: string
sentAt: (string | null)
from: string
replyTo: string
/**
 * Only where mail is kept on screen: it may hold links that open things.
 */
text: (string | null)
}
export interface Sender {
/**
 * What mails come from without a domain of one’s own.
 */
hostAddress: string
/**
 * False: no mail server is set, mails are kept in the outbox.
 */
leaves: boolean
domain: (SendingDomain | null)
}
export interface SendingDomain {
address: string
domain: string
/**
 * `lost` was verified once; mails come from the host’s address until it is again.
 */
state: ("waiting" | "verified" | "lost")
checkedAt: (string | null)
verifiedAt: (string | null)
records: DnsRecord[]
}
export interface DnsRecord {
record: ("dkim" | "dmarc")
name: string
/**
 * What the TXT record is to say.
 */
text: string
/**
 * False: it helps, and mails leave without it.
 */
needed: boolean
/**
 * By the last look; null before the first.
 */
found: ("right" | "missing" | "different" | "unknown" | null)
}
export interface SendingDomainBody {
address: string
}
export interface RefusingAddressList {
items: RefusingAddress[]
}
export interface RefusingAddress {
personId: string
name: string
email: string
why: ("bounced" | "complained")
reason: string
at: string
customer: ({
id: string
name: string
} | null)
}
export interface PayoutPage {
items: Payout[]
/**
 * null on the last page.
 */
nextCursor: (string | null)
}
export interface Payout {
id: string
gateway: string
/**
 * The processor’s own id of it.
 */
reference: string
/**
 * `pending`: on its way to the bank.
 */
state: ("pending" | "paid" | "failed" | "canceled")
/**
 * Below zero: taken from the bank.
 */
amountMinor: number
/**
 * ISO 4217 code.
 */
currency: string
arrivesOn: string
madeAt: string
failure: string
/**
 * Made by hand at the processor: what it is made of is not told.
 */
manual: boolean
/**
 * Its movements are here.
 */
listed: boolean
movements: number
/**
 * Integer in minor units of the currency.
 */
paymentsMinor: number
/**
 * Integer in minor units of the currency.
 */
refundsMinor: number
/**
 * Integer in minor units of the currency.
 */
disputesMinor: number
/**
 * Integer in minor units of the currency.
 */
feesMinor: number
/**
 * Integer in minor units of the currency.
 */
otherMinor: number
/**
 * The amount less what its movements come to after fees: zero when all of it is explained.
 */
missingMinor: number
/**
 * Movements about payments that were not made here.
 */
strangers: number
/**
 * Payments of another amount than here.
 */
differing: number
}
export interface PayoutEntryPage {
items: PayoutEntry[]
/**
 * null on the last page.
 */
nextCursor: (string | null)
}
export interface PayoutEntry {
id: string
kind: ("payment" | "refund" | "dispute" | "fee" | "payout" | "other")
reference: string
payment: ({
id: string
customerName: string
receiptNumber: (string | null)
} | null)
/**
 * The payment has another amount here.
 */
differs: boolean
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
/**
 * Integer in minor units of the currency.
 */
feeMinor: number
/**
 * Integer in minor units of the currency.
 */
netMinor: number
/**
 * ISO 4217 code.
 */
currency: string
happenedAt: string
}
export interface Processor {
/**
 * By which processor customers pay; null: none, they see How to pay.
 */
gateway: ("sandbox" | "stripe" | null)
sandboxAvailable: boolean
card: boolean
bank: boolean
/**
 * The least one can pay by card.
 */
cardFloorMinor: number
/**
 * Integer in minor units of the currency, 1 to 99,999,999.
 */
bankFloorMinor: number
connected: (ConnectedProcessor | null)
waiting: (WaitingProcessor | null)
/**
 * Payments under way at the account; while there are any it cannot be left.
 */
movingPayments: number
/**
 * Where Stripe is to send its notices.
 */
endpointUrl: string
/**
 * The events to choose there.
 */
events: string[]
}
export interface ConnectedProcessor {
accountId: string
accountName: string
/**
 * False: test mode, no money moves.
 */
live: boolean
/**
 * The last four letters of the key. The key itself is never shown again.
 */
keyHint: string
/**
 * The last four letters of the signing secret; null before there is one.
 */
secretHint: (string | null)
secretAt: (string | null)
/**
 * Until when the signing secret before holds as well; null: there is none.
 */
oldSecretUntil: (string | null)
connectedBy: string
connectedAt: string
}
export interface WaitingProcessor {
accountId: string
accountName: string
/**
 * False: test mode, no money moves.
 */
live: boolean
/**
 * The last four letters of the key. The key itself is never shown again.
 */
keyHint: string
askedBy: string
askedAt: string
yours: boolean
needs: ("time" | "second_person")
liveAt: (string | null)
}
export interface ProcessorPatch {
gateway?: ("sandbox" | "stripe" | null)
card?: boolean
bank?: boolean
/**
 * Integer in minor units of the currency, 1 to 99,999,999.
 */
cardFloorMinor?: number
/**
 * Integer in minor units of the currency, 1 to 99,999,999.
 */
bankFloorMinor?: number
}
export interface ProcessorKeyBody {
key: string
}
export interface SigningSecretBody {
secret: string
}
export interface ProcessorComparison {
connected: boolean
accountId: (string | null)
live: boolean
/**
 * null: never.
 */
comparedAt: (string | null)
since: (string | null)
/**
 * False: Stripe did not answer when it was last asked.
 */
reached: boolean
/**
 * Payments we have since then that reached Stripe.
 */
ours: number
/**
 * Payments of ours Stripe has since then.
 */
theirs: number
differences: ProcessorDifference[]
}
export interface ProcessorDifference {
what: ("unknown_here" | "missing_there" | "state" | "amount" | "currency")
/**
 * The processor’s id of the payment.
 */
reference: string
paymentId: (string | null)
customer: ({
id: string
name: string
} | null)
ours: string
theirs: string
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
/**
 * ISO 4217 code.
 */
currency: string
at: string
}
export interface Home {
/**
 * ISO 4217 code.
 */
currency: string
today: string
/**
 * The most pressing first; at most 20.
 */
needsYou: NeedItem[]
needsYouCount: number
/**
 * Keys that end within two weeks and webhooks that stopped, for those who may do something about it.
 */
notices: {
kind: ("key_ending" | "webhook_stopped")
at: string
id: string
name: string
detail: string
}[]
owed: {
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
invoices: number
}
overdue: {
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
invoices: number
}
onItsWay: {
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
invoices: number
}
comingIn30Days: {
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
invoices: number
}
paidThisMonth: {
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
payments: number
/**
 * Integer in minor units of the currency.
 */
lastMonthMinor: number
}
ageing: {
bucket: ("not_due" | "1_30" | "31_60" | "61_90" | "over_90")
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
invoices: number
}[]
/**
 * What falls due, week by week, for the next 30 days.
 */
coming: {
from: string
to: string
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
}[]
/**
 * The last twelve months, oldest first.
 */
paidByMonth: {
month: string
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
}[]
}
export interface NeedItem {
kind: ("question" | "mail_bounced" | "payment_returned" | "payment_disputed" | "autopay_failed" | "refund_waiting" | "refund_failed" | "payment_announced" | "schedule_failed" | "crew_ready" | "not_sent" | "overdue" | "payment_unknown")
at: string
customer: {
id: string
name: string
}
invoice: ({
id: string
number: (string | null)
} | null)
threadId: (string | null)
paymentId: (string | null)
announcementId: (string | null)
/**
 * Integer in minor units of the currency.
 */
amountMinor: (number | null)
/**
 * The words that help: the question, the address that bounced, the day a check is expected.
 */
detail: string
}
export interface FindingList {
items: Finding[]
}
export interface Finding {
kind: ("customer" | "property" | "person" | "invoice" | "estimate" | "job" | "payment" | "item")
id: string
title: string
detail: string
customerId: (string | null)
/**
 * Integer in minor units of the currency.
 */
amountMinor: (number | null)
/**
 * ISO 4217 code.
 */
currency: (string | null)
status: ("draft" | "scheduled" | "canceled" | "replaced" | "closed" | "paid" | "checking" | "processing" | "returned" | "overdue" | "partly_paid" | "due" | null)
}
export interface ImportPage {
items: ImportRow[]
/**
 * null on the last page.
 */
nextCursor: (string | null)
}
export interface ImportRow {
id: string
/**
 * Send it back in If-Match when changing this.
 */
version: number
kind: ("customers" | "invoices" | "items" | "openings")
fileName: string
fileBytes: number
/**
 * The file was read and judged; nothing was added.
 */
checkOnly: boolean
/**
 * `waiting`: columns are missing and must be chosen. `checked`: ready to be imported. `canceled`: stopped by hand; what was added stays.
 */
state: ("waiting" | "running" | "checked" | "done" | "failed" | "canceled" | "undone")
/**
 * What is or was being done.
 */
step: ("check" | "import" | "undo")
canceling: boolean
/**
 * Why it failed, or why a part could not be undone; a code.
 */
failure: string
/**
 * Which export it was recognized as.
 */
template: (string | null)
program: (string | null)
reading: ImportReading
guessed: ImportReading
/**
 * What each column of the file is taken for; null: left out.
 */
columns: {
column: string
meaning: (string | null)
}[]
/**
 * What a column of this kind can mean.
 */
meanings: string[]
/**
 * Meanings no column has yet, without which nothing can come in.
 */
missing: string[]
rowsTotal: (number | null)
rowsRead: number
added: number
/**
 * Already there: the same file twice adds nothing.
 */
unchanged: number
/**
 * Rows that stay out; an invoice comes in whole or not at all.
 */
rejected: number
/**
 * Rows left out by hand.
 */
leftOut: number
/**
 * Corrections beside the file.
 */
edits: number
hasFile: boolean
hasRejectedFile: boolean
startedAt: string
finishedAt: (string | null)
}
/**
 * How bytes become cells, and cells days and amounts.
 */
export interface ImportReading {
encoding: ("utf-8" | "windows-1252" | "utf-16le" | "utf-16be")
delimiter: ("comma" | "semicolon" | "tab")
dates: ("mdy" | "dmy" | "iso")
decimals: ("point" | "comma")
}
export interface Import {
id: string
/**
 * Send it back in If-Match when changing this.
 */
version: number
kind: ("customers" | "invoices" | "items" | "openings")
fileName: string
fileBytes: number
/**
 * The file was read and judged; nothing was added.
 */
checkOnly: boolean
/**
 * `waiting`: columns are missing and must be chosen. `checked`: ready to be imported. `canceled`: stopped by hand; what was added stays.
 */
state: ("waiting" | "running" | "checked" | "done" | "failed" | "canceled" | "undone")
/**
 * What is or was being done.
 */
step: ("check" | "import" | "undo")
canceling: boolean
/**
 * Why it failed, or why a part could not be undone; a code.
 */
failure: string
/**
 * Which export it was recognized as.
 */
template: (string | null)
program: (string | null)
reading: ImportReading
guessed: ImportReading
/**
 * What each column of the file is taken for; null: left out.
 */
columns: {
column: string
meaning: (string | null)
}[]
/**
 * What a column of this kind can mean.
 */
meanings: string[]
/**
 * Meanings no column has yet, without which nothing can come in.
 */
missing: string[]
rowsTotal: (number | null)
rowsRead: number
added: number
/**
 * Already there: the same file twice adds nothing.
 */
unchanged: number
/**
 * Rows that stay out; an invoice comes in whole or not at all.
 */
rejected: number
/**
 * Rows left out by hand.
 */
leftOut: number
/**
 * Corrections beside the file.
 */
edits: number
hasFile: boolean
hasRejectedFile: boolean
startedAt: string
finishedAt: (string | null)
/**
 * The first ones.
 */
problems: ImportProblem[]
problemCounts: {
code: string
message: string
column: string
/**
 * Which column, from 0; −1 for the row as a whole.
 */
position: number
keeps: boolean
count: number
}[]
/**
 * What of it is here, by kind.
 */
things: {
[k: string]: number
}
}
export interface ImportProblem {
/**
 * Line of the file, counted as a spreadsheet does: the header is 1.
 */
row: number
/**
 * Which column, from 0; −1 for the row as a whole.
 */
position: number
column: string
code: string
value: string
message: string
/**
 * The row comes in all the same, without this cell.
 */
keeps: boolean
/**
 * What stands there was corrected here already.
 */
edited: boolean
}
export interface ImportChange {
kind?: ("customers" | "invoices" | "items" | "openings")
/**
 * One meaning for each column, null to leave it out.
 * 
 * @maxItems 200
 */
columns?: (string | null)[]
reading?: {
encoding?: ("utf-8" | "windows-1252" | "utf-16le" | "utf-16be")
delimiter?: ("comma" | "semicolon" | "tab")
dates?: ("mdy" | "dmy" | "iso")
decimals?: ("point" | "comma")
}
}
export interface ImportEdits {
/**
 * @minItems 1
 * @maxItems 500
 */
edits: ImportEdit[]
}
export interface ImportEdit {
/**
 * Without it, every row whose cell says `was`.
 */
row?: number
/**
 * Which column, from 0; −1 for the row as a whole.
 */
position?: number
was?: string
/**
 * null takes the correction back.
 */
value?: (string | null)
/**
 * Leaves the row out, or takes it in again. With any row of an invoice the whole invoice.
 */
leaveOut?: boolean
}
export interface ImportUndo {
possible: boolean
blockers: ImportUndoBlocker[]
}
export interface ImportUndoBlocker {
code: string
message: string
count: number
example: string
}
export interface ImportProblemPage {
items: ImportProblem[]
/**
 * null on the last page.
 */
nextCursor: (string | null)
}
export interface ImportPreview {
items: ImportPreviewRow[]
}
export interface ImportPreviewRow {
/**
 * Line of the file, counted as a spreadsheet does: the header is 1.
 */
row: number
cells: string[]
fields: {
name: string
text: string
/**
 * Integer in minor units of the currency.
 */
amountMinor: (number | null)
}[]
leftOut: boolean
problems: number
}
export interface Openings {
items: Opening[]
}
export interface Opening {
importId: string
kind: ("opening" | "credit")
invoiceId: (string | null)
number: (string | null)
asOf: string
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
/**
 * Integer in minor units of the currency.
 */
balanceMinor: number
/**
 * ISO 4217 code.
 */
currency: string
}
export interface OpeningBody {
asOf: string
dueOn?: (string | null)
/**
 * Integer in minor units of the currency.
 */
owedMinor?: number
/**
 * Integer in minor units of the currency.
 */
creditMinor?: number
note?: string
}
export interface ExportPage {
items: Export[]
/**
 * null on the last page.
 */
nextCursor: (string | null)
}
export interface Export {
id: string
/**
 * CSV but for `archive` (everything of the business, which an empty install takes in) and `subject` (everything about one customer), which are ZIP. Amounts are plain decimals with `currency` beside. `credits` are the moves of account credit; the journals are double entries of the books.
 */
kind: ("customers" | "people" | "properties" | "invoices" | "invoice_lines" | "payments" | "payment_shares" | "credits" | "events" | "price_book" | "journal_quickbooks" | "journal_xero" | "archive" | "subject")
from: (string | null)
to: (string | null)
/**
 * `ended`: it was kept for seven days.
 */
state: ("waiting" | "running" | "done" | "failed" | "ended")
rowsDone: number
rowsTotal: (number | null)
fileName: string
bytes: (number | null)
askedBy: string
askedAt: string
finishedAt: (string | null)
endsAt: (string | null)
}
export interface ExportOrder {
/**
 * CSV but for `archive` (everything of the business, which an empty install takes in) and `subject` (everything about one customer), which are ZIP. Amounts are plain decimals with `currency` beside. `credits` are the moves of account credit; the journals are double entries of the books.
 */
kind: ("customers" | "people" | "properties" | "invoices" | "invoice_lines" | "payments" | "payment_shares" | "credits" | "events" | "price_book" | "journal_quickbooks" | "journal_xero" | "archive" | "subject")
/**
 * First day, for what happened on days: invoices, payments, credits, events, journals.
 */
from?: string
to?: string
/**
 * For `subject`.
 */
customerId?: string
}
export interface JournalSettings {
/**
 * Send it back in If-Match when changing this.
 */
version: number
accounts: {
/**
 * An account of the ledger.
 */
account: string
label: string
/**
 * The account’s name in QuickBooks Online.
 */
quickbooks: string
/**
 * The account’s code in Xero.
 */
xero: string
}[]
/**
 * The full name of the tax rate in Xero.
 */
xeroTaxRate: string
}
export interface JournalChanges {
/**
 * @maxItems 40
 */
accounts: {
/**
 * An account of the ledger.
 */
account: string
/**
 * The account’s name in QuickBooks Online.
 */
quickbooks: string
/**
 * The account’s code in Xero.
 */
xero: string
}[]
xeroTaxRate: string
}
export interface AgingReport {
/**
 * Every amount is in it; invoices in another currency are left out.
 */
currency: string
today: string
rows: AgingRow[]
}
/**
 * Processing, announced and questioned money is of the balance, never taken off it.
 */
export interface AgingRow {
customer: {
id: string
name: string
}
invoices: number
oldestDueOn: string
/**
 * Integer in minor units of the currency.
 */
notDueMinor: number
/**
 * Integer in minor units of the currency.
 */
days30Minor: number
/**
 * Integer in minor units of the currency.
 */
days60Minor: number
/**
 * Integer in minor units of the currency.
 */
days90Minor: number
/**
 * Integer in minor units of the currency.
 */
over90Minor: number
/**
 * Integer in minor units of the currency.
 */
balanceMinor: number
/**
 * Integer in minor units of the currency.
 */
onItsWayMinor: number
/**
 * Integer in minor units of the currency.
 */
inQuestionMinor: number
/**
 * Integer in minor units of the currency.
 */
heldBackMinor: number
/**
 * Integer in minor units of the currency.
 */
creditMinor: number
}
export interface ComingReport {
/**
 * Every amount is in it; invoices in another currency are left out.
 */
currency: string
today: string
until: string
/**
 * Integer in minor units of the currency.
 */
in7Minor: number
/**
 * Integer in minor units of the currency.
 */
in30Minor: number
/**
 * Integer in minor units of the currency.
 */
overdueMinor: number
overdueInvoices: number
/**
 * Integer in minor units of the currency.
 */
onItsWayMinor: number
/**
 * Integer in minor units of the currency.
 */
inQuestionMinor: number
rows: {
on: string
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
invoices: number
}[]
}
export interface PaidReport {
/**
 * Every amount is in it; invoices in another currency are left out.
 */
currency: string
today: string
from: string
to: string
rows: {
/**
 * A month of the calendar.
 */
month: string
method: string
online: boolean
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
payments: number
}[]
}
export interface TipsReport {
/**
 * Every amount is in it; invoices in another currency are left out.
 */
currency: string
today: string
from: string
to: string
rows: {
/**
 * A month of the calendar.
 */
month: string
/**
 * Who of the crew made the invoice; null where the office did.
 */
crew: ({
id: string
name: string
} | null)
/**
 * How many came.
 */
tips: number
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
/**
 * Given back, returned or taken by a chargeback.
 */
backMinor: number
}[]
}
export interface SalesReport {
/**
 * Every amount is in it; invoices in another currency are left out.
 */
currency: string
today: string
from: string
to: string
by: ("month" | "customer" | "property" | "item")
total: SalesTotal
rows: SalesRow[]
}
export interface SalesTotal {
invoices: number
/**
 * Integer in minor units of the currency.
 */
netMinor: number
/**
 * Integer in minor units of the currency.
 */
taxMinor: number
/**
 * Integer in minor units of the currency.
 */
totalMinor: number
/**
 * Integer in minor units of the currency.
 */
creditedMinor: number
/**
 * Integer in minor units of the currency.
 */
exemptMinor: number
/**
 * Invoices of the period in another currency.
 */
leftOut: number
}
export interface SalesRow {
/**
 * The month, or the id of customer, property or item; empty for what belongs to none.
 */
key: string
name: string
detail: string
invoices: number
/**
 * Integer in minor units of the currency.
 */
netMinor: number
/**
 * Integer in minor units of the currency.
 */
taxMinor: number
/**
 * Quantity in thousandths: 2.5 is 2500.
 */
quantityMilli: (number | null)
}
export interface TaxReport {
/**
 * Every amount is in it; invoices in another currency are left out.
 */
currency: string
today: string
from: string
to: string
total: SalesTotal
/**
 * Integer in minor units of the currency.
 */
untaxedMinor: number
rows: {
taxRateId: string
name: string
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
invoices: number
/**
 * Integer in minor units of the currency.
 */
taxableMinor: number
/**
 * Integer in minor units of the currency.
 */
taxMinor: number
}[]
authorities: {
name: string
/**
 * Parts per million: 8.25 % is 82500.
 */
ratePpm: number
/**
 * Integer in minor units of the currency.
 */
taxableMinor: number
/**
 * Integer in minor units of the currency.
 */
taxMinor: number
}[]
}
export interface PaceReport {
/**
 * Every amount is in it; invoices in another currency are left out.
 */
currency: string
today: string
from: string
to: string
total: {
invoices: number
medianDays: number
onTime: number
}
months: {
/**
 * A month of the calendar.
 */
month: string
invoices: number
medianDays: number
onTime: number
}[]
customers: {
customer: {
id: string
name: string
}
invoices: number
medianDays: number
late: number
}[]
}
export interface PortalUseReport {
/**
 * Every amount is in it; invoices in another currency are left out.
 */
currency: string
today: string
from: string
to: string
months: {
/**
 * A month of the calendar.
 */
month: string
sent: number
opened: number
paid: number
payments: number
/**
 * Integer in minor units of the currency.
 */
amountMinor: number
online: number
/**
 * Integer in minor units of the currency.
 */
onlineMinor: number
outsideHours: number
questions: number
}[]
}
export interface ApiKeyList {
items: ApiKey[]
}
export interface ApiKey {
id: string
name: string
/**
 * Its first characters, to tell keys apart.
 */
hint: string
scopes: ("settings:read" | "settings:write" | "customers:read" | "customers:write" | "items:read" | "items:write" | "invoices:read" | "invoices:write" | "estimates:read" | "estimates:write" | "jobs:read" | "jobs:write" | "payments:read" | "payments:write" | "messages:read" | "messages:write" | "events:read" | "imports:read" | "imports:write" | "reports:read" | "webhooks:read" | "webhooks:write")[]
createdBy: string
createdAt: string
expiresAt: (string | null)
lastUsedAt: (string | null)
revokedAt: (string | null)
/**
 * The key that took its place; this one goes on until `expiresAt`.
 */
replacedBy: (string | null)
}
export interface NewApiKey {
/**
 * Shown this once.
 */
key: string
apiKey: ApiKey
}
export interface ApiKeyBody {
name: string
/**
 * @minItems 1
 * @maxItems 22
 */
scopes: ("settings:read" | "settings:write" | "customers:read" | "customers:write" | "items:read" | "items:write" | "invoices:read" | "invoices:write" | "estimates:read" | "estimates:write" | "jobs:read" | "jobs:write" | "payments:read" | "payments:write" | "messages:read" | "messages:write" | "events:read" | "imports:read" | "imports:write" | "reports:read" | "webhooks:read" | "webhooks:write")[]
expiresInDays?: (number | null)
}
export interface WebhookList {
items: Webhook[]
}
export interface Webhook {
id: string
/**
 * Send it back in If-Match when changing this.
 */
version: number
url: string
description: string
/**
 * null: every kind of event.
 */
kinds: (string[] | null)
state: ("active" | "disabled")
/**
 * `gone`: it answered 410. `failing`: it took nothing for five days. `secret_lost`: its secret cannot be read; make a new one.
 */
disabledReason: ("by_hand" | "gone" | "failing" | "secret_lost" | null)
disabledAt: (string | null)
/**
 * Until then the secret before signs too.
 */
oldSecretUntil: (string | null)
failingSince: (string | null)
lastDeliveredAt: (string | null)
createdBy: string
createdAt: string
}
export interface EventKindList {
items: string[]
}
export interface NewWebhook {
/**
 * For the receiver to check signatures with. Shown this once.
 */
secret: string
webhook: Webhook
}
export interface WebhookBody {
/**
 * A public https address.
 */
url: string
description?: string
/**
 * null or left out: every kind of event.
 * 
 * @minItems 1
 * @maxItems 235
 */
kinds?: (("business.created" | "business.settings_changed" | "business.email_confirmed" | "business.look_changed" | "business.brought_in" | "business.closing" | "business.closing_stopped" | "staff.added" | "staff.changed" | "staff.removed" | "staff.signed_in" | "staff.invited" | "staff.invitation_withdrawn" | "staff.joined" | "staff.email_changed" | "staff.signed_out" | "staff.factor_added" | "staff.factor_removed" | "team.rules_changed" | "crew.assigned" | "crew.unassigned" | "invoice.ready" | "pay_details.asked" | "pay_details.changed" | "pay_details.canceled" | "processor.asked" | "processor.connected" | "processor.canceled" | "processor.key_changed" | "processor.secret_changed" | "processor.disconnected" | "key.created" | "key.revoked" | "key.changed" | "key.rotated" | "webhook.created" | "webhook.changed" | "webhook.disabled" | "webhook.removed" | "webhook.secret_rotated" | "webhook.tested" | "webhook.replayed" | "customer.created" | "customer.changed" | "customer.details_changed" | "customer.details_asked" | "customer.details_accepted" | "customer.details_refused" | "customer.archived" | "property.created" | "property.changed" | "property.archived" | "property.moved" | "person.added" | "person.changed" | "person.removed" | "person.rights_changed" | "person.stand_in_named" | "person.stand_in_ended" | "person.signed_in" | "person.signed_out" | "person.details_corrected" | "item.created" | "item.changed" | "item.archived" | "tax_rate.created" | "tax_rate.changed" | "tax_rate.archived" | "invoice.created" | "invoice.draft_saved" | "invoice.discarded" | "invoice.issued" | "invoice.shown" | "invoice.sent" | "invoice.resent" | "invoice.posted" | "invoice.posting_undone" | "invoice.canceled" | "invoice.replaced" | "invoice.imported" | "invoice.discounted" | "invoice.discount_ended" | "invoice.fee_charged" | "invoice.fees_stopped" | "invoice.rescheduled" | "invoice.retainage_released" | "deposit.applied" | "deposit.credited" | "deposit.refunded" | "charges.changed" | "invoice.opened" | "invoice.visited" | "invoice.downloaded" | "invoice.paid" | "invoice.pdf_stored" | "mail.sent" | "mail.bounced" | "mail.failed" | "mail.complained" | "person.address_trusted" | "reminder.sent" | "reminder.skipped" | "reminder.choice_changed" | "reminders.rules_changed" | "reminders.history_on" | "customer.reminders_on" | "customer.reminders_off" | "person.mails_stopped" | "person.mails_resumed" | "invoice.scheduled" | "invoice.unscheduled" | "invoice.schedule_failed" | "link.copied" | "link.revoked" | "link.requested" | "link.shared" | "charge.questioned" | "charge.answered" | "charge.question_ended" | "shelf.added" | "shelf.removed" | "message.received" | "message.sent" | "question.asked" | "question.answered" | "question.assigned" | "question.closed" | "question.reopened" | "snippet.saved" | "snippet.removed" | "filter.saved" | "filter.removed" | "batch.started" | "batch.stopped" | "batch.hurried" | "batch.undone" | "method.added" | "method.offered" | "method.taken_back" | "method.removed" | "autopay.started" | "autopay.changed" | "autopay.ended" | "autopay.rules_changed" | "autopay.planned" | "autopay.skipped" | "autopay.canceled" | "autopay.above_cap" | "autopay.failed" | "payment.started" | "payment.processing" | "payment.cleared" | "payment.failed" | "payment.declined" | "payment.checking" | "payment.returned" | "payment.expired" | "payment.recorded" | "payment.reversed" | "payment.announced" | "payment.announcement_ended" | "payment.quarantined" | "credit.used" | "credit.taken_back" | "payment.refund_asked" | "payment.refund_declined" | "payment.refund_started" | "payment.refunded" | "payment.refund_failed" | "payment.disputed" | "payment.dispute_won" | "payment.dispute_lost" | "payment.moved" | "payout.paid" | "payout.failed" | "estimate.created" | "estimate.draft_saved" | "estimate.discarded" | "estimate.issued" | "estimate.shown" | "estimate.sent" | "estimate.resent" | "estimate.replaced" | "estimate.withdrawn" | "estimate.extended" | "estimate.opened" | "estimate.visited" | "estimate.downloaded" | "estimate.pdf_stored" | "estimate.reminded" | "estimate.recommended" | "estimate.waiting" | "estimate.approved" | "estimate.first_approved" | "estimate.declined" | "estimate.changes_requested" | "estimate.approval_withdrawn" | "estimate.invoiced" | "estimate.deposit_asked" | "estimate.rules_changed" | "job.created" | "job.changed" | "job.closed" | "job.canceled" | "job.reopened" | "job.invoiced" | "visit.planned" | "visit.moved" | "visit.assigned" | "visit.changed" | "visit.shown" | "visit.hidden" | "visit.on_the_way" | "visit.started" | "visit.done" | "visit.skipped" | "visit.canceled" | "visit.reopened" | "visit.photo_added" | "visit.photo_removed" | "visit.rules_changed" | "invoice.credited" | "invoice.closed" | "invoice.reopened" | "import.finished" | "export.asked" | "export.downloaded" | "customer.data_exported" | "customer.erased" | "import.undone" | "invoice.undone" | "payment.undone" | "customer.undone" | "customer.account_opened" | "history.shown")[] | null)
}
export interface WebhookPatch {
/**
 * A public https address.
 */
url?: string
description?: string
/**
 * @minItems 1
 * @maxItems 235
 */
kinds?: (("business.created" | "business.settings_changed" | "business.email_confirmed" | "business.look_changed" | "business.brought_in" | "business.closing" | "business.closing_stopped" | "staff.added" | "staff.changed" | "staff.removed" | "staff.signed_in" | "staff.invited" | "staff.invitation_withdrawn" | "staff.joined" | "staff.email_changed" | "staff.signed_out" | "staff.factor_added" | "staff.factor_removed" | "team.rules_changed" | "crew.assigned" | "crew.unassigned" | "invoice.ready" | "pay_details.asked" | "pay_details.changed" | "pay_details.canceled" | "processor.asked" | "processor.connected" | "processor.canceled" | "processor.key_changed" | "processor.secret_changed" | "processor.disconnected" | "key.created" | "key.revoked" | "key.changed" | "key.rotated" | "webhook.created" | "webhook.changed" | "webhook.disabled" | "webhook.removed" | "webhook.secret_rotated" | "webhook.tested" | "webhook.replayed" | "customer.created" | "customer.changed" | "customer.details_changed" | "customer.details_asked" | "customer.details_accepted" | "customer.details_refused" | "customer.archived" | "property.created" | "property.changed" | "property.archived" | "property.moved" | "person.added" | "person.changed" | "person.removed" | "person.rights_changed" | "person.stand_in_named" | "person.stand_in_ended" | "person.signed_in" | "person.signed_out" | "person.details_corrected" | "item.created" | "item.changed" | "item.archived" | "tax_rate.created" | "tax_rate.changed" | "tax_rate.archived" | "invoice.created" | "invoice.draft_saved" | "invoice.discarded" | "invoice.issued" | "invoice.shown" | "invoice.sent" | "invoice.resent" | "invoice.posted" | "invoice.posting_undone" | "invoice.canceled" | "invoice.replaced" | "invoice.imported" | "invoice.discounted" | "invoice.discount_ended" | "invoice.fee_charged" | "invoice.fees_stopped" | "invoice.rescheduled" | "invoice.retainage_released" | "deposit.applied" | "deposit.credited" | "deposit.refunded" | "charges.changed" | "invoice.opened" | "invoice.visited" | "invoice.downloaded" | "invoice.paid" | "invoice.pdf_stored" | "mail.sent" | "mail.bounced" | "mail.failed" | "mail.complained" | "person.address_trusted" | "reminder.sent" | "reminder.skipped" | "reminder.choice_changed" | "reminders.rules_changed" | "reminders.history_on" | "customer.reminders_on" | "customer.reminders_off" | "person.mails_stopped" | "person.mails_resumed" | "invoice.scheduled" | "invoice.unscheduled" | "invoice.schedule_failed" | "link.copied" | "link.revoked" | "link.requested" | "link.shared" | "charge.questioned" | "charge.answered" | "charge.question_ended" | "shelf.added" | "shelf.removed" | "message.received" | "message.sent" | "question.asked" | "question.answered" | "question.assigned" | "question.closed" | "question.reopened" | "snippet.saved" | "snippet.removed" | "filter.saved" | "filter.removed" | "batch.started" | "batch.stopped" | "batch.hurried" | "batch.undone" | "method.added" | "method.offered" | "method.taken_back" | "method.removed" | "autopay.started" | "autopay.changed" | "autopay.ended" | "autopay.rules_changed" | "autopay.planned" | "autopay.skipped" | "autopay.canceled" | "autopay.above_cap" | "autopay.failed" | "payment.started" | "payment.processing" | "payment.cleared" | "payment.failed" | "payment.declined" | "payment.checking" | "payment.returned" | "payment.expired" | "payment.recorded" | "payment.reversed" | "payment.announced" | "payment.announcement_ended" | "payment.quarantined" | "credit.used" | "credit.taken_back" | "payment.refund_asked" | "payment.refund_declined" | "payment.refund_started" | "payment.refunded" | "payment.refund_failed" | "payment.disputed" | "payment.dispute_won" | "payment.dispute_lost" | "payment.moved" | "payout.paid" | "payout.failed" | "estimate.created" | "estimate.draft_saved" | "estimate.discarded" | "estimate.issued" | "estimate.shown" | "estimate.sent" | "estimate.resent" | "estimate.replaced" | "estimate.withdrawn" | "estimate.extended" | "estimate.opened" | "estimate.visited" | "estimate.downloaded" | "estimate.pdf_stored" | "estimate.reminded" | "estimate.recommended" | "estimate.waiting" | "estimate.approved" | "estimate.first_approved" | "estimate.declined" | "estimate.changes_requested" | "estimate.approval_withdrawn" | "estimate.invoiced" | "estimate.deposit_asked" | "estimate.rules_changed" | "job.created" | "job.changed" | "job.closed" | "job.canceled" | "job.reopened" | "job.invoiced" | "visit.planned" | "visit.moved" | "visit.assigned" | "visit.changed" | "visit.shown" | "visit.hidden" | "visit.on_the_way" | "visit.started" | "visit.done" | "visit.skipped" | "visit.canceled" | "visit.reopened" | "visit.photo_added" | "visit.photo_removed" | "visit.rules_changed" | "invoice.credited" | "invoice.closed" | "invoice.reopened" | "import.finished" | "export.asked" | "export.downloaded" | "customer.data_exported" | "customer.erased" | "import.undone" | "invoice.undone" | "payment.undone" | "customer.undone" | "customer.account_opened" | "history.shown")[] | null)
active?: boolean
}
export interface WebhookTest {
/**
 * The `webhook-id` it will carry.
 */
messageId: string
}
export interface WebhookReplay {
queued: number
}
export interface WebhookReplayBody {
since: string
all?: boolean
}
export interface WebhookDeliveryPage {
items: WebhookDelivery[]
/**
 * null on the last page.
 */
nextCursor: (string | null)
}
export interface WebhookDelivery {
id: string
/**
 * The `webhook-id` it carries: the same for every try and replay, so a receiver can tell repeats.
 */
messageId: string
eventSeq: (number | null)
kind: string
state: ("waiting" | "delivered" | "failed")
tries: number
/**
 * When it is tried again.
 */
nextAt: (string | null)
createdAt: string
endedAt: (string | null)
/**
 * null: there was no answer.
 */
lastStatus: (number | null)
lastError: string
}
export interface WebhookDeliveryWithTries {
id: string
/**
 * The `webhook-id` it carries: the same for every try and replay, so a receiver can tell repeats.
 */
messageId: string
eventSeq: (number | null)
kind: string
state: ("waiting" | "delivered" | "failed")
tries: number
/**
 * When it is tried again.
 */
nextAt: (string | null)
createdAt: string
endedAt: (string | null)
/**
 * null: there was no answer.
 */
lastStatus: (number | null)
lastError: string
made: {
number: number
at: string
durationMs: number
status: (number | null)
error: string
/**
 * The first 1,024 characters of the answer.
 */
answer: string
}[]
}
export interface CrewToday {
today: string
may: CrewMay
visits: CrewVisit[]
stops: CrewStop[]
}
export interface CrewMay {
prices: boolean
send: boolean
}
export interface CrewVisit {
id: string
day: string
from: (string | null)
until: (string | null)
title: string
state: ("planned" | "on_the_way" | "started" | "done" | "skipped" | "canceled")
customer: {
id: string
name: string
}
propertyId: (string | null)
place: string
address: Address
accessNotes: string
crewNotes: string
contact: {
name: string
phone: string
}
doneNote: string
files: {
id: string
name: string
}[]
acts: ("change" | "set_off" | "start" | "finish" | "skip" | "cancel" | "reopen")[]
}
export interface CrewStop {
customerId: string
name: string
phone: string
contact: string
onDay: (string | null)
note: string
places: CrewPlace[]
}
export interface CrewPlace {
id: (string | null)
code: string
name: string
address: Address
accessNotes: string
}
export interface CrewFinishVisit {
note?: string
}
export interface CrewItemList {
items: CrewItem[]
}
export interface CrewItem {
id: string
name: string
unit: string
/**
 * null unless the owner allows prices.
 */
unitPriceMilli: (number | null)
}
export interface CrewWork {
items: CrewListed[]
}
export interface CrewListed {
id: string
number: (string | null)
customer: {
id: string
name: string
}
state: ("draft" | "ready" | "sent" | "paying" | "paid" | "canceled")
/**
 * Integer in minor units of the currency.
 */
totalMinor: (number | null)
/**
 * ISO 4217 code.
 */
currency: string
createdAt: string
}
export interface CrewInvoice {
id: string
number: (string | null)
customer: {
id: string
name: string
}
state: ("draft" | "ready" | "sent" | "paying" | "paid" | "canceled")
/**
 * Integer in minor units of the currency.
 */
totalMinor: (number | null)
/**
 * ISO 4217 code.
 */
currency: string
createdAt: string
place: (string | null)
lines: CrewLine[]
photos: {
id: string
name: string
}[]
note: string
/**
 * Integer in minor units of the currency.
 */
balanceMinor: (number | null)
canSend: boolean
}
export interface CrewLine {
itemId: (string | null)
name: string
unit: string
/**
 * Quantity in thousandths: 2.5 is 2500.
 */
quantityMilli: number
/**
 * Integer in minor units of the currency.
 */
netMinor: (number | null)
}
export interface CrewInvoiceBody {
id?: string
customerId: string
propertyId?: (string | null)
/**
 * @minItems 1
 * @maxItems 100
 */
lines: CrewLineBody[]
/**
 * For the office; the customer does not read it.
 */
note?: string
}
export interface CrewLineBody {
itemId: string
quantityMilli: number
}
export interface CrewLink {
url: string
}
export interface RenamePasskeyParams {
passkeyId: string
}
export interface RemovePasskeyParams {
passkeyId: string
}
export interface SignOutDeviceParams {
sessionId: string
}
export interface ResendInvitationParams {
invitationId: string
}
export interface WithdrawInvitationParams {
invitationId: string
}
export interface ChangeColleagueParams {
staffId: string
}
export interface RemoveColleagueParams {
staffId: string
}
export interface SignOutColleagueParams {
staffId: string
}
export interface ListAssignmentsQuery {
staffId?: string
customerId?: string
}
export interface EndAssignmentParams {
assignmentId: string
}
export interface PreviewLookQuery {
brandColor: string
greeting?: string
language?: ("en" | "es" | "fr")
}
export interface ListItemsQuery {
q?: string
/**
 * Show archived ones instead.
 */
archived?: boolean
/**
 * `nextCursor` of the page before. Made by us only.
 */
cursor?: string
/**
 * Rows a page, at most 100; 25 when absent.
 */
limit?: number
}
export interface ReadItemParams {
itemId: string
}
export interface ChangeItemParams {
itemId: string
}
export interface ListTaxRatesQuery {
/**
 * Show archived ones instead.
 */
archived?: boolean
}
export interface ChangeTaxRateParams {
taxRateId: string
}
export interface ListAutopayParams {
customerId: string
}
export interface StopAutopayParams {
mandateId: string
}
export interface ReadCustomerChargesParams {
customerId: string
}
export interface ChangeCustomerChargesParams {
customerId: string
}
export interface StopLateFeesParams {
invoiceId: string
}
export interface PlanInstallmentsParams {
invoiceId: string
}
export interface ReleaseRetainageParams {
invoiceId: string
}
export interface ListDepositsParams {
customerId: string
}
export interface ReadDepositParams {
invoiceId: string
}
export interface ApplyDepositParams {
invoiceId: string
}
export interface CreditDepositParams {
invoiceId: string
}
export interface RefundDepositParams {
invoiceId: string
}
export interface ListCustomersQuery {
/**
 * Name, e-mail, phone, address.
 */
q?: string
kind?: ("residential" | "commercial" | "property_manager")
/**
 * Only those who owe something.
 */
owing?: boolean
archived?: boolean
sort?: ("name" | "newest" | "balance")
/**
 * `nextCursor` of the page before. Made by us only.
 */
cursor?: string
/**
 * Rows a page, at most 100; 25 when absent.
 */
limit?: number
}
export interface ReadCustomerParams {
customerId: string
}
export interface ChangeCustomerParams {
customerId: string
}
export interface DownloadCustomerMonthParams {
customerId: string
}
export interface DownloadCustomerMonthQuery {
/**
 * The month, as 2026-11.
 */
month?: string
}
export interface CustomerTimelineParams {
customerId: string
}
export interface CustomerTimelineQuery {
/**
 * Only what is about this.
 */
about?: ("money" | "documents" | "work" | "mails" | "questions" | "account")
/**
 * `nextCursor` of the page before. Made by us only.
 */
cursor?: string
/**
 * Rows a page, at most 100; 25 when absent.
 */
limit?: number
}
export interface ListDetailChangesQuery {
/**
 * taken: counted at once; replaced: the customer asked for something else instead.
 */
state?: ("waiting" | "taken" | "accepted" | "refused" | "replaced")
customerId?: string
/**
 * `nextCursor` of the page before. Made by us only.
 */
cursor?: string
/**
 * Rows a page, at most 100; 25 when absent.
 */
limit?: number
}
export interface AcceptDetailChangeParams {
changeId: string
}
export interface RefuseDetailChangeParams {
changeId: string
}
export interface ListShelfQuery {
customerId?: string
}
export interface AddToShelfQuery {
name: string
title: string
kind: ("insurance" | "tax_form" | "contract" | "lien_waiver" | "license" | "other")
customerId?: string
propertyId?: string
expiresOn?: string
}
export interface ReadShelfFileParams {
paperId: string
}
export interface TakeOffShelfParams {
paperId: string
}
export interface ReadStatementParams {
customerId: string
}
export interface ReadStatementQuery {
/**
 * The first day; from the beginning if left out.
 */
from?: string
/**
 * The last day; open if left out.
 */
to?: string
/**
 * Only what was in the books at the end of this day.
 */
asOf?: string
/**
 * The business’s own if left out.
 */
currency?: string
/**
 * Only these properties, with commas between.
 */
propertyIds?: string
/**
 * What is tied to no property: alone, or with `propertyIds`.
 */
untied?: boolean
/**
 * `nextCursor` of the page before. Made by us only.
 */
cursor?: string
/**
 * Rows a page, at most 100; 25 when absent.
 */
limit?: number
}
export interface ReadStatementPdfParams {
customerId: string
}
export interface ReadStatementPdfQuery {
/**
 * The first day; from the beginning if left out.
 */
from?: string
/**
 * The last day; open if left out.
 */
to?: string
/**
 * Only what was in the books at the end of this day.
 */
asOf?: string
/**
 * The business’s own if left out.
 */
currency?: string
/**
 * Only these properties, with commas between.
 */
propertyIds?: string
/**
 * What is tied to no property: alone, or with `propertyIds`.
 */
untied?: boolean
}
export interface DownloadStatementParams {
customerId: string
}
export interface DownloadStatementQuery {
/**
 * The first day; from the beginning if left out.
 */
from?: string
/**
 * The last day; open if left out.
 */
to?: string
/**
 * Only what was in the books at the end of this day.
 */
asOf?: string
/**
 * The business’s own if left out.
 */
currency?: string
/**
 * Only these properties, with commas between.
 */
propertyIds?: string
/**
 * What is tied to no property: alone, or with `propertyIds`.
 */
untied?: boolean
}
export interface ReadErasureParams {
customerId: string
}
export interface EraseCustomerParams {
customerId: string
}
export interface ListPropertiesParams {
customerId: string
}
export interface ListPropertiesQuery {
q?: string
archived?: boolean
/**
 * `nextCursor` of the page before. Made by us only.
 */
cursor?: string
/**
 * Rows a page, at most 100; 25 when absent.
 */
limit?: number
}
export interface AddPropertyParams {
customerId: string
}
export interface ReadPropertyParams {
propertyId: string
}
export interface MovePropertyParams {
propertyId: string
}
export interface ChangePropertyParams {
propertyId: string
}
export interface ListPeopleParams {
customerId: string
}
export interface AddPersonParams {
customerId: string
}
export interface ChangePersonParams {
customerId: string
personId: string
}
export interface SetRightsParams {
customerId: string
personId: string
}
export interface RemovePersonParams {
customerId: string
personId: string
}
export interface ListStandInsParams {
customerId: string
}
export interface NameStandInParams {
customerId: string
}
export interface EndStandInParams {
standInId: string
}
export interface DownloadManyQuery {
/**
 * Ids with commas between.
 */
ids: string
}
export interface PrintEnvelopesQuery {
/**
 * Ids with commas between.
 */
ids: string
}
export interface PrintManyQuery {
/**
 * Ids with commas between.
 */
ids: string
}
export interface ListBatchesQuery {
limit?: number
}
export interface ReadBatchParams {
batchId: string
}
export interface StopBatchParams {
batchId: string
}
export interface HurryBatchParams {
batchId: string
}
export interface UndoBatchParams {
batchId: string
}
export interface DownloadBatchParams {
batchId: string
}
export interface ListFiltersQuery {
list?: ("invoices" | "customers" | "payments")
}
export interface ChangeFilterParams {
filterId: string
}
export interface RemoveFilterParams {
filterId: string
}
export interface ListInvoicesQuery {
tab?: ("needs_you" | "draft" | "scheduled" | "unpaid" | "overdue" | "in_question" | "paid" | "all")
/**
 * Number, customer, PO number, amount.
 */
q?: string
customerId?: string
propertyId?: string
from?: string
to?: string
/**
 * Only of customers who have no address for mail: to be printed and posted.
 */
post?: boolean
sort?: ("newest" | "oldest" | "due")
/**
 * `nextCursor` of the page before. Made by us only.
 */
cursor?: string
/**
 * Rows a page, at most 100; 25 when absent.
 */
limit?: number
}
export interface TotalInvoicesQuery {
tab?: ("needs_you" | "draft" | "scheduled" | "unpaid" | "overdue" | "in_question" | "paid" | "all")
/**
 * Number, customer, PO number, amount.
 */
q?: string
customerId?: string
propertyId?: string
from?: string
to?: string
/**
 * Only of customers who have no address for mail: to be printed and posted.
 */
post?: boolean
}
export interface ReadInvoiceParams {
invoiceId: string
}
export interface SaveDraftParams {
invoiceId: string
}
export interface DiscardDraftParams {
invoiceId: string
}
export interface PreviewInvoiceParams {
invoiceId: string
}
export interface IssueInvoiceParams {
invoiceId: string
}
export interface ShowInvoiceParams {
invoiceId: string
}
export interface CloseInvoiceParams {
invoiceId: string
}
export interface ReopenInvoiceParams {
invoiceId: string
}
export interface VoidInvoiceParams {
invoiceId: string
}
export interface ReplaceInvoiceParams {
invoiceId: string
}
export interface DuplicateInvoiceParams {
invoiceId: string
}
export interface ReadPdfParams {
invoiceId: string
}
export interface InvoiceTimelineParams {
invoiceId: string
}
export interface InvoiceTimelineQuery {
/**
 * `nextCursor` of the page before. Made by us only.
 */
cursor?: string
/**
 * Rows a page, at most 100; 25 when absent.
 */
limit?: number
}
export interface AddAttachmentParams {
invoiceId: string
}
export interface AddAttachmentQuery {
name: string
}
export interface ReadAttachmentParams {
invoiceId: string
fileId: string
}
export interface RemoveAttachmentParams {
invoiceId: string
fileId: string
}
export interface ListRecipientsParams {
invoiceId: string
}
export interface PreviewMailParams {
invoiceId: string
}
export interface PreviewMailQuery {
personId?: string
/**
 * A few words above the invoice, in this mail only.
 */
note?: string
}
export interface PreviewMailBodyParams {
invoiceId: string
}
export interface PreviewMailBodyQuery {
personId?: string
/**
 * A few words above the invoice, in this mail only.
 */
note?: string
}
export interface SendInvoiceParams {
invoiceId: string
}
export interface SendTestParams {
invoiceId: string
}
export interface ReadScheduleParams {
invoiceId: string
}
export interface ScheduleInvoiceParams {
invoiceId: string
}
export interface UnscheduleInvoiceParams {
invoiceId: string
}
export interface PlanRemindersQuery {
days?: number
customerId?: string
}
export interface PreviewReminderQuery {
/**
 * Ids of invoices of one customer, with commas between.
 */
invoiceIds: string
/**
 * Kept when a step is changed: a step is sent once for each invoice.
 */
stepId?: string
personId?: string
}
export interface PreviewReminderBodyQuery {
/**
 * Ids of invoices of one customer, with commas between.
 */
invoiceIds: string
/**
 * Kept when a step is changed: a step is sent once for each invoice.
 */
stepId?: string
personId?: string
}
export interface PreviewReminderWordingQuery {
offsetDays: number
tone: ("friendly" | "plain" | "firm")
language: ("en" | "es" | "fr")
/**
 * May name {name} {business} {invoices} {amount} {due} {days}.
 */
subject?: string
text?: string
}
export interface ReadInvoiceRemindersParams {
invoiceId: string
}
export interface ChooseInvoiceRemindersParams {
invoiceId: string
}
export interface SendReminderParams {
invoiceId: string
}
export interface SkipReminderParams {
invoiceId: string
}
export interface ReadCustomerRemindersParams {
customerId: string
}
export interface ChooseCustomerRemindersParams {
customerId: string
}
export interface SetPersonStopParams {
personId: string
}
export interface ListLinksParams {
invoiceId: string
}
export interface MakeLinkParams {
invoiceId: string
}
export interface CopyLinkParams {
linkId: string
}
export interface RevokeLinkParams {
linkId: string
}
export interface ListEstimatesQuery {
tab?: ("waiting" | "expiring" | "draft" | "approved" | "changes_requested" | "declined" | "expired" | "withdrawn" | "all")
customerId?: string
propertyId?: string
/**
 * Number, customer, PO number, amount.
 */
q?: string
from?: string
to?: string
sort?: ("newest" | "oldest")
/**
 * `nextCursor` of the page before. Made by us only.
 */
cursor?: string
/**
 * Rows a page, at most 100; 25 when absent.
 */
limit?: number
}
export interface TotalEstimatesQuery {
customerId?: string
propertyId?: string
/**
 * Number, customer, PO number, amount.
 */
q?: string
from?: string
to?: string
}
export interface ReadEstimateParams {
estimateId: string
}
export interface SaveEstimateParams {
estimateId: string
}
export interface DiscardEstimateParams {
estimateId: string
}
export interface IssueEstimateParams {
estimateId: string
}
export interface ShowEstimateParams {
estimateId: string
}
export interface ReviseEstimateParams {
estimateId: string
}
export interface WithdrawEstimateParams {
estimateId: string
}
export interface ExtendEstimateParams {
estimateId: string
}
export interface DuplicateEstimateParams {
estimateId: string
}
export interface CopyEstimateParams {
estimateId: string
}
export interface CompareEstimatesParams {
estimateId: string
}
export interface CompareEstimatesQuery {
from: string
}
export interface ChooseOfEstimateParams {
estimateId: string
}
export interface EstimateTimelineParams {
estimateId: string
}
export interface EstimateTimelineQuery {
/**
 * `nextCursor` of the page before. Made by us only.
 */
cursor?: string
/**
 * Rows a page, at most 100; 25 when absent.
 */
limit?: number
}
export interface ListChangeOrdersQuery {
estimateId?: string
customerId?: string
/**
 * `nextCursor` of the page before. Made by us only.
 */
cursor?: string
/**
 * Rows a page, at most 100; 25 when absent.
 */
limit?: number
}
export interface ReadChangeOrderParams {
estimateId: string
}
export interface AddEstimateFileParams {
estimateId: string
}
export interface AddEstimateFileQuery {
name: string
}
export interface ReadEstimateFileParams {
estimateId: string
fileId: string
}
export interface RemoveEstimateFileParams {
estimateId: string
fileId: string
}
export interface ListEstimateRecipientsParams {
estimateId: string
}
export interface PreviewEstimateMailParams {
estimateId: string
}
export interface PreviewEstimateMailQuery {
personId?: string
/**
 * A few words above the invoice, in this mail only.
 */
note?: string
}
export interface PreviewEstimateMailBodyParams {
estimateId: string
}
export interface PreviewEstimateMailBodyQuery {
personId?: string
/**
 * A few words above the invoice, in this mail only.
 */
note?: string
}
export interface PreviewEstimatePageParams {
estimateId: string
}
export interface ListEstimateLinksParams {
estimateId: string
}
export interface MakeEstimateLinkParams {
estimateId: string
}
export interface CopyEstimateLinkParams {
estimateId: string
linkId: string
}
export interface RevokeEstimateLinkParams {
estimateId: string
linkId: string
}
export interface SendEstimateParams {
estimateId: string
}
export interface ApproveEstimateParams {
estimateId: string
}
export interface DeclineEstimateParams {
estimateId: string
}
export interface RequestEstimateChangesParams {
estimateId: string
}
export interface UndoEstimateApprovalParams {
estimateId: string
}
export interface InvoiceEstimateParams {
estimateId: string
}
export interface BillContractParams {
estimateId: string
}
export interface AskEstimateDepositParams {
estimateId: string
}
export interface ListApprovalsQuery {
estimateId?: string
customerId?: string
kind?: ("approved" | "first_approved" | "recommended" | "declined" | "changes_requested" | "withdrawn_approval")
/**
 * `nextCursor` of the page before. Made by us only.
 */
cursor?: string
/**
 * Rows a page, at most 100; 25 when absent.
 */
limit?: number
}
export interface ReadApprovalParams {
approvalId: string
}
export interface ReadApprovalRecordParams {
approvalId: string
}
export interface ReadEstimatePdfParams {
estimateId: string
}
export interface ListJobsQuery {
tab?: ("open" | "to_invoice" | "done" | "canceled" | "all")
customerId?: string
propertyId?: string
/**
 * Title, number, customer.
 */
q?: string
/**
 * `nextCursor` of the page before. Made by us only.
 */
cursor?: string
/**
 * Rows a page, at most 100; 25 when absent.
 */
limit?: number
}
export interface ReadJobParams {
jobId: string
}
export interface ChangeJobParams {
jobId: string
}
export interface CloseJobParams {
jobId: string
}
export interface CancelJobParams {
jobId: string
}
export interface ReopenJobParams {
jobId: string
}
export interface InvoiceJobParams {
jobId: string
}
export interface PlanVisitParams {
jobId: string
}
export interface MakeJobOfEstimateParams {
estimateId: string
}
export interface JobTimelineParams {
jobId: string
}
export interface JobTimelineQuery {
/**
 * `nextCursor` of the page before. Made by us only.
 */
cursor?: string
/**
 * Rows a page, at most 100; 25 when absent.
 */
limit?: number
}
export interface ListVisitsQuery {
from?: string
to?: string
staffId?: string
/**
 * Those that nobody makes yet.
 */
unassigned?: boolean
customerId?: string
propertyId?: string
jobId?: string
order?: ("soonest" | "newest")
/**
 * `nextCursor` of the page before. Made by us only.
 */
cursor?: string
/**
 * Rows a page, at most 100; 25 when absent.
 */
limit?: number
}
export interface ReadVisitParams {
visitId: string
}
export interface ChangeVisitParams {
visitId: string
}
export interface SetOffForVisitParams {
visitId: string
}
export interface StartVisitParams {
visitId: string
}
export interface FinishVisitParams {
visitId: string
}
export interface SkipVisitParams {
visitId: string
}
export interface CancelVisitParams {
visitId: string
}
export interface ReopenVisitParams {
visitId: string
}
export interface AddVisitPhotoParams {
visitId: string
}
export interface AddVisitPhotoQuery {
name: string
}
export interface ReadVisitPhotoParams {
visitId: string
fileId: string
}
export interface RemoveVisitPhotoParams {
visitId: string
fileId: string
}
export interface ListPaymentsQuery {
/**
 * `credit`: kept as credit in whole or in part, of customers who have credit left.
 */
tab?: ("all" | "processing" | "returned" | "cleared" | "credit")
/**
 * Just this state, also one of attempts that came to nothing.
 */
state?: ("initiated" | "pending" | "cleared" | "failed" | "unknown" | "expired" | "returned" | "reversed" | "refunded" | "disputed")
/**
 * Customer, receipt, reference, invoice number, amount.
 */
q?: string
customerId?: string
invoiceId?: string
method?: ("card" | "bank" | "check" | "cash" | "transfer" | "other")
/**
 * Amounts from here on, in minor units.
 */
minMinor?: number
maxMinor?: number
/**
 * The first day on which the money came, or was begun.
 */
from?: string
to?: string
/**
 * `nextCursor` of the page before. Made by us only.
 */
cursor?: string
/**
 * Rows a page, at most 100; 25 when absent.
 */
limit?: number
}
export interface DownloadPaymentsQuery {
/**
 * `credit`: kept as credit in whole or in part, of customers who have credit left.
 */
tab?: ("all" | "processing" | "returned" | "cleared" | "credit")
/**
 * Just this state, also one of attempts that came to nothing.
 */
state?: ("initiated" | "pending" | "cleared" | "failed" | "unknown" | "expired" | "returned" | "reversed" | "refunded" | "disputed")
/**
 * Customer, receipt, reference, invoice number, amount.
 */
q?: string
customerId?: string
invoiceId?: string
method?: ("card" | "bank" | "check" | "cash" | "transfer" | "other")
/**
 * Amounts from here on, in minor units.
 */
minMinor?: number
maxMinor?: number
/**
 * The first day on which the money came, or was begun.
 */
from?: string
to?: string
}
export interface ReadPaymentParams {
paymentId: string
}
export interface MovePaymentParams {
paymentId: string
}
export interface ReversePaymentParams {
paymentId: string
}
export interface ListAnnouncementsQuery {
customerId?: string
/**
 * `nextCursor` of the page before. Made by us only.
 */
cursor?: string
/**
 * Rows a page, at most 100; 25 when absent.
 */
limit?: number
}
export interface EndAnnouncementParams {
announcementId: string
}
export interface RefundPaymentParams {
paymentId: string
}
export interface ApproveRefundParams {
refundId: string
}
export interface DeclineRefundParams {
refundId: string
}
export interface ListCreditNotesParams {
invoiceId: string
}
export interface PreviewCreditNoteParams {
invoiceId: string
}
export interface WriteCreditNoteParams {
invoiceId: string
}
export interface ReadCreditNotePdfParams {
creditNoteId: string
}
export interface ListThreadsQuery {
waitingFor?: ("office" | "customer" | "nobody")
assigned?: ("me" | "nobody")
customerId?: string
invoiceId?: string
q?: string
/**
 * `nextCursor` of the page before. Made by us only.
 */
cursor?: string
/**
 * Rows a page, at most 100; 25 when absent.
 */
limit?: number
}
export interface ReadThreadParams {
threadId: string
}
export interface AnswerThreadParams {
threadId: string
}
export interface AddThreadFileParams {
threadId: string
}
export interface AddThreadFileQuery {
name: string
}
export interface ReadThreadFileParams {
threadId: string
fileId: string
}
export interface CloseThreadParams {
threadId: string
}
export interface ReopenThreadParams {
threadId: string
}
export interface AssignThreadParams {
threadId: string
}
export interface MarkThreadReadParams {
threadId: string
}
export interface ChangeSnippetParams {
snippetId: string
}
export interface RemoveSnippetParams {
snippetId: string
}
export interface ListQuestionedChargesQuery {
state?: ("open" | "ended")
customerId?: string
invoiceId?: string
/**
 * `nextCursor` of the page before. Made by us only.
 */
cursor?: string
/**
 * Rows a page, at most 100; 25 when absent.
 */
limit?: number
}
export interface ReadQuestionedChargeParams {
questionId: string
}
export interface AnswerQuestionedChargeParams {
questionId: string
}
export interface ListMailsQuery {
q?: string
invoiceId?: string
customerId?: string
state?: ("queued" | "sent" | "kept" | "bounced" | "failed")
/**
 * `nextCursor` of the page before. Made by us only.
 */
cursor?: string
/**
 * Rows a page, at most 100; 25 when absent.
 */
limit?: number
}
export interface ReadMailParams {
mailId: string
}
export interface ReadMailBodyParams {
mailId: string
}
export interface TrustAddressParams {
personId: string
}
export interface ListPayoutsQuery {
/**
 * `nextCursor` of the page before. Made by us only.
 */
cursor?: string
/**
 * Rows a page, at most 100; 25 when absent.
 */
limit?: number
}
export interface ReadPayoutParams {
payoutId: string
}
export interface ListPayoutEntriesParams {
payoutId: string
}
export interface ListPayoutEntriesQuery {
/**
 * `nextCursor` of the page before. Made by us only.
 */
cursor?: string
/**
 * Rows a page, at most 100; 25 when absent.
 */
limit?: number
}
export interface DownloadPayoutParams {
payoutId: string
}
export interface ListEventsQuery {
order?: ("newest" | "oldest")
/**
 * Only events with a larger seq.
 */
after?: number
/**
 * `nextCursor` of the page before. Made by us only.
 */
cursor?: string
/**
 * Rows a page, at most 100; 25 when absent.
 */
limit?: number
}
export interface StreamEventsQuery {
/**
 * Listen to another of my businesses.
 */
business?: string
/**
 * Where to begin when there is no Last-Event-ID; absent: from now.
 */
after?: number
}
export interface SearchQuery {
q: string
limit?: number
}
export interface ListImportsQuery {
/**
 * `nextCursor` of the page before. Made by us only.
 */
cursor?: string
/**
 * Rows a page, at most 100; 25 when absent.
 */
limit?: number
}
export interface StartImportQuery {
/**
 * Without it, whatever the file looks like.
 */
kind?: ("customers" | "invoices" | "items" | "openings")
fileName: string
/**
 * `check` reads and judges, adds nothing.
 */
mode?: ("check" | "import")
}
export interface ReadImportParams {
importId: string
}
export interface ChangeImportParams {
importId: string
}
export interface EditImportParams {
importId: string
}
export interface CommitImportParams {
importId: string
}
export interface CancelImportParams {
importId: string
}
export interface ReadUndoParams {
importId: string
}
export interface UndoImportParams {
importId: string
}
export interface ListProblemsParams {
importId: string
}
export interface ListProblemsQuery {
code?: string
/**
 * Leaves out problems of this code.
 */
except?: string
/**
 * `true`: only where the row comes in all the same; `false`: only where it stays out.
 */
keeps?: boolean
/**
 * `nextCursor` of the page before. Made by us only.
 */
cursor?: string
/**
 * Rows a page, at most 100; 25 when absent.
 */
limit?: number
}
export interface PreviewImportParams {
importId: string
}
export interface ReadRejectedParams {
importId: string
}
export interface ReadTemplateParams {
template: ("customers" | "properties" | "invoices" | "items" | "openings")
}
export interface ListOpeningsParams {
customerId: string
}
export interface AddOpeningParams {
customerId: string
}
export interface ListExportsQuery {
/**
 * `nextCursor` of the page before. Made by us only.
 */
cursor?: string
/**
 * Rows a page, at most 100; 25 when absent.
 */
limit?: number
}
export interface ReadExportParams {
exportId: string
}
export interface DownloadExportParams {
exportId: string
}
export interface ReadPaidQuery {
/**
 * The first day; twelve months back if left out.
 */
from?: string
/**
 * The last day; today if left out.
 */
to?: string
}
export interface ReadTipsQuery {
/**
 * The first day; twelve months back if left out.
 */
from?: string
/**
 * The last day; today if left out.
 */
to?: string
}
export interface ReadSalesQuery {
/**
 * The first day; twelve months back if left out.
 */
from?: string
/**
 * The last day; today if left out.
 */
to?: string
/**
 * `month` if left out.
 */
by?: ("month" | "customer" | "property" | "item")
}
export interface ReadTaxesQuery {
/**
 * The first day; twelve months back if left out.
 */
from?: string
/**
 * The last day; today if left out.
 */
to?: string
}
export interface ReadPaceQuery {
/**
 * The first day; twelve months back if left out.
 */
from?: string
/**
 * The last day; today if left out.
 */
to?: string
}
export interface ReadPortalUseQuery {
/**
 * The first day; twelve months back if left out.
 */
from?: string
/**
 * The last day; today if left out.
 */
to?: string
}
export interface DownloadReportParams {
report: ("aging" | "coming" | "paid" | "tips" | "sales" | "taxes" | "days-to-pay" | "portal")
}
export interface DownloadReportQuery {
/**
 * The first day; twelve months back if left out.
 */
from?: string
/**
 * The last day; today if left out.
 */
to?: string
by?: ("month" | "customer" | "property" | "item")
}
export interface RenameApiKeyParams {
keyId: string
}
export interface RotateApiKeyParams {
keyId: string
}
export interface RevokeApiKeyParams {
keyId: string
}
export interface ReadWebhookParams {
webhookId: string
}
export interface ChangeWebhookParams {
webhookId: string
}
export interface RemoveWebhookParams {
webhookId: string
}
export interface RotateWebhookSecretParams {
webhookId: string
}
export interface TestWebhookParams {
webhookId: string
}
export interface ReplayWebhookParams {
webhookId: string
}
export interface ListWebhookDeliveriesParams {
webhookId: string
}
export interface ListWebhookDeliveriesQuery {
state?: ("waiting" | "delivered" | "failed")
/**
 * `nextCursor` of the page before. Made by us only.
 */
cursor?: string
/**
 * Rows a page, at most 100; 25 when absent.
 */
limit?: number
}
export interface ReadWebhookDeliveryParams {
webhookId: string
deliveryId: string
}
export interface ReplayWebhookDeliveryParams {
webhookId: string
deliveryId: string
}
export interface FieldStartVisitParams {
visitId: string
}
export interface FieldFinishVisitParams {
visitId: string
}
export interface FieldVisitPhotoParams {
visitId: string
}
export interface FieldVisitPhotoQuery {
name: string
}
export interface FieldItemsQuery {
q?: string
}
export interface FieldInvoiceParams {
invoiceId: string
}
export interface FieldPhotoParams {
invoiceId: string
}
export interface FieldPhotoQuery {
name: string
}
export interface FieldReadyParams {
invoiceId: string
}
export interface FieldSendParams {
invoiceId: string
}
export interface FieldLinkParams {
invoiceId: string
}

export interface Operations {
  signUp: { params: undefined; query: undefined; body: SignUp; answer: CodeSent };
  resendSignUpCode: { params: undefined; query: undefined; body: undefined; answer: CodeSent };
  confirmSignUp: { params: undefined; query: undefined; body: Code; answer: Session };
  signIn: { params: undefined; query: undefined; body: SignIn; answer: Session };
  readSession: { params: undefined; query: undefined; body: undefined; answer: Session };
  changeAppearance: { params: undefined; query: undefined; body: Appearance; answer: Session };
  signOut: { params: undefined; query: undefined; body: undefined; answer: undefined };
  switchBusiness: { params: undefined; query: undefined; body: SwitchBusiness; answer: Session };
  sendFreshCode: { params: undefined; query: undefined; body: undefined; answer: CodeSent };
  confirmFreshCode: { params: undefined; query: undefined; body: Code; answer: Session };
  secondSignIn: { params: undefined; query: undefined; body: SecondCode; answer: Session };
  startPasskeySignIn: { params: undefined; query: undefined; body: undefined; answer: Asked };
  passkeySignIn: { params: undefined; query: undefined; body: PasskeySignIn; answer: Session };
  startReset: { params: undefined; query: undefined; body: PasswordReset; answer: CodeSent };
  lookAtInvitation: { params: undefined; query: undefined; body: InvitationToken; answer: InvitationLook };
  startJoining: { params: undefined; query: undefined; body: InvitationCode; answer: CodeSent };
  joinTeam: { params: undefined; query: undefined; body: JoinTeam; answer: Session };
  readFactors: { params: undefined; query: undefined; body: undefined; answer: Factors };
  startPasskey: { params: undefined; query: undefined; body: undefined; answer: Asked };
  addPasskey: { params: undefined; query: undefined; body: NewPasskey; answer: AddedPasskey };
  renamePasskey: { params: RenamePasskeyParams; query: undefined; body: PasskeyName; answer: Factors };
  removePasskey: { params: RemovePasskeyParams; query: undefined; body: undefined; answer: Factors };
  startApp: { params: undefined; query: undefined; body: undefined; answer: AppSecret };
  confirmApp: { params: undefined; query: undefined; body: Code; answer: ConfirmedApp };
  removeApp: { params: undefined; query: undefined; body: undefined; answer: Factors };
  renewRecoveryCodes: { params: undefined; query: undefined; body: undefined; answer: RecoveryCodes };
  askPasskeyProof: { params: undefined; query: undefined; body: undefined; answer: Asked };
  confirmByPasskey: { params: undefined; query: undefined; body: PasskeyProof; answer: Session };
  confirmByApp: { params: undefined; query: undefined; body: AppProof; answer: Session };
  listDevices: { params: undefined; query: undefined; body: undefined; answer: DeviceList };
  signOutDevice: { params: SignOutDeviceParams; query: undefined; body: undefined; answer: undefined };
  signOutOthers: { params: undefined; query: undefined; body: undefined; answer: undefined };
  changeOwnCard: { params: undefined; query: undefined; body: OwnCard; answer: Session };
  startNewAddress: { params: undefined; query: undefined; body: NewAddress; answer: CodeSent };
  confirmNewAddress: { params: undefined; query: undefined; body: Code; answer: Session };
  listInvitations: { params: undefined; query: undefined; body: undefined; answer: InvitationList };
  inviteStaff: { params: undefined; query: undefined; body: InvitationBody; answer: Invitation };
  resendInvitation: { params: ResendInvitationParams; query: undefined; body: undefined; answer: Invitation };
  withdrawInvitation: { params: WithdrawInvitationParams; query: undefined; body: undefined; answer: undefined };
  changeColleague: { params: ChangeColleagueParams; query: undefined; body: ColleaguePatch; answer: Colleague };
  removeColleague: { params: RemoveColleagueParams; query: undefined; body: undefined; answer: undefined };
  signOutColleague: { params: SignOutColleagueParams; query: undefined; body: undefined; answer: undefined };
  readTeamRules: { params: undefined; query: undefined; body: undefined; answer: TeamRules };
  changeTeamRules: { params: undefined; query: undefined; body: TeamRulesPatch; answer: TeamRules };
  listRights: { params: undefined; query: undefined; body: undefined; answer: RightsTable };
  listAssignments: { params: undefined; query: ListAssignmentsQuery; body: undefined; answer: AssignmentList };
  addAssignment: { params: undefined; query: undefined; body: AssignmentBody; answer: Assignment };
  endAssignment: { params: EndAssignmentParams; query: undefined; body: undefined; answer: undefined };
  readPayDetails: { params: undefined; query: undefined; body: undefined; answer: PayDetails };
  changePayDetails: { params: undefined; query: undefined; body: PayDetailsBody; answer: PayDetails };
  confirmPayDetails: { params: undefined; query: undefined; body: undefined; answer: PayDetails };
  cancelPayDetails: { params: undefined; query: undefined; body: undefined; answer: PayDetails };
  readSettings: { params: undefined; query: undefined; body: undefined; answer: Settings };
  changeSettings: { params: undefined; query: undefined; body: SettingsPatch; answer: Settings };
  readStorage: { params: undefined; query: undefined; body: undefined; answer: Storage };
  readLogo: { params: undefined; query: undefined; body: undefined; answer: Blob };
  saveLogo: { params: undefined; query: undefined; body: Blob; answer: Settings };
  removeLogo: { params: undefined; query: undefined; body: undefined; answer: Settings };
  previewLook: { params: undefined; query: PreviewLookQuery; body: undefined; answer: Blob };
  showHistory: { params: undefined; query: undefined; body: undefined; answer: Settings };
  listStaff: { params: undefined; query: undefined; body: undefined; answer: ColleagueList };
  listItems: { params: undefined; query: ListItemsQuery; body: undefined; answer: ItemPage };
  addItem: { params: undefined; query: undefined; body: ItemBody; answer: Item };
  readItem: { params: ReadItemParams; query: undefined; body: undefined; answer: Item };
  changeItem: { params: ChangeItemParams; query: undefined; body: ItemPatch; answer: Item };
  listTaxRates: { params: undefined; query: ListTaxRatesQuery; body: undefined; answer: TaxRateList };
  addTaxRate: { params: undefined; query: undefined; body: TaxRateBody; answer: TaxRate };
  changeTaxRate: { params: ChangeTaxRateParams; query: undefined; body: TaxRatePatch; answer: TaxRate };
  readAutopayRules: { params: undefined; query: undefined; body: undefined; answer: AutopayRules };
  changeAutopayRules: { params: undefined; query: undefined; body: AutopayRulesPatch; answer: AutopayRules };
  listAutopay: { params: ListAutopayParams; query: undefined; body: undefined; answer: AutopayList };
  stopAutopay: { params: StopAutopayParams; query: undefined; body: StopAutopay; answer: AutopayStopped };
  readChargeRules: { params: undefined; query: undefined; body: undefined; answer: ChargeRules };
  changeChargeRules: { params: undefined; query: undefined; body: ChargeRulesPatch; answer: ChargeRules };
  readCustomerCharges: { params: ReadCustomerChargesParams; query: undefined; body: undefined; answer: CustomerCharges };
  changeCustomerCharges: { params: ChangeCustomerChargesParams; query: undefined; body: CustomerChargesPatch; answer: CustomerCharges };
  stopLateFees: { params: StopLateFeesParams; query: undefined; body: undefined; answer: LateFeesStopped };
  planInstallments: { params: PlanInstallmentsParams; query: undefined; body: PlanInstallments; answer: InstallmentsPlanned };
  releaseRetainage: { params: ReleaseRetainageParams; query: undefined; body: ReleaseRetainage; answer: RetainageReleased };
  requestDeposit: { params: undefined; query: undefined; body: DepositBody; answer: DepositDraft };
  listDeposits: { params: ListDepositsParams; query: undefined; body: undefined; answer: DepositList };
  readDeposit: { params: ReadDepositParams; query: undefined; body: undefined; answer: DepositView };
  applyDeposit: { params: ApplyDepositParams; query: undefined; body: ApplyDeposit; answer: DepositView };
  creditDeposit: { params: CreditDepositParams; query: undefined; body: undefined; answer: DepositView };
  refundDeposit: { params: RefundDepositParams; query: undefined; body: RefundDeposit; answer: DepositView };
  listCustomers: { params: undefined; query: ListCustomersQuery; body: undefined; answer: CustomerPage };
  addCustomer: { params: undefined; query: undefined; body: CustomerBody; answer: Customer };
  readCustomer: { params: ReadCustomerParams; query: undefined; body: undefined; answer: Customer };
  changeCustomer: { params: ChangeCustomerParams; query: undefined; body: CustomerPatch; answer: Customer };
  downloadCustomerMonth: { params: DownloadCustomerMonthParams; query: DownloadCustomerMonthQuery; body: undefined; answer: Blob };
  customerTimeline: { params: CustomerTimelineParams; query: CustomerTimelineQuery; body: undefined; answer: EventPage };
  listDetailChanges: { params: undefined; query: ListDetailChangesQuery; body: undefined; answer: DetailChangePage };
  acceptDetailChange: { params: AcceptDetailChangeParams; query: undefined; body: AcceptDetailChange; answer: DetailChange };
  refuseDetailChange: { params: RefuseDetailChangeParams; query: undefined; body: RefuseDetailChange; answer: DetailChange };
  readDetailRules: { params: undefined; query: undefined; body: undefined; answer: DetailRules };
  changeDetailRules: { params: undefined; query: undefined; body: DetailRules; answer: DetailRules };
  listShelf: { params: undefined; query: ListShelfQuery; body: undefined; answer: ShelfPaperList };
  addToShelf: { params: undefined; query: AddToShelfQuery; body: Blob; answer: ShelfPaper };
  readShelfFile: { params: ReadShelfFileParams; query: undefined; body: undefined; answer: Blob };
  takeOffShelf: { params: TakeOffShelfParams; query: undefined; body: undefined; answer: undefined };
  readStatement: { params: ReadStatementParams; query: ReadStatementQuery; body: undefined; answer: Statement };
  readStatementPdf: { params: ReadStatementPdfParams; query: ReadStatementPdfQuery; body: undefined; answer: Blob };
  downloadStatement: { params: DownloadStatementParams; query: DownloadStatementQuery; body: undefined; answer: Blob };
  readErasure: { params: ReadErasureParams; query: undefined; body: undefined; answer: Erasure };
  eraseCustomer: { params: EraseCustomerParams; query: undefined; body: TypedName; answer: Erasure };
  readClosing: { params: undefined; query: undefined; body: undefined; answer: Closing };
  startClosing: { params: undefined; query: undefined; body: TypedName; answer: Closing };
  stopClosing: { params: undefined; query: undefined; body: undefined; answer: Closing };
  listProperties: { params: ListPropertiesParams; query: ListPropertiesQuery; body: undefined; answer: PropertyPage };
  addProperty: { params: AddPropertyParams; query: undefined; body: PropertyBody; answer: Property };
  readProperty: { params: ReadPropertyParams; query: undefined; body: undefined; answer: Property };
  moveProperty: { params: MovePropertyParams; query: undefined; body: PropertyMove; answer: Property };
  changeProperty: { params: ChangePropertyParams; query: undefined; body: PropertyPatch; answer: Property };
  listPeople: { params: ListPeopleParams; query: undefined; body: undefined; answer: PersonList };
  addPerson: { params: AddPersonParams; query: undefined; body: PersonBody; answer: Person };
  changePerson: { params: ChangePersonParams; query: undefined; body: PersonPatch; answer: Person };
  setRights: { params: SetRightsParams; query: undefined; body: Rights; answer: Person };
  removePerson: { params: RemovePersonParams; query: undefined; body: undefined; answer: undefined };
  listStandIns: { params: ListStandInsParams; query: undefined; body: undefined; answer: StandInList };
  nameStandIn: { params: NameStandInParams; query: undefined; body: NameStandIn; answer: StandIn };
  endStandIn: { params: EndStandInParams; query: undefined; body: undefined; answer: StandIn };
  issueMany: { params: undefined; query: undefined; body: InvoiceIds; answer: BulkResult };
  sendMany: { params: undefined; query: undefined; body: InvoiceIds; answer: BulkResult };
  markPaid: { params: undefined; query: undefined; body: MarkPaid; answer: BulkResult };
  downloadMany: { params: undefined; query: DownloadManyQuery; body: undefined; answer: Blob };
  printEnvelopes: { params: undefined; query: PrintEnvelopesQuery; body: undefined; answer: Blob };
  printMany: { params: undefined; query: PrintManyQuery; body: undefined; answer: Blob };
  startBatch: { params: undefined; query: undefined; body: BatchBody; answer: Batch };
  listBatches: { params: undefined; query: ListBatchesQuery; body: undefined; answer: BatchList };
  readBatch: { params: ReadBatchParams; query: undefined; body: undefined; answer: BatchReport };
  stopBatch: { params: StopBatchParams; query: undefined; body: undefined; answer: Batch };
  hurryBatch: { params: HurryBatchParams; query: undefined; body: undefined; answer: Batch };
  undoBatch: { params: UndoBatchParams; query: undefined; body: undefined; answer: Batch };
  downloadBatch: { params: DownloadBatchParams; query: undefined; body: undefined; answer: Blob };
  listFilters: { params: undefined; query: ListFiltersQuery; body: undefined; answer: SavedFilterList };
  saveFilter: { params: undefined; query: undefined; body: SavedFilterBody; answer: SavedFilter };
  orderFilters: { params: undefined; query: undefined; body: SavedFilterOrder; answer: SavedFilterList };
  changeFilter: { params: ChangeFilterParams; query: undefined; body: SavedFilterPatch; answer: SavedFilter };
  removeFilter: { params: RemoveFilterParams; query: undefined; body: undefined; answer: undefined };
  listInvoices: { params: undefined; query: ListInvoicesQuery; body: undefined; answer: InvoicePage };
  totalInvoices: { params: undefined; query: TotalInvoicesQuery; body: undefined; answer: InvoiceListTotals };
  createDraft: { params: undefined; query: undefined; body: DraftBody; answer: Invoice };
  previewTotals: { params: undefined; query: undefined; body: PreviewTotals; answer: Totals };
  readInvoice: { params: ReadInvoiceParams; query: undefined; body: undefined; answer: Invoice };
  saveDraft: { params: SaveDraftParams; query: undefined; body: DraftPatch; answer: Invoice };
  discardDraft: { params: DiscardDraftParams; query: undefined; body: undefined; answer: undefined };
  previewInvoice: { params: PreviewInvoiceParams; query: undefined; body: undefined; answer: Blob };
  issueInvoice: { params: IssueInvoiceParams; query: undefined; body: IssueInvoice; answer: Invoice };
  showInvoice: { params: ShowInvoiceParams; query: undefined; body: undefined; answer: Invoice };
  closeInvoice: { params: CloseInvoiceParams; query: undefined; body: Reason; answer: Invoice };
  reopenInvoice: { params: ReopenInvoiceParams; query: undefined; body: undefined; answer: Invoice };
  voidInvoice: { params: VoidInvoiceParams; query: undefined; body: Reason; answer: Invoice };
  replaceInvoice: { params: ReplaceInvoiceParams; query: undefined; body: Reason; answer: Invoice };
  duplicateInvoice: { params: DuplicateInvoiceParams; query: undefined; body: undefined; answer: Invoice };
  readPdf: { params: ReadPdfParams; query: undefined; body: undefined; answer: Blob };
  invoiceTimeline: { params: InvoiceTimelineParams; query: InvoiceTimelineQuery; body: undefined; answer: EventPage };
  addAttachment: { params: AddAttachmentParams; query: AddAttachmentQuery; body: Blob; answer: Attachment };
  readAttachment: { params: ReadAttachmentParams; query: undefined; body: undefined; answer: Blob };
  removeAttachment: { params: RemoveAttachmentParams; query: undefined; body: undefined; answer: undefined };
  listRecipients: { params: ListRecipientsParams; query: undefined; body: undefined; answer: Recipients };
  previewMail: { params: PreviewMailParams; query: PreviewMailQuery; body: undefined; answer: MailPreview };
  previewMailBody: { params: PreviewMailBodyParams; query: PreviewMailBodyQuery; body: undefined; answer: Blob };
  sendInvoice: { params: SendInvoiceParams; query: undefined; body: SendInvoice; answer: SendResult };
  sendTest: { params: SendTestParams; query: undefined; body: SendTest; answer: TestSent };
  listScheduled: { params: undefined; query: undefined; body: undefined; answer: ScheduledInvoiceList };
  readSchedule: { params: ReadScheduleParams; query: undefined; body: undefined; answer: ScheduledInvoice };
  scheduleInvoice: { params: ScheduleInvoiceParams; query: undefined; body: ScheduleInvoice; answer: ScheduledInvoice };
  unscheduleInvoice: { params: UnscheduleInvoiceParams; query: undefined; body: undefined; answer: undefined };
  readReminderRules: { params: undefined; query: undefined; body: undefined; answer: ReminderRules };
  changeReminderRules: { params: undefined; query: undefined; body: ReminderRulesPatch; answer: ReminderRules };
  readReminderReach: { params: undefined; query: undefined; body: undefined; answer: ReminderReach };
  remindHistory: { params: undefined; query: undefined; body: RemindHistory; answer: HistoryReminded };
  planReminders: { params: undefined; query: PlanRemindersQuery; body: undefined; answer: ReminderPlan };
  previewReminder: { params: undefined; query: PreviewReminderQuery; body: undefined; answer: ReminderPreview };
  previewReminderBody: { params: undefined; query: PreviewReminderBodyQuery; body: undefined; answer: Blob };
  previewReminderWording: { params: undefined; query: PreviewReminderWordingQuery; body: undefined; answer: Blob };
  readInvoiceReminders: { params: ReadInvoiceRemindersParams; query: undefined; body: undefined; answer: InvoiceReminders };
  chooseInvoiceReminders: { params: ChooseInvoiceRemindersParams; query: undefined; body: InvoiceReminderChoice; answer: InvoiceReminders };
  sendReminder: { params: SendReminderParams; query: undefined; body: undefined; answer: ReminderSent };
  skipReminder: { params: SkipReminderParams; query: undefined; body: undefined; answer: InvoiceReminders };
  readCustomerReminders: { params: ReadCustomerRemindersParams; query: undefined; body: undefined; answer: CustomerReminders };
  chooseCustomerReminders: { params: ChooseCustomerRemindersParams; query: undefined; body: CustomerReminderChoice; answer: CustomerReminders };
  setPersonStop: { params: SetPersonStopParams; query: undefined; body: PersonStops; answer: undefined };
  listLinks: { params: ListLinksParams; query: undefined; body: undefined; answer: LinkList };
  makeLink: { params: MakeLinkParams; query: undefined; body: MakeLink; answer: LinkAddress };
  copyLink: { params: CopyLinkParams; query: undefined; body: undefined; answer: LinkAddress };
  revokeLink: { params: RevokeLinkParams; query: undefined; body: undefined; answer: Link };
  listEstimates: { params: undefined; query: ListEstimatesQuery; body: undefined; answer: EstimatePage };
  totalEstimates: { params: undefined; query: TotalEstimatesQuery; body: undefined; answer: EstimateTotals };
  createEstimate: { params: undefined; query: undefined; body: EstimateBody; answer: Estimate };
  previewEstimate: { params: undefined; query: undefined; body: PreviewEstimate; answer: EstimateSums };
  readEstimate: { params: ReadEstimateParams; query: undefined; body: undefined; answer: Estimate };
  saveEstimate: { params: SaveEstimateParams; query: undefined; body: EstimatePatch; answer: Estimate };
  discardEstimate: { params: DiscardEstimateParams; query: undefined; body: undefined; answer: undefined };
  issueEstimate: { params: IssueEstimateParams; query: undefined; body: IssueEstimate; answer: Estimate };
  showEstimate: { params: ShowEstimateParams; query: undefined; body: undefined; answer: Estimate };
  reviseEstimate: { params: ReviseEstimateParams; query: undefined; body: undefined; answer: Estimate };
  withdrawEstimate: { params: WithdrawEstimateParams; query: undefined; body: WithdrawEstimate; answer: Estimate };
  extendEstimate: { params: ExtendEstimateParams; query: undefined; body: ExtendEstimate; answer: Estimate };
  duplicateEstimate: { params: DuplicateEstimateParams; query: undefined; body: undefined; answer: Estimate };
  copyEstimate: { params: CopyEstimateParams; query: undefined; body: CopyEstimate; answer: EstimateCopies };
  compareEstimates: { params: CompareEstimatesParams; query: CompareEstimatesQuery; body: undefined; answer: EstimateChanges };
  chooseOfEstimate: { params: ChooseOfEstimateParams; query: undefined; body: EstimateChoices; answer: ChosenSums };
  estimateTimeline: { params: EstimateTimelineParams; query: EstimateTimelineQuery; body: undefined; answer: EventPage };
  readEstimateRules: { params: undefined; query: undefined; body: undefined; answer: EstimateRules };
  changeEstimateRules: { params: undefined; query: undefined; body: EstimateRulesPatch; answer: EstimateRules };
  listChangeOrders: { params: undefined; query: ListChangeOrdersQuery; body: undefined; answer: ChangeOrderPage };
  createChangeOrder: { params: undefined; query: undefined; body: ChangeOrderBody; answer: Estimate };
  readChangeOrder: { params: ReadChangeOrderParams; query: undefined; body: undefined; answer: Estimate };
  addEstimateFile: { params: AddEstimateFileParams; query: AddEstimateFileQuery; body: Blob; answer: Attachment };
  readEstimateFile: { params: ReadEstimateFileParams; query: undefined; body: undefined; answer: Blob };
  removeEstimateFile: { params: RemoveEstimateFileParams; query: undefined; body: undefined; answer: undefined };
  listEstimateRecipients: { params: ListEstimateRecipientsParams; query: undefined; body: undefined; answer: Recipients };
  previewEstimateMail: { params: PreviewEstimateMailParams; query: PreviewEstimateMailQuery; body: undefined; answer: MailPreview };
  previewEstimateMailBody: { params: PreviewEstimateMailBodyParams; query: PreviewEstimateMailBodyQuery; body: undefined; answer: Blob };
  previewEstimatePage: { params: PreviewEstimatePageParams; query: undefined; body: undefined; answer: Blob };
  listEstimateLinks: { params: ListEstimateLinksParams; query: undefined; body: undefined; answer: EstimateLinkList };
  makeEstimateLink: { params: MakeEstimateLinkParams; query: undefined; body: MakeEstimateLink; answer: EstimateLinkAddress };
  copyEstimateLink: { params: CopyEstimateLinkParams; query: undefined; body: undefined; answer: EstimateLinkAddress };
  revokeEstimateLink: { params: RevokeEstimateLinkParams; query: undefined; body: undefined; answer: EstimateLink };
  sendEstimate: { params: SendEstimateParams; query: undefined; body: SendEstimate; answer: EstimateSendResult };
  approveEstimate: { params: ApproveEstimateParams; query: undefined; body: ApproveEstimate; answer: Estimate };
  declineEstimate: { params: DeclineEstimateParams; query: undefined; body: TurnDownEstimate; answer: Estimate };
  requestEstimateChanges: { params: RequestEstimateChangesParams; query: undefined; body: TurnDownEstimate; answer: Estimate };
  undoEstimateApproval: { params: UndoEstimateApprovalParams; query: undefined; body: UndoEstimateApproval; answer: Estimate };
  invoiceEstimate: { params: InvoiceEstimateParams; query: undefined; body: undefined; answer: Invoice };
  billContract: { params: BillContractParams; query: undefined; body: BillContract; answer: Invoice };
  askEstimateDeposit: { params: AskEstimateDepositParams; query: undefined; body: undefined; answer: Estimate };
  listApprovals: { params: undefined; query: ListApprovalsQuery; body: undefined; answer: ApprovalPage };
  checkApprovals: { params: undefined; query: undefined; body: undefined; answer: ApprovalChain };
  readApproval: { params: ReadApprovalParams; query: undefined; body: undefined; answer: ApprovalEvidence };
  readApprovalRecord: { params: ReadApprovalRecordParams; query: undefined; body: undefined; answer: Blob };
  readEstimatePdf: { params: ReadEstimatePdfParams; query: undefined; body: undefined; answer: Blob };
  listJobs: { params: undefined; query: ListJobsQuery; body: undefined; answer: JobPage };
  createJob: { params: undefined; query: undefined; body: JobBody; answer: Job };
  readJob: { params: ReadJobParams; query: undefined; body: undefined; answer: Job };
  changeJob: { params: ChangeJobParams; query: undefined; body: JobPatch; answer: Job };
  closeJob: { params: CloseJobParams; query: undefined; body: undefined; answer: Job };
  cancelJob: { params: CancelJobParams; query: undefined; body: CancelJob; answer: Job };
  reopenJob: { params: ReopenJobParams; query: undefined; body: undefined; answer: Job };
  invoiceJob: { params: InvoiceJobParams; query: undefined; body: InvoiceJob; answer: Invoice };
  planVisit: { params: PlanVisitParams; query: undefined; body: VisitBody; answer: Visit };
  makeJobOfEstimate: { params: MakeJobOfEstimateParams; query: undefined; body: undefined; answer: Job };
  jobTimeline: { params: JobTimelineParams; query: JobTimelineQuery; body: undefined; answer: EventPage };
  listVisits: { params: undefined; query: ListVisitsQuery; body: undefined; answer: VisitPage };
  readVisit: { params: ReadVisitParams; query: undefined; body: undefined; answer: Visit };
  changeVisit: { params: ChangeVisitParams; query: undefined; body: VisitPatch; answer: Visit };
  setOffForVisit: { params: SetOffForVisitParams; query: undefined; body: undefined; answer: Visit };
  startVisit: { params: StartVisitParams; query: undefined; body: undefined; answer: Visit };
  finishVisit: { params: FinishVisitParams; query: undefined; body: FinishVisit; answer: Visit };
  skipVisit: { params: SkipVisitParams; query: undefined; body: VisitReason; answer: Visit };
  cancelVisit: { params: CancelVisitParams; query: undefined; body: VisitReason; answer: Visit };
  reopenVisit: { params: ReopenVisitParams; query: undefined; body: undefined; answer: Visit };
  addVisitPhoto: { params: AddVisitPhotoParams; query: AddVisitPhotoQuery; body: Blob; answer: VisitPhoto };
  readVisitPhoto: { params: ReadVisitPhotoParams; query: undefined; body: undefined; answer: Blob };
  removeVisitPhoto: { params: RemoveVisitPhotoParams; query: undefined; body: undefined; answer: undefined };
  readVisitRules: { params: undefined; query: undefined; body: undefined; answer: VisitRules };
  changeVisitRules: { params: undefined; query: undefined; body: VisitRulesPatch; answer: VisitRules };
  listPayments: { params: undefined; query: ListPaymentsQuery; body: undefined; answer: PaymentPage };
  downloadPayments: { params: undefined; query: DownloadPaymentsQuery; body: undefined; answer: Blob };
  recordPayment: { params: undefined; query: undefined; body: PaymentBody; answer: Payment };
  spreadPayment: { params: undefined; query: undefined; body: SpreadPayment; answer: Spread };
  readPayment: { params: ReadPaymentParams; query: undefined; body: undefined; answer: Payment };
  movePayment: { params: MovePaymentParams; query: undefined; body: MovePayment; answer: Payment };
  reversePayment: { params: ReversePaymentParams; query: undefined; body: ReversePayment; answer: Payment };
  listAnnouncements: { params: undefined; query: ListAnnouncementsQuery; body: undefined; answer: AnnouncementPage };
  endAnnouncement: { params: EndAnnouncementParams; query: undefined; body: undefined; answer: undefined };
  refundPayment: { params: RefundPaymentParams; query: undefined; body: RefundBody; answer: Refund };
  approveRefund: { params: ApproveRefundParams; query: undefined; body: undefined; answer: Refund };
  declineRefund: { params: DeclineRefundParams; query: undefined; body: undefined; answer: Refund };
  readRefundRules: { params: undefined; query: undefined; body: undefined; answer: RefundRules };
  changeRefundRules: { params: undefined; query: undefined; body: RefundRulesBody; answer: RefundRules };
  listCreditNotes: { params: ListCreditNotesParams; query: undefined; body: undefined; answer: CreditNotes };
  previewCreditNote: { params: PreviewCreditNoteParams; query: undefined; body: CreditPreviewBody; answer: CreditPreview };
  writeCreditNote: { params: WriteCreditNoteParams; query: undefined; body: CreditNoteBody; answer: CreditNote };
  readCreditNotePdf: { params: ReadCreditNotePdfParams; query: undefined; body: undefined; answer: Blob };
  listThreads: { params: undefined; query: ListThreadsQuery; body: undefined; answer: ThreadPage };
  readThread: { params: ReadThreadParams; query: undefined; body: undefined; answer: Thread };
  answerThread: { params: AnswerThreadParams; query: undefined; body: Answer; answer: Thread };
  startThread: { params: undefined; query: undefined; body: StartThread; answer: Thread };
  addThreadFile: { params: AddThreadFileParams; query: AddThreadFileQuery; body: Blob; answer: MessageFile };
  readThreadFile: { params: ReadThreadFileParams; query: undefined; body: undefined; answer: Blob };
  closeThread: { params: CloseThreadParams; query: undefined; body: undefined; answer: Thread };
  reopenThread: { params: ReopenThreadParams; query: undefined; body: undefined; answer: Thread };
  assignThread: { params: AssignThreadParams; query: undefined; body: AssignThread; answer: Thread };
  markThreadRead: { params: MarkThreadReadParams; query: undefined; body: undefined; answer: undefined };
  listSnippets: { params: undefined; query: undefined; body: undefined; answer: SnippetList };
  addSnippet: { params: undefined; query: undefined; body: SnippetBody; answer: Snippet };
  changeSnippet: { params: ChangeSnippetParams; query: undefined; body: SnippetBody; answer: Snippet };
  removeSnippet: { params: RemoveSnippetParams; query: undefined; body: undefined; answer: undefined };
  listQuestionedCharges: { params: undefined; query: ListQuestionedChargesQuery; body: undefined; answer: QuestionedChargePage };
  readQuestionedCharge: { params: ReadQuestionedChargeParams; query: undefined; body: undefined; answer: QuestionedCharge };
  answerQuestionedCharge: { params: AnswerQuestionedChargeParams; query: undefined; body: ChargeAnswer; answer: QuestionedCharge };
  listMails: { params: undefined; query: ListMailsQuery; body: undefined; answer: MailPage };
  readMail: { params: ReadMailParams; query: undefined; body: undefined; answer: Mail };
  readMailBody: { params: ReadMailBodyParams; query: undefined; body: undefined; answer: Blob };
  readSender: { params: undefined; query: undefined; body: undefined; answer: Sender };
  setSendingDomain: { params: undefined; query: undefined; body: SendingDomainBody; answer: Sender };
  removeSendingDomain: { params: undefined; query: undefined; body: undefined; answer: undefined };
  checkSendingDomain: { params: undefined; query: undefined; body: undefined; answer: Sender };
  listRefusingAddresses: { params: undefined; query: undefined; body: undefined; answer: RefusingAddressList };
  trustAddress: { params: TrustAddressParams; query: undefined; body: undefined; answer: undefined };
  listPayouts: { params: undefined; query: ListPayoutsQuery; body: undefined; answer: PayoutPage };
  readPayout: { params: ReadPayoutParams; query: undefined; body: undefined; answer: Payout };
  listPayoutEntries: { params: ListPayoutEntriesParams; query: ListPayoutEntriesQuery; body: undefined; answer: PayoutEntryPage };
  downloadPayout: { params: DownloadPayoutParams; query: undefined; body: undefined; answer: Blob };
  readProcessor: { params: undefined; query: undefined; body: undefined; answer: Processor };
  changeProcessor: { params: undefined; query: undefined; body: ProcessorPatch; answer: Processor };
  connectProcessor: { params: undefined; query: undefined; body: ProcessorKeyBody; answer: Processor };
  setSigningSecret: { params: undefined; query: undefined; body: SigningSecretBody; answer: Processor };
  dropOldSecret: { params: undefined; query: undefined; body: undefined; answer: Processor };
  confirmProcessor: { params: undefined; query: undefined; body: undefined; answer: Processor };
  cancelProcessor: { params: undefined; query: undefined; body: undefined; answer: Processor };
  disconnectProcessor: { params: undefined; query: undefined; body: undefined; answer: Processor };
  readComparison: { params: undefined; query: undefined; body: undefined; answer: ProcessorComparison };
  compareNow: { params: undefined; query: undefined; body: undefined; answer: ProcessorComparison };
  readHome: { params: undefined; query: undefined; body: undefined; answer: Home };
  listEvents: { params: undefined; query: ListEventsQuery; body: undefined; answer: EventPage };
  streamEvents: { params: undefined; query: StreamEventsQuery; body: undefined; answer: Blob };
  search: { params: undefined; query: SearchQuery; body: undefined; answer: FindingList };
  listImports: { params: undefined; query: ListImportsQuery; body: undefined; answer: ImportPage };
  startImport: { params: undefined; query: StartImportQuery; body: Blob; answer: Import };
  readImport: { params: ReadImportParams; query: undefined; body: undefined; answer: Import };
  changeImport: { params: ChangeImportParams; query: undefined; body: ImportChange; answer: Import };
  editImport: { params: EditImportParams; query: undefined; body: ImportEdits; answer: Import };
  commitImport: { params: CommitImportParams; query: undefined; body: undefined; answer: Import };
  cancelImport: { params: CancelImportParams; query: undefined; body: undefined; answer: Import };
  readUndo: { params: ReadUndoParams; query: undefined; body: undefined; answer: ImportUndo };
  undoImport: { params: UndoImportParams; query: undefined; body: undefined; answer: Import };
  listProblems: { params: ListProblemsParams; query: ListProblemsQuery; body: undefined; answer: ImportProblemPage };
  previewImport: { params: PreviewImportParams; query: undefined; body: undefined; answer: ImportPreview };
  readRejected: { params: ReadRejectedParams; query: undefined; body: undefined; answer: Blob };
  readTemplate: { params: ReadTemplateParams; query: undefined; body: undefined; answer: Blob };
  listOpenings: { params: ListOpeningsParams; query: undefined; body: undefined; answer: Openings };
  addOpening: { params: AddOpeningParams; query: undefined; body: OpeningBody; answer: Import };
  listExports: { params: undefined; query: ListExportsQuery; body: undefined; answer: ExportPage };
  startExport: { params: undefined; query: undefined; body: ExportOrder; answer: Export };
  readExport: { params: ReadExportParams; query: undefined; body: undefined; answer: Export };
  downloadExport: { params: DownloadExportParams; query: undefined; body: undefined; answer: Blob };
  readJournalSettings: { params: undefined; query: undefined; body: undefined; answer: JournalSettings };
  saveJournalSettings: { params: undefined; query: undefined; body: JournalChanges; answer: JournalSettings };
  readAging: { params: undefined; query: undefined; body: undefined; answer: AgingReport };
  readComing: { params: undefined; query: undefined; body: undefined; answer: ComingReport };
  readPaid: { params: undefined; query: ReadPaidQuery; body: undefined; answer: PaidReport };
  readTips: { params: undefined; query: ReadTipsQuery; body: undefined; answer: TipsReport };
  readSales: { params: undefined; query: ReadSalesQuery; body: undefined; answer: SalesReport };
  readTaxes: { params: undefined; query: ReadTaxesQuery; body: undefined; answer: TaxReport };
  readPace: { params: undefined; query: ReadPaceQuery; body: undefined; answer: PaceReport };
  readPortalUse: { params: undefined; query: ReadPortalUseQuery; body: undefined; answer: PortalUseReport };
  downloadReport: { params: DownloadReportParams; query: DownloadReportQuery; body: undefined; answer: Blob };
  listApiKeys: { params: undefined; query: undefined; body: undefined; answer: ApiKeyList };
  makeApiKey: { params: undefined; query: undefined; body: ApiKeyBody; answer: NewApiKey };
  renameApiKey: { params: RenameApiKeyParams; query: undefined; body: undefined; answer: ApiKey };
  rotateApiKey: { params: RotateApiKeyParams; query: undefined; body: undefined; answer: NewApiKey };
  revokeApiKey: { params: RevokeApiKeyParams; query: undefined; body: undefined; answer: ApiKey };
  listWebhooks: { params: undefined; query: undefined; body: undefined; answer: WebhookList };
  listEventKinds: { params: undefined; query: undefined; body: undefined; answer: EventKindList };
  addWebhook: { params: undefined; query: undefined; body: WebhookBody; answer: NewWebhook };
  readWebhook: { params: ReadWebhookParams; query: undefined; body: undefined; answer: Webhook };
  changeWebhook: { params: ChangeWebhookParams; query: undefined; body: WebhookPatch; answer: Webhook };
  removeWebhook: { params: RemoveWebhookParams; query: undefined; body: undefined; answer: undefined };
  rotateWebhookSecret: { params: RotateWebhookSecretParams; query: undefined; body: undefined; answer: NewWebhook };
  testWebhook: { params: TestWebhookParams; query: undefined; body: undefined; answer: WebhookTest };
  replayWebhook: { params: ReplayWebhookParams; query: undefined; body: WebhookReplayBody; answer: WebhookReplay };
  listWebhookDeliveries: { params: ListWebhookDeliveriesParams; query: ListWebhookDeliveriesQuery; body: undefined; answer: WebhookDeliveryPage };
  readWebhookDelivery: { params: ReadWebhookDeliveryParams; query: undefined; body: undefined; answer: WebhookDeliveryWithTries };
  replayWebhookDelivery: { params: ReplayWebhookDeliveryParams; query: undefined; body: undefined; answer: WebhookDelivery };
  fieldToday: { params: undefined; query: undefined; body: undefined; answer: CrewToday };
  fieldStartVisit: { params: FieldStartVisitParams; query: undefined; body: undefined; answer: CrewVisit };
  fieldFinishVisit: { params: FieldFinishVisitParams; query: undefined; body: CrewFinishVisit; answer: CrewVisit };
  fieldVisitPhoto: { params: FieldVisitPhotoParams; query: FieldVisitPhotoQuery; body: Blob; answer: CrewVisit };
  fieldItems: { params: undefined; query: FieldItemsQuery; body: undefined; answer: CrewItemList };
  fieldWork: { params: undefined; query: undefined; body: undefined; answer: CrewWork };
  fieldInvoice: { params: FieldInvoiceParams; query: undefined; body: undefined; answer: CrewInvoice };
  fieldWrite: { params: undefined; query: undefined; body: CrewInvoiceBody; answer: CrewInvoice };
  fieldPhoto: { params: FieldPhotoParams; query: FieldPhotoQuery; body: Blob; answer: CrewInvoice };
  fieldReady: { params: FieldReadyParams; query: undefined; body: undefined; answer: CrewInvoice };
  fieldSend: { params: FieldSendParams; query: undefined; body: undefined; answer: CrewInvoice };
  fieldLink: { params: FieldLinkParams; query: undefined; body: undefined; answer: CrewLink };
}

/** Method, path, and what goes along: v = If-Match, k = Idempotency-Key. */
export const calls = {
  signUp: ['POST', '/sign-up'],
  resendSignUpCode: ['POST', '/sign-up/code'],
  confirmSignUp: ['POST', '/sign-up/confirm'],
  signIn: ['POST', '/session'],
  readSession: ['GET', '/session'],
  changeAppearance: ['PUT', '/session/appearance'],
  signOut: ['DELETE', '/session'],
  switchBusiness: ['POST', '/session/business'],
  sendFreshCode: ['POST', '/session/code'],
  confirmFreshCode: ['POST', '/session/confirm'],
  secondSignIn: ['POST', '/session/second'],
  startPasskeySignIn: ['POST', '/session/passkey/ask'],
  passkeySignIn: ['POST', '/session/passkey'],
  startReset: ['POST', '/session/reset'],
  lookAtInvitation: ['POST', '/joining/look'],
  startJoining: ['POST', '/joining/code'],
  joinTeam: ['POST', '/joining'],
  readFactors: ['GET', '/me/factors'],
  startPasskey: ['POST', '/me/passkeys/ask'],
  addPasskey: ['POST', '/me/passkeys'],
  renamePasskey: ['PATCH', '/me/passkeys/{passkeyId}'],
  removePasskey: ['DELETE', '/me/passkeys/{passkeyId}'],
  startApp: ['POST', '/me/app/ask'],
  confirmApp: ['POST', '/me/app'],
  removeApp: ['DELETE', '/me/app'],
  renewRecoveryCodes: ['POST', '/me/recovery-codes'],
  askPasskeyProof: ['POST', '/session/confirm/passkey/ask'],
  confirmByPasskey: ['POST', '/session/confirm/passkey'],
  confirmByApp: ['POST', '/session/confirm/app'],
  listDevices: ['GET', '/me/devices'],
  signOutDevice: ['DELETE', '/me/devices/{sessionId}'],
  signOutOthers: ['POST', '/me/devices/others/sign-out', 'k'],
  changeOwnCard: ['PATCH', '/me'],
  startNewAddress: ['POST', '/me/email'],
  confirmNewAddress: ['POST', '/me/email/confirm'],
  listInvitations: ['GET', '/invitations'],
  inviteStaff: ['POST', '/invitations', 'k'],
  resendInvitation: ['POST', '/invitations/{invitationId}/send', 'k'],
  withdrawInvitation: ['DELETE', '/invitations/{invitationId}'],
  changeColleague: ['PATCH', '/staff/{staffId}'],
  removeColleague: ['DELETE', '/staff/{staffId}'],
  signOutColleague: ['POST', '/staff/{staffId}/sign-out', 'k'],
  readTeamRules: ['GET', '/team/rules'],
  changeTeamRules: ['PATCH', '/team/rules', 'v'],
  listRights: ['GET', '/team/rights'],
  listAssignments: ['GET', '/assignments'],
  addAssignment: ['POST', '/assignments', 'k'],
  endAssignment: ['DELETE', '/assignments/{assignmentId}'],
  readPayDetails: ['GET', '/settings/how-to-pay'],
  changePayDetails: ['PUT', '/settings/how-to-pay'],
  confirmPayDetails: ['POST', '/settings/how-to-pay/confirm', 'k'],
  cancelPayDetails: ['POST', '/settings/how-to-pay/cancel', 'k'],
  readSettings: ['GET', '/settings'],
  changeSettings: ['PATCH', '/settings', 'v'],
  readStorage: ['GET', '/settings/storage'],
  readLogo: ['GET', '/settings/logo'],
  saveLogo: ['PUT', '/settings/logo'],
  removeLogo: ['DELETE', '/settings/logo'],
  previewLook: ['GET', '/settings/look/preview'],
  showHistory: ['POST', '/settings/history/show', 'k'],
  listStaff: ['GET', '/staff'],
  listItems: ['GET', '/items'],
  addItem: ['POST', '/items', 'k'],
  readItem: ['GET', '/items/{itemId}'],
  changeItem: ['PATCH', '/items/{itemId}', 'v'],
  listTaxRates: ['GET', '/tax-rates'],
  addTaxRate: ['POST', '/tax-rates', 'k'],
  changeTaxRate: ['PATCH', '/tax-rates/{taxRateId}'],
  readAutopayRules: ['GET', '/autopay-rules'],
  changeAutopayRules: ['PATCH', '/autopay-rules', 'v'],
  listAutopay: ['GET', '/customers/{customerId}/autopay'],
  stopAutopay: ['POST', '/autopay/{mandateId}/stop', 'k'],
  readChargeRules: ['GET', '/charge-rules'],
  changeChargeRules: ['PATCH', '/charge-rules', 'v'],
  readCustomerCharges: ['GET', '/customers/{customerId}/charges'],
  changeCustomerCharges: ['PATCH', '/customers/{customerId}/charges', 'v'],
  stopLateFees: ['POST', '/invoices/{invoiceId}/late-fees/stop', 'k'],
  planInstallments: ['PUT', '/invoices/{invoiceId}/installments'],
  releaseRetainage: ['POST', '/invoices/{invoiceId}/release-retainage', 'k'],
  requestDeposit: ['POST', '/deposits', 'k'],
  listDeposits: ['GET', '/customers/{customerId}/deposits'],
  readDeposit: ['GET', '/deposits/{invoiceId}'],
  applyDeposit: ['POST', '/deposits/{invoiceId}/apply', 'k'],
  creditDeposit: ['POST', '/deposits/{invoiceId}/credit', 'k'],
  refundDeposit: ['POST', '/deposits/{invoiceId}/refund', 'k'],
  listCustomers: ['GET', '/customers'],
  addCustomer: ['POST', '/customers', 'k'],
  readCustomer: ['GET', '/customers/{customerId}'],
  changeCustomer: ['PATCH', '/customers/{customerId}', 'v'],
  downloadCustomerMonth: ['GET', '/customers/{customerId}/lines/csv'],
  customerTimeline: ['GET', '/customers/{customerId}/timeline'],
  listDetailChanges: ['GET', '/detail-changes'],
  acceptDetailChange: ['POST', '/detail-changes/{changeId}/accept', 'k'],
  refuseDetailChange: ['POST', '/detail-changes/{changeId}/refuse', 'k'],
  readDetailRules: ['GET', '/settings/detail-changes'],
  changeDetailRules: ['PUT', '/settings/detail-changes'],
  listShelf: ['GET', '/shelf'],
  addToShelf: ['POST', '/shelf', 'k'],
  readShelfFile: ['GET', '/shelf/{paperId}/file'],
  takeOffShelf: ['DELETE', '/shelf/{paperId}'],
  readStatement: ['GET', '/customers/{customerId}/statement'],
  readStatementPdf: ['GET', '/customers/{customerId}/statement/pdf'],
  downloadStatement: ['GET', '/customers/{customerId}/statement/csv'],
  readErasure: ['GET', '/customers/{customerId}/erasure'],
  eraseCustomer: ['POST', '/customers/{customerId}/erasure', 'k'],
  readClosing: ['GET', '/closing'],
  startClosing: ['POST', '/closing', 'k'],
  stopClosing: ['DELETE', '/closing'],
  listProperties: ['GET', '/customers/{customerId}/properties'],
  addProperty: ['POST', '/customers/{customerId}/properties', 'k'],
  readProperty: ['GET', '/properties/{propertyId}'],
  moveProperty: ['POST', '/properties/{propertyId}/move', 'k'],
  changeProperty: ['PATCH', '/properties/{propertyId}', 'v'],
  listPeople: ['GET', '/customers/{customerId}/people'],
  addPerson: ['POST', '/customers/{customerId}/people', 'k'],
  changePerson: ['PATCH', '/customers/{customerId}/people/{personId}', 'v'],
  setRights: ['PUT', '/customers/{customerId}/people/{personId}/rights'],
  removePerson: ['DELETE', '/customers/{customerId}/people/{personId}'],
  listStandIns: ['GET', '/customers/{customerId}/stand-ins'],
  nameStandIn: ['POST', '/customers/{customerId}/stand-ins', 'k'],
  endStandIn: ['POST', '/stand-ins/{standInId}/end', 'k'],
  issueMany: ['POST', '/invoices/issue', 'k'],
  sendMany: ['POST', '/invoices/send', 'k'],
  markPaid: ['POST', '/invoices/mark-paid', 'k'],
  downloadMany: ['GET', '/invoices/download'],
  printEnvelopes: ['GET', '/invoices/envelopes'],
  printMany: ['GET', '/invoices/print'],
  startBatch: ['POST', '/batches', 'k'],
  listBatches: ['GET', '/batches'],
  readBatch: ['GET', '/batches/{batchId}'],
  stopBatch: ['POST', '/batches/{batchId}/stop', 'k'],
  hurryBatch: ['POST', '/batches/{batchId}/hurry', 'k'],
  undoBatch: ['POST', '/batches/{batchId}/undo', 'k'],
  downloadBatch: ['GET', '/batches/{batchId}/papers'],
  listFilters: ['GET', '/filters'],
  saveFilter: ['POST', '/filters', 'k'],
  orderFilters: ['POST', '/filters/order', 'k'],
  changeFilter: ['PATCH', '/filters/{filterId}'],
  removeFilter: ['DELETE', '/filters/{filterId}'],
  listInvoices: ['GET', '/invoices'],
  totalInvoices: ['GET', '/invoices/totals'],
  createDraft: ['POST', '/invoices', 'k'],
  previewTotals: ['POST', '/invoices/preview-totals'],
  readInvoice: ['GET', '/invoices/{invoiceId}'],
  saveDraft: ['PATCH', '/invoices/{invoiceId}', 'v'],
  discardDraft: ['DELETE', '/invoices/{invoiceId}'],
  previewInvoice: ['GET', '/invoices/{invoiceId}/preview'],
  issueInvoice: ['POST', '/invoices/{invoiceId}/issue', 'vk'],
  showInvoice: ['POST', '/invoices/{invoiceId}/show', 'k'],
  closeInvoice: ['POST', '/invoices/{invoiceId}/close', 'k'],
  reopenInvoice: ['POST', '/invoices/{invoiceId}/reopen', 'k'],
  voidInvoice: ['POST', '/invoices/{invoiceId}/void', 'k'],
  replaceInvoice: ['POST', '/invoices/{invoiceId}/replace', 'k'],
  duplicateInvoice: ['POST', '/invoices/{invoiceId}/duplicate', 'k'],
  readPdf: ['GET', '/invoices/{invoiceId}/pdf'],
  invoiceTimeline: ['GET', '/invoices/{invoiceId}/timeline'],
  addAttachment: ['POST', '/invoices/{invoiceId}/attachments', 'k'],
  readAttachment: ['GET', '/invoices/{invoiceId}/attachments/{fileId}'],
  removeAttachment: ['DELETE', '/invoices/{invoiceId}/attachments/{fileId}'],
  listRecipients: ['GET', '/invoices/{invoiceId}/recipients'],
  previewMail: ['GET', '/invoices/{invoiceId}/mail-preview'],
  previewMailBody: ['GET', '/invoices/{invoiceId}/mail-preview/html'],
  sendInvoice: ['POST', '/invoices/{invoiceId}/send', 'k'],
  sendTest: ['POST', '/invoices/{invoiceId}/send-test', 'k'],
  listScheduled: ['GET', '/scheduled-invoices'],
  readSchedule: ['GET', '/invoices/{invoiceId}/schedule'],
  scheduleInvoice: ['PUT', '/invoices/{invoiceId}/schedule'],
  unscheduleInvoice: ['DELETE', '/invoices/{invoiceId}/schedule'],
  readReminderRules: ['GET', '/reminders/rules'],
  changeReminderRules: ['PATCH', '/reminders/rules', 'v'],
  readReminderReach: ['GET', '/reminders/reach'],
  remindHistory: ['POST', '/reminders/history', 'k'],
  planReminders: ['GET', '/reminders/plan'],
  previewReminder: ['GET', '/reminders/preview'],
  previewReminderBody: ['GET', '/reminders/preview/html'],
  previewReminderWording: ['GET', '/reminders/wording/html'],
  readInvoiceReminders: ['GET', '/invoices/{invoiceId}/reminders'],
  chooseInvoiceReminders: ['PUT', '/invoices/{invoiceId}/reminders'],
  sendReminder: ['POST', '/invoices/{invoiceId}/reminders', 'k'],
  skipReminder: ['POST', '/invoices/{invoiceId}/reminders/skip', 'k'],
  readCustomerReminders: ['GET', '/customers/{customerId}/reminders'],
  chooseCustomerReminders: ['PUT', '/customers/{customerId}/reminders'],
  setPersonStop: ['PUT', '/people/{personId}/stops'],
  listLinks: ['GET', '/invoices/{invoiceId}/links'],
  makeLink: ['POST', '/invoices/{invoiceId}/links'],
  copyLink: ['POST', '/links/{linkId}/copy'],
  revokeLink: ['POST', '/links/{linkId}/revoke', 'k'],
  listEstimates: ['GET', '/estimates'],
  totalEstimates: ['GET', '/estimates/totals'],
  createEstimate: ['POST', '/estimates', 'k'],
  previewEstimate: ['POST', '/estimates/preview-totals'],
  readEstimate: ['GET', '/estimates/{estimateId}'],
  saveEstimate: ['PATCH', '/estimates/{estimateId}', 'v'],
  discardEstimate: ['DELETE', '/estimates/{estimateId}'],
  issueEstimate: ['POST', '/estimates/{estimateId}/issue', 'vk'],
  showEstimate: ['POST', '/estimates/{estimateId}/show', 'k'],
  reviseEstimate: ['POST', '/estimates/{estimateId}/revise', 'k'],
  withdrawEstimate: ['POST', '/estimates/{estimateId}/withdraw', 'k'],
  extendEstimate: ['POST', '/estimates/{estimateId}/extend', 'k'],
  duplicateEstimate: ['POST', '/estimates/{estimateId}/duplicate', 'k'],
  copyEstimate: ['POST', '/estimates/{estimateId}/copy', 'k'],
  compareEstimates: ['GET', '/estimates/{estimateId}/changes'],
  chooseOfEstimate: ['POST', '/estimates/{estimateId}/choose'],
  estimateTimeline: ['GET', '/estimates/{estimateId}/timeline'],
  readEstimateRules: ['GET', '/estimate-rules'],
  changeEstimateRules: ['PATCH', '/estimate-rules'],
  listChangeOrders: ['GET', '/change-orders'],
  createChangeOrder: ['POST', '/change-orders', 'k'],
  readChangeOrder: ['GET', '/change-orders/{estimateId}'],
  addEstimateFile: ['POST', '/estimates/{estimateId}/attachments', 'k'],
  readEstimateFile: ['GET', '/estimates/{estimateId}/attachments/{fileId}'],
  removeEstimateFile: ['DELETE', '/estimates/{estimateId}/attachments/{fileId}'],
  listEstimateRecipients: ['GET', '/estimates/{estimateId}/recipients'],
  previewEstimateMail: ['GET', '/estimates/{estimateId}/mail-preview'],
  previewEstimateMailBody: ['GET', '/estimates/{estimateId}/mail-preview/html'],
  previewEstimatePage: ['GET', '/estimates/{estimateId}/preview'],
  listEstimateLinks: ['GET', '/estimates/{estimateId}/links'],
  makeEstimateLink: ['POST', '/estimates/{estimateId}/links'],
  copyEstimateLink: ['POST', '/estimates/{estimateId}/links/{linkId}/copy'],
  revokeEstimateLink: ['POST', '/estimates/{estimateId}/links/{linkId}/revoke', 'k'],
  sendEstimate: ['POST', '/estimates/{estimateId}/send', 'k'],
  approveEstimate: ['POST', '/estimates/{estimateId}/approve', 'k'],
  declineEstimate: ['POST', '/estimates/{estimateId}/decline', 'k'],
  requestEstimateChanges: ['POST', '/estimates/{estimateId}/request-changes', 'k'],
  undoEstimateApproval: ['POST', '/estimates/{estimateId}/undo-approval', 'k'],
  invoiceEstimate: ['POST', '/estimates/{estimateId}/make-invoice', 'k'],
  billContract: ['POST', '/estimates/{estimateId}/bill', 'k'],
  askEstimateDeposit: ['POST', '/estimates/{estimateId}/ask-deposit', 'k'],
  listApprovals: ['GET', '/approvals'],
  checkApprovals: ['GET', '/approvals/chain'],
  readApproval: ['GET', '/approvals/{approvalId}'],
  readApprovalRecord: ['GET', '/approvals/{approvalId}/record'],
  readEstimatePdf: ['GET', '/estimates/{estimateId}/pdf'],
  listJobs: ['GET', '/jobs'],
  createJob: ['POST', '/jobs', 'k'],
  readJob: ['GET', '/jobs/{jobId}'],
  changeJob: ['PATCH', '/jobs/{jobId}', 'v'],
  closeJob: ['POST', '/jobs/{jobId}/close', 'k'],
  cancelJob: ['POST', '/jobs/{jobId}/cancel', 'k'],
  reopenJob: ['POST', '/jobs/{jobId}/reopen', 'k'],
  invoiceJob: ['POST', '/jobs/{jobId}/invoice', 'k'],
  planVisit: ['POST', '/jobs/{jobId}/visits', 'k'],
  makeJobOfEstimate: ['POST', '/estimates/{estimateId}/job', 'k'],
  jobTimeline: ['GET', '/jobs/{jobId}/timeline'],
  listVisits: ['GET', '/visits'],
  readVisit: ['GET', '/visits/{visitId}'],
  changeVisit: ['PATCH', '/visits/{visitId}', 'v'],
  setOffForVisit: ['POST', '/visits/{visitId}/on-the-way', 'k'],
  startVisit: ['POST', '/visits/{visitId}/start', 'k'],
  finishVisit: ['POST', '/visits/{visitId}/finish', 'k'],
  skipVisit: ['POST', '/visits/{visitId}/skip', 'k'],
  cancelVisit: ['POST', '/visits/{visitId}/cancel', 'k'],
  reopenVisit: ['POST', '/visits/{visitId}/reopen', 'k'],
  addVisitPhoto: ['POST', '/visits/{visitId}/photos', 'k'],
  readVisitPhoto: ['GET', '/visits/{visitId}/photos/{fileId}'],
  removeVisitPhoto: ['DELETE', '/visits/{visitId}/photos/{fileId}'],
  readVisitRules: ['GET', '/visit-rules'],
  changeVisitRules: ['PATCH', '/visit-rules'],
  listPayments: ['GET', '/payments'],
  downloadPayments: ['GET', '/payments/csv'],
  recordPayment: ['POST', '/payments', 'k'],
  spreadPayment: ['POST', '/payments/spread'],
  readPayment: ['GET', '/payments/{paymentId}'],
  movePayment: ['POST', '/payments/{paymentId}/move', 'k'],
  reversePayment: ['POST', '/payments/{paymentId}/reverse', 'k'],
  listAnnouncements: ['GET', '/announcements'],
  endAnnouncement: ['POST', '/announcements/{announcementId}/end', 'k'],
  refundPayment: ['POST', '/payments/{paymentId}/refunds', 'k'],
  approveRefund: ['POST', '/refunds/{refundId}/approve', 'k'],
  declineRefund: ['POST', '/refunds/{refundId}/decline', 'k'],
  readRefundRules: ['GET', '/refund-rules'],
  changeRefundRules: ['PUT', '/refund-rules'],
  listCreditNotes: ['GET', '/invoices/{invoiceId}/credit-notes'],
  previewCreditNote: ['POST', '/invoices/{invoiceId}/credit-notes/preview'],
  writeCreditNote: ['POST', '/invoices/{invoiceId}/credit-notes', 'k'],
  readCreditNotePdf: ['GET', '/credit-notes/{creditNoteId}/pdf'],
  listThreads: ['GET', '/threads'],
  readThread: ['GET', '/threads/{threadId}'],
  answerThread: ['POST', '/threads/{threadId}/messages', 'k'],
  startThread: ['POST', '/threads', 'k'],
  addThreadFile: ['POST', '/threads/{threadId}/files', 'k'],
  readThreadFile: ['GET', '/threads/{threadId}/files/{fileId}'],
  closeThread: ['POST', '/threads/{threadId}/close', 'k'],
  reopenThread: ['POST', '/threads/{threadId}/reopen', 'k'],
  assignThread: ['POST', '/threads/{threadId}/assign', 'k'],
  markThreadRead: ['POST', '/threads/{threadId}/read', 'k'],
  listSnippets: ['GET', '/snippets'],
  addSnippet: ['POST', '/snippets', 'k'],
  changeSnippet: ['PUT', '/snippets/{snippetId}'],
  removeSnippet: ['DELETE', '/snippets/{snippetId}'],
  listQuestionedCharges: ['GET', '/questioned-charges'],
  readQuestionedCharge: ['GET', '/questioned-charges/{questionId}'],
  answerQuestionedCharge: ['POST', '/questioned-charges/{questionId}/answer', 'k'],
  listMails: ['GET', '/mails'],
  readMail: ['GET', '/mails/{mailId}'],
  readMailBody: ['GET', '/mails/{mailId}/html'],
  readSender: ['GET', '/sender'],
  setSendingDomain: ['PUT', '/sender/domain'],
  removeSendingDomain: ['DELETE', '/sender/domain'],
  checkSendingDomain: ['POST', '/sender/domain/check', 'k'],
  listRefusingAddresses: ['GET', '/refusing-addresses'],
  trustAddress: ['POST', '/people/{personId}/trust-address', 'k'],
  listPayouts: ['GET', '/payouts'],
  readPayout: ['GET', '/payouts/{payoutId}'],
  listPayoutEntries: ['GET', '/payouts/{payoutId}/entries'],
  downloadPayout: ['GET', '/payouts/{payoutId}/csv'],
  readProcessor: ['GET', '/processor'],
  changeProcessor: ['PATCH', '/processor'],
  connectProcessor: ['PUT', '/processor/key'],
  setSigningSecret: ['PUT', '/processor/signing-secret'],
  dropOldSecret: ['DELETE', '/processor/old-signing-secret'],
  confirmProcessor: ['POST', '/processor/confirm', 'k'],
  cancelProcessor: ['POST', '/processor/cancel', 'k'],
  disconnectProcessor: ['DELETE', '/processor/key'],
  readComparison: ['GET', '/processor/comparison'],
  compareNow: ['POST', '/processor/comparison', 'k'],
  readHome: ['GET', '/home'],
  listEvents: ['GET', '/events'],
  streamEvents: ['GET', '/events/stream'],
  search: ['GET', '/search'],
  listImports: ['GET', '/imports'],
  startImport: ['POST', '/imports', 'k'],
  readImport: ['GET', '/imports/{importId}'],
  changeImport: ['PATCH', '/imports/{importId}', 'v'],
  editImport: ['POST', '/imports/{importId}/edits', 'k'],
  commitImport: ['POST', '/imports/{importId}/commit', 'k'],
  cancelImport: ['POST', '/imports/{importId}/cancel', 'k'],
  readUndo: ['GET', '/imports/{importId}/undo'],
  undoImport: ['POST', '/imports/{importId}/undo', 'k'],
  listProblems: ['GET', '/imports/{importId}/problems'],
  previewImport: ['GET', '/imports/{importId}/rows'],
  readRejected: ['GET', '/imports/{importId}/rejected'],
  readTemplate: ['GET', '/import-templates/{template}'],
  listOpenings: ['GET', '/customers/{customerId}/openings'],
  addOpening: ['POST', '/customers/{customerId}/openings', 'k'],
  listExports: ['GET', '/exports'],
  startExport: ['POST', '/exports', 'k'],
  readExport: ['GET', '/exports/{exportId}'],
  downloadExport: ['GET', '/exports/{exportId}/file'],
  readJournalSettings: ['GET', '/settings/journal'],
  saveJournalSettings: ['PUT', '/settings/journal', 'v'],
  readAging: ['GET', '/reports/aging'],
  readComing: ['GET', '/reports/coming'],
  readPaid: ['GET', '/reports/paid'],
  readTips: ['GET', '/reports/tips'],
  readSales: ['GET', '/reports/sales'],
  readTaxes: ['GET', '/reports/taxes'],
  readPace: ['GET', '/reports/days-to-pay'],
  readPortalUse: ['GET', '/reports/portal'],
  downloadReport: ['GET', '/reports/{report}/csv'],
  listApiKeys: ['GET', '/api-keys'],
  makeApiKey: ['POST', '/api-keys'],
  renameApiKey: ['PATCH', '/api-keys/{keyId}'],
  rotateApiKey: ['POST', '/api-keys/{keyId}/rotate'],
  revokeApiKey: ['POST', '/api-keys/{keyId}/revoke', 'k'],
  listWebhooks: ['GET', '/webhooks'],
  listEventKinds: ['GET', '/event-kinds'],
  addWebhook: ['POST', '/webhooks'],
  readWebhook: ['GET', '/webhooks/{webhookId}'],
  changeWebhook: ['PATCH', '/webhooks/{webhookId}', 'v'],
  removeWebhook: ['DELETE', '/webhooks/{webhookId}'],
  rotateWebhookSecret: ['POST', '/webhooks/{webhookId}/rotate-secret'],
  testWebhook: ['POST', '/webhooks/{webhookId}/test', 'k'],
  replayWebhook: ['POST', '/webhooks/{webhookId}/replay', 'k'],
  listWebhookDeliveries: ['GET', '/webhooks/{webhookId}/deliveries'],
  readWebhookDelivery: ['GET', '/webhooks/{webhookId}/deliveries/{deliveryId}'],
  replayWebhookDelivery: ['POST', '/webhooks/{webhookId}/deliveries/{deliveryId}/replay', 'k'],
  fieldToday: ['GET', '/field/today'],
  fieldStartVisit: ['POST', '/field/visits/{visitId}/start', 'k'],
  fieldFinishVisit: ['POST', '/field/visits/{visitId}/finish', 'k'],
  fieldVisitPhoto: ['POST', '/field/visits/{visitId}/photos', 'k'],
  fieldItems: ['GET', '/field/items'],
  fieldWork: ['GET', '/field/invoices'],
  fieldInvoice: ['GET', '/field/invoices/{invoiceId}'],
  fieldWrite: ['POST', '/field/invoices', 'k'],
  fieldPhoto: ['POST', '/field/invoices/{invoiceId}/photos', 'k'],
  fieldReady: ['POST', '/field/invoices/{invoiceId}/ready', 'k'],
  fieldSend: ['POST', '/field/invoices/{invoiceId}/send', 'k'],
  fieldLink: ['POST', '/field/invoices/{invoiceId}/link'],
} as const satisfies Record<keyof Operations, readonly [string, string, string?]>;
