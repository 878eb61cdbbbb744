import type { fileRefusals as english } from '../en/file-refusals.ts';

export const fileRefusals: typeof english = {
  file_type_refused: 'Aceptamos imágenes JPEG, PNG y WebP y archivos PDF cuyo nombre lo diga. No se envió nada.',
  file_too_large: 'Los archivos pueden tener 10 MB en total. No se envió nada.',
  file_unreadable: 'No se pudo leer esta imagen. No se envió nada; pruebe con otra.',
  too_many_files: 'Envíe hasta 5 archivos a la vez. No se envió nada.',
  storage_full: 'Ahora no podemos recibir archivos. Envíe su mensaje sin ellos o llámenos.',
  wrong_choice: 'Elija una opción de la lista.',
};
