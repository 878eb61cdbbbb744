/** Why a refund did not go through, in words; what a processor says in its own stays as it is. */
const failures: Readonly<Record<string, string>> = {
  payment_returned: 'not sent, because the bank took the payment back first',
  payment_disputed: 'not sent, because the payment is disputed and the card’s bank took the money',
  never_sent: 'the processor never got it',
  account_closed: 'the account is closed',
  declined: 'declined',
};

export const refundFailureWords = (failure: string): string => failures[failure] ?? failure;
