import type { Session } from '../../api/types.ts';

export type Role = Session['staff']['role'];

export const roleNames: Readonly<Record<Role, string>> = { owner: 'Owner', admin: 'Admin', office: 'Office', field: 'Field crew' };
export const roles = Object.entries(roleNames).map(([value, label]) => ({ value: value as Role, label }));
