import { noPage } from '../../../domain/front/front.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { renderPage } from '../../ui/page.tsx';
import { answerPage } from '../answer.ts';
import { lookAt } from '../look.ts';
import { AccountNav, MoreSections, visitAccount, Whose } from './frame.tsx';

/** The sections a phone's bar has no place for. */
export async function showMore(c: WebContext, deps: Deps): Promise<Response> {
  const visit = await visitAccount(c, deps, () => noPage);
  if (visit instanceof Response) return visit;
  const { look, reader } = await lookAt(c, deps, visit.grant.language);
  const title = reader.w.home.nav.more;
  return answerPage(
    c,
    deps,
    renderPage(
      {
        ...{ look, locale: reader.locale, title, path: href('more', { business: look.slug }), wide: true },
        nav: <AccountNav reader={reader} visit={visit} at="more" />,
      },
      <>
        <Whose reader={reader} visit={visit} />
        <h1>{title}</h1>
        <MoreSections reader={reader} visit={visit} />
      </>,
    ),
  );
}
