/** What a way of paying costs more, or saves. */
export const fees = {
  cardFee: 'Card fee',
  saving: 'Bank account saving',
  plus: (amount: string, fee: string) => `${amount} + ${fee} card fee`,
  less: (amount: string, saving: string) => `${amount} − ${saving} saving`,
  savedOfIt: (saving: string) => `${saving} of it saved`,
  cardRule: (rule: string) => `Paying by card adds a fee of ${rule}. It is charged once for this payment and is not part of your invoice.`,
  bankRule: (rate: string) => `Paying from a bank account saves ${rate}.`,
  atMost: (rule: string, most: string) => `${rule}, at most ${most}`,
  withFee: (title: string, fee: string) => `${title} + ${fee} card fee`,
  withSaving: (title: string, saving: string) => `${title} − ${saving} saving`,
};
