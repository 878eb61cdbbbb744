import type { DemoCustomer } from './cast.ts';

const names =
  `Alma Reyes|Boris Lindqvist|Celia Nakamura|Dmitri Voss|Esther Adeyemi|Farid Haddad|Greta Holm|Hugo Santos|Ivy Chen|Jonas Weber|Keiko Mori|Leo Marchetti
Mina Farouk|Nils Berg|Olive Carter|Pablo Ibarra|Quinn Archer|Rita Kaplan|Silas Moore|Tara Singh|Uma Patel|Viktor Novak|Wanda Fields|Xavier Boone
Yara Costa|Zeke Turner|Anya Petrova|Bruno Keller|Cora Whitman|Desmond Price|Elif Kaya|Fiona Gallagher|Gideon Marsh|Hana Suzuki|Isaac Grant|June Park`.split(
    /[|\n]/,
  );
const streets = ['Mill Court', 'Clover Bend', 'Orchard Way', 'Depot Street', 'Heron Lane', 'Cedar Hollow'];

/** The rest of the town, so that lists have pages and search has something to find. */
export const townspeople: readonly DemoCustomer[] = names.map((name, at) => {
  const mailbox = name.toLowerCase().replace(/[^a-z]+/g, '.');
  return {
    key: mailbox,
    kind: 'residential',
    name,
    address: { street: `${12 + at * 3} ${streets[at % streets.length]}` },
    people: [{ key: mailbox, name, email: `${mailbox}@example.com`, bills: true }],
  };
});
