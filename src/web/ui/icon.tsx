/** Line drawings on a 24 by 24 grid, one path each. They stand beside a word, so screen readers skip them. */
const drawings = {
  clock: 'M12 7v5l3 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18',
  check: 'M8 12.5l2.7 2.7L16 9.5M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18',
  alert: 'M12 8v5M12 16.5v.01M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18',
  half: 'M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18',
  moving: 'M4 12h14M13 7l5 5-5 5',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14M16 16l4.5 4.5',
  back: 'M9 6L4 11l5 5M4 11h10a6 6 0 0 1 0 12',
  cross: 'M9 9l6 6M15 9l-6 6M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18',
  swap: 'M4 8h14l-3-3M20 16H6l3 3',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  print: 'M7 9V4h10v5M7 17H4v-7h16v7h-3M7 14h10v6H7z',
  share: 'M12 15V4M8 7l4-4 4 4M6 12H5v9h14v-9h-1',
  chat: 'M4 5h16v11H10l-4 4v-4H4z',
  people: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M3 20c0-3.5 2.5-6 6-6s6 2.5 6 6M16 4.5a3.5 3.5 0 0 1 0 6M21 20c0-2.5-1-4.5-3-5.5',
  paper: 'M6 3h9l4 4v14H6zM9 12h7M9 16h7',
  offer: 'M9 3h6v4H9zM9 5H5v16h14V5h-4M9 14l2 2 4-4',
  home: 'M4 11l8-7 8 7v9h-5v-6H9v6H4z',
  receipt: 'M5 3h14v18l-3-2-2 2-2-2-2 2-2-2-3 2zM9 8h6M9 12h6',
  book: 'M5 4h12v16H5zM8 4v16M11 9h3M11 12h3M11 15h3',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4.5 21c0-4 3-7 7.5-7s7.5 3 7.5 7',
  phone: 'M6 3h3l2 5-2.5 2a11 11 0 0 0 5.5 5.5l2-2.5 5 2v3a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2',
  mail: 'M3 6h18v13H3zM3 7l9 7 9-7',
  next: 'M9 5l7 7-7 7',
  place: 'M12 21c4-4.5 6.5-8 6.5-11.5a6.5 6.5 0 0 0-13 0C5.5 13 8 16.5 12 21M12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5',
  card: 'M3 6h18v12H3zM3 10h18M6 15h4',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4',
  more: 'M6 12v.01M12 12v.01M18 12v.01',
} as const;

export type IconName = keyof typeof drawings;

export function Icon({ name }: Readonly<{ name: IconName }>) {
  return (
    <svg className="i" viewBox="0 0 24 24" aria-hidden="true">
      <path d={drawings[name]} />
    </svg>
  );
}
