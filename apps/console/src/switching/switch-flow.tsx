import { type ReactNode, useState } from 'react';
import { Proposed } from '../changes/proposed.js';
import type { ChangeRequest } from '../changes/use-changes.js';
import { WithPageNotice } from '../components/page-notice.js';
import { type Opening, SwitchPanel } from './switch-panel.js';
import type { Switched, Target } from './switch-request.js';
import { SwitchSuccess } from './switch-success.js';

interface Props {
  target: Target;
  /** Gets a function that opens the panel: with a model chosen, with none yet (undefined), or for the best (null). */
  children: (open: (modelId?: string | null) => void) => ReactNode;
}

/** Everything around switching in one place: the panel, the result in the page, and the way back. */
export function SwitchFlow({ target, children }: Props) {
  const [opening, setOpening] = useState<Opening>();
  const [switched, setSwitched] = useState<Switched>();
  const [proposed, setProposed] = useState<ChangeRequest>();
  const notice = (switched || proposed) && (
    <>
      {switched && (
        <SwitchSuccess
          key={switched.data.switchId}
          switched={switched}
          onClose={() => setSwitched(undefined)}
        />
      )}
      {proposed && <Proposed change={proposed} onClose={() => setProposed(undefined)} />}
    </>
  );
  return (
    <WithPageNotice notice={notice}>
      {children((modelId) => setOpening({ modelId }))}
      <SwitchPanel
        target={target}
        opening={opening}
        onClose={() => setOpening(undefined)}
        onSwitched={setSwitched}
        onProposed={setProposed}
      />
    </WithPageNotice>
  );
}
