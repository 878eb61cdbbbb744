export function ToastBody({ message, undoLabel, press }: { message: string; undoLabel: string; press?: () => void }) {
  return (
    <span className="spread">
      <span>{message}</span>
      {press !== undefined && (
        <button type="button" className="text-button" onClick={press}>
          {undoLabel}
        </button>
      )}
    </span>
  );
}
