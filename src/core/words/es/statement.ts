import { counted } from '../counted.ts';
import type { Words } from '../words.ts';

const n = counted('es');

export const statement: Words['statement'] = {
  ofPlaces: (count) => n(count, { one: '# de sus propiedades', other: '# de sus propiedades' }),
  ofTheirPlaces: (count) => n(count, { one: '# propiedad', other: '# propiedades' }),
  period: (from, to) => `Del ${from} al ${to}`,
  since: (from) => `Desde el ${from}`,
  until: (to) => `Hasta el ${to}`,
  upTo: (day) => `Desde el inicio hasta el ${day}`,
  knownOn: (day) => `Según nuestros libros al ${day}`,
  showNow: 'Mostrarlo al día de hoy',
  opening: (day) => `Saldo antes del ${day}`,
  charged: 'Cargos',
  settled: 'Pagos y saldos a favor',
  balanceOn: (day) => `Saldo al ${day}`,
  ageing: 'Días de retraso',
  buckets: {
    current: 'Sin retraso',
    days30: 'De 1 a 30 días de retraso',
    days60: 'De 31 a 60 días de retraso',
    days90: 'De 61 a 90 días de retraso',
    over90: 'Más de 90 días de retraso',
  },
  processing: (amount) => `${amount} en proceso. Se descuenta del saldo cuando el banco lo reciba.`,
  announced: (amount) => `${amount} anunciados. Se descuentan del saldo cuando lleguen.`,
  inQuestion: (amount) => `Del saldo, ${amount} en revisión.`,
  heldBack: (amount) => `Del saldo, ${amount} retenidos (garantía), que aún no vencen.`,
  entered: (day) => `registrado el ${day}`,
  lateTitle: (day) => `Registrado después del ${day}`,
  lateLead: 'Corresponde a días de este estado de cuenta, pero llegó más tarde. No está en ninguna de sus cifras.',
  periods: { all: 'Todo', this_month: 'Este mes', last_month: 'Mes pasado', this_year: 'Este año', last_year: 'Año pasado' },
  other: 'Otras fechas o propiedades',
  asOf: 'Según nuestros libros al (opcional)',
  properties: 'Propiedades',
  show: 'Mostrar estado de cuenta',
  pdf: 'Descargar estado de cuenta',
};
