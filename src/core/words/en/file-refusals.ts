import type { RefusalCode } from '../../refusal.ts';

/** Why a file or message was not taken. */
export const fileRefusals = {
  file_type_refused: 'We can take JPEG, PNG and WebP pictures and PDFs whose name says so. Nothing was sent.',
  file_too_large: 'Together the files may have 10 MB. Nothing was sent.',
  file_unreadable: 'This picture could not be read. Nothing was sent; please try another.',
  too_many_files: 'Please send up to 5 files at once. Nothing was sent.',
  storage_full: 'We cannot take files right now. Please send your message without them, or call us.',
  wrong_choice: 'This is not one of the choices.',
} satisfies Partial<Record<RefusalCode, string>>;
