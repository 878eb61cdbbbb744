import { pageTemplate } from './page-template.ts';
import { postTemplate } from './post-template.ts';
import { recordTemplate } from './record-template.ts';

/** The Typst sources that ship with the product, by the name a PDF request uses. `main` hands them to the renderer. */
export const pdfTemplates: Readonly<Record<string, string>> = { page: pageTemplate, post: postTemplate, record: recordTemplate };
