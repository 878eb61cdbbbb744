/** The frame's outline while we learn who is here, in the places where things will stand. */
export function FirstPaint() {
  return (
    <div className="shell" aria-hidden>
      <div className="shell-side" />
      <div className="shell-main" />
      <div className="shell-bottom" />
    </div>
  );
}
