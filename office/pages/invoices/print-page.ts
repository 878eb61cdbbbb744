/** Prints another page without leaving this one: it is loaded out of sight, printed, and taken away. */
export function printPage(address: string): void {
  const frame = document.createElement('iframe');
  frame.className = 'sr';
  frame.title = 'For printing';
  frame.src = address;
  frame.addEventListener('load', () => {
    const window = frame.contentWindow;
    if (window === null) return;
    window.addEventListener('afterprint', () => frame.remove());
    window.focus();
    window.print();
  });
  document.body.append(frame);
}
