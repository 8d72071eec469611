export const INSTANCE_KINDS = ['api', 'worker'] as const;
export type InstanceKind = (typeof INSTANCE_KINDS)[number];

/** `stale`: it has not been seen for three heartbeats, and has not said that it stops. */
type InstanceState = 'alive' | 'stale';

/** A process of the service. */
export interface Instance {
  id: string;
  kind: InstanceKind;
  /** Host name: of the pod or of the container. */
  name: string;
  version: string;
  startedAt: Date;
  seenAt: Date;
  state: InstanceState;
}

export type NewInstance = Pick<Instance, 'id' | 'kind' | 'name' | 'version'>;

export const INSTANCE_KIND = Symbol('INSTANCE_KIND');
