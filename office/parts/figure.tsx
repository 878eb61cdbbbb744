import { Link, type LinkProps } from '@tanstack/react-router';

/** One figure: what it is, how much, and a few words. Pressed, it leads to what it is made of. */
export function Figure({
  label,
  amount,
  children,
  link,
  tone,
}: {
  label: string;
  amount: React.ReactNode;
  children?: React.ReactNode;
  link?: LinkProps;
  tone?: 'bad' | undefined;
}) {
  const inside = (
    <>
      <span className="figure-label">{label}</span>
      <span className={`figure-amount ${tone === 'bad' ? 'bad' : ''}`}>{amount}</span>
      {children !== undefined && <span className="small dim">{children}</span>}
    </>
  );
  return link === undefined ? (
    <div className="figure">{inside}</div>
  ) : (
    <Link className="figure" {...link}>
      {inside}
    </Link>
  );
}
