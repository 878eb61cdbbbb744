import { counted } from '../counted.ts';

const n = counted('es');

export const charges = {
  deposit: 'Anticipo',
  depositTitle: (number: string) => `Solicitud de anticipo ${number}`,
  depositLead: 'Es dinero pagado por adelantado. Lo guardamos y lo descontamos de su factura. No lleva impuesto.',
  depositApplied: 'Anticipo aplicado',
  depositAppliedFrom: (number: string) => `Anticipo aplicado (${number})`,
  payDeposit: (number: string) => `Pagar anticipo ${number}`,
  lateFee: 'Recargo por retraso',
  lateFeeTitle: (number: string) => `Recargo por retraso ${number}`,
  feeLine: (number: string) => `Recargo por retraso de la factura ${number}`,
  feeWhy: (date: string) => `Venció el ${date} y no está pagada por completo.`,
  feeAbout: (number: string) => `Se cobra porque la factura ${number} no se pagó a tiempo.`,
  openAbout: (number: string) => `Ver la factura ${number}`,
  feeOnce: (fee: string) => `Si no se paga a más tardar en la fecha de vencimiento, cobramos un recargo de ${fee}.`,
  feeOnceAfter: (fee: string, days: number) =>
    n(days, {
      one: `Si no se paga en # día después del vencimiento, cobramos un recargo de ${fee}.`,
      other: `Si no se paga en # días después del vencimiento, cobramos un recargo de ${fee}.`,
    }),
  feeMonthly: (fee: string) => `Si no se paga a más tardar en la fecha de vencimiento, cobramos un recargo de ${fee} por cada mes de retraso.`,
  feeMonthlyAfter: (fee: string, days: number) =>
    n(days, {
      one: `Si no se paga en # día después del vencimiento, cobramos un recargo de ${fee} por cada mes de retraso.`,
      other: `Si no se paga en # días después del vencimiento, cobramos un recargo de ${fee} por cada mes de retraso.`,
    }),
  feeCap: (cap: string) => `Los recargos nunca suman más de ${cap}.`,
  ofOverdue: (rate: string) => `${rate} de lo vencido`,
  early: 'Descuento por pago anticipado',
  earlyOffer: (less: string, date: string, full: string) => `Pague ${less} hasta el ${date} en lugar de ${full}`,
  earlyRule: (rate: string, saved: string, date: string) => `${rate} de descuento, ${saved}, si paga el total hasta el ${date}.`,
  depositSubject: (number: string, business: string, amount: string) => `Solicitud de anticipo ${number} de ${business}: ${amount}`,
  depositMail: (number: string, amount: string, date: string) =>
    `Le enviamos la solicitud de un anticipo de ${amount}, que vence el ${date}. Es la número ${number}.`,
  feeSubject: (number: string, business: string, amount: string) => `Recargo por retraso ${number} de ${business}: ${amount}`,
  feeMail: (number: string, amount: string, date: string) => `Hay un recargo por retraso de ${amount}, que vence el ${date}. Es el número ${number}.`,
  shareOf: (rate: string, amount: string) => `${rate} de ${amount}`,
  number: 'Número',
  day: 'Fecha de la solicitud',
  seeAndPay: 'Ver la solicitud y pagar',
  howToPayLead: (number: string) => `Escriba ${number} en su pago para que lo podamos reconocer.`,
  used: (amount: string, number: string) => `${amount} aplicados a la factura ${number}`,
  taken: (amount: string, number: string) => `Anticipo ${number} aplicado: ${amount}`,
  credited: (amount: string) => `${amount} quedan como saldo a su favor`,
  refunded: (amount: string) => `Le devolvimos ${amount}`,
  discounted: (amount: string) => `Descuento de ${amount} por pago anticipado`,
  asked: 'Anticipo solicitado',
  feeMade: 'Recargo por retraso',
  installments: 'Cuotas',
  installment: (place: number, count: number) => `Cuota ${place} de ${count}`,
  installmentState: { paid: 'Pagada', processing: 'En proceso', overdue: 'Vencida', due: 'Por pagar', later: 'A pagar más adelante' },
  installmentDue: (place: number, count: number, amount: string, date: string) => `Cuota ${place} de ${count}: ${amount}, vence el ${date}`,
  installmentsMail: (number: string, amount: string, count: number) =>
    `Le enviamos la factura ${number} por ${amount}. Se paga en ${count} cuotas; puede pagar cada una antes si lo desea.`,
  leftOf: (amount: string) => `quedan ${amount}`,
  balanceOf: (amount: string) => `Saldo ${amount}`,
  payNext: (amount: string) => `Pagar ahora solo ${amount}`,
  payRest: (amount: string) => `Pagar todo, ${amount}`,
  rescheduled: 'Cuotas modificadas',
};
