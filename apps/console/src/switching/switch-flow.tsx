import { type ReactNode, useState } from 'react';
import { SwitchDialog } from './switch-dialog.js';
import type { Switched, Target } from './switch-request.js';
import { SwitchSuccess } from './switch-success.js';

interface Props {
  target: Target;
  /** Gets what opens the dialog: with a model chosen, with none yet (undefined), or for whichever is best (null). */
  children: (open: (modelId?: string | null) => void) => ReactNode;
}

/** Everything around switching in one place: the dialog, what came of it, and the way back. */
export function SwitchFlow({ target, children }: Props) {
  const [asking, setAsking] = useState<{ modelId: string | null | undefined }>();
  const [switched, setSwitched] = useState<Switched>();
  const open = (modelId?: string | null) => setAsking({ modelId });
  return (
    <>
      {switched && <SwitchSuccess switched={switched} onBack={open} onClose={() => setSwitched(undefined)} />}
      {children(open)}
      {asking && (
        <SwitchDialog
          target={target}
          modelId={asking.modelId}
          onClose={() => setAsking(undefined)}
          onSwitched={setSwitched}
        />
      )}
    </>
  );
}
