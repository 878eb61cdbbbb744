import { counted } from '../counted.ts';
import type { Words } from '../words.ts';

const n = counted('es');

export const changeOrder: Words['changeOrder'] = {
  title: 'Órdenes de cambio',
  changesWhat: 'Cambia',
  changes: (number) => `Cambia ${number}`,
  contract: 'Contrato a la fecha',
  original: 'Acordado al principio',
  approvedChanges: (count) => n(count, { one: '# cambio aprobado', other: '# cambios aprobados' }),
  before: 'Contrato ahora',
  thisChange: 'Este cambio',
  after: 'Contrato después de aprobar',
  billed: 'Facturado a la fecha',
  left: 'Por facturar',
  released: (amount) => `Se liberaron ${amount} de lo retenido`,
  notStanding: (number) => `${number} ya no está aprobado, así que este cambio no se puede aprobar ahora.`,
  instead: {
    work: 'Qué cambia',
    scope: 'Qué cambia y por qué',
    back: 'Volver a la orden de cambio',
    notYouLead: 'Cierre esta orden de cambio en este navegador. Nadie más pierde nada y el enlace del correo sigue funcionando.',
    renewText: 'Por favor, renueven esta orden de cambio. Me gustaría seguir adelante.',
  },
  banner: {
    expiredTitle: 'Esta orden de cambio venció',
    withdrawnTitle: 'Hemos retirado esta orden de cambio',
    withdrawnLead: 'Ya no se puede aprobar. Lo acordado antes queda como está.',
    replacedTitle: 'Hay una versión más nueva de esta orden de cambio',
    approvalWithdrawn: (day) => `La aprobación se retiró el ${day}. La orden de cambio vuelve a esperar una respuesta.`,
  },
  decline: { title: 'Rechazar esta orden de cambio', lead: 'Nada cambia: lo acordado antes queda como está.', press: 'Rechazar esta orden de cambio' },
  timeline: { issued: 'Orden de cambio hecha' },
  undo: { lead: 'La orden de cambio vuelve a esperar una respuesta. La constancia de la aprobación queda, junto con la de que se retiró.' },
};
