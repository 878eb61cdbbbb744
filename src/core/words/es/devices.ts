import type { Words } from '../words.ts';

export const devices: Words['devices'] = {
  title: 'Dispositivos',
  lead: 'Dónde ha entrado usted con esta dirección, en todas las empresas. Cierre la sesión de lo que no conozca o ya no use.',
  name: (browser: string, system: string) => (browser && system ? `${browser} en ${system}` : browser || system || 'Otro dispositivo'),
  here: 'Este dispositivo',
  since: (date: string) => `Entró el ${date}`,
  lastUsed: (date: string) => `Último uso: ${date}`,
  until: (date: string) => `Termina a más tardar el ${date}`,
  signOut: 'Cerrar la sesión de este dispositivo',
  others: 'Cerrar la sesión de todos los demás',
  onlyHere: 'No ha entrado en ningún otro lugar.',
  told: { one: 'La sesión de ese dispositivo está cerrada.', others: 'Las sesiones de todos los demás dispositivos están cerradas.' },
  mail: {
    subject: (business: string) => `Un dispositivo nuevo entró en su cuenta de ${business}`,
    lead: (device: string, business: string) =>
      `Alguien entró en su cuenta de ${business} con un código enviado a esta dirección, desde un dispositivo que no habíamos visto: ${device}.`,
    after: 'Si fue usted, no tiene que hacer nada. Si no, entre, abra Dispositivos, cierre las demás sesiones y revise su buzón: el código salió de ahí.',
  },
};

export const everything: Words['everything'] = {
  title: 'Todo lo que debe',
  lead: 'Lo que vence en sus cuentas, en cada empresa donde entra con esta dirección. Solo usted ve esta página.',
  open: 'Todo lo que debe, en todas las cuentas',
};
