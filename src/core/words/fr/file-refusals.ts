import type { fileRefusals as english } from '../en/file-refusals.ts';

export const fileRefusals: typeof english = {
  file_type_refused: 'Nous acceptons les images JPEG, PNG et WebP et les PDF dont le nom le dit. Rien n’a été envoyé.',
  file_too_large: 'Les fichiers peuvent faire 10 Mo au total. Rien n’a été envoyé.',
  file_unreadable: 'Cette image n’a pas pu être lue. Rien n’a été envoyé ; veuillez en essayer une autre.',
  too_many_files: 'Veuillez envoyer 5 fichiers au plus à la fois. Rien n’a été envoyé.',
  storage_full: 'Nous ne pouvons pas recevoir de fichiers pour le moment. Envoyez votre message sans eux ou appelez-nous.',
  wrong_choice: 'Veuillez choisir dans la liste.',
};
