import { randomUUID } from 'node:crypto';
import type { ServiceAnswer, ServiceClient, ServiceRequest } from './service-client.js';

export interface Action {
  readonly action: string;
  readonly [parameter: string]: string | boolean | undefined;
}

const PATH = '/functions/v1/orchestrate-bedrock-models';

export function readingAction(body: Action): (service: ServiceClient) => Promise<ServiceAnswer> {
  return (service) => service.send(request(body, 'read'));
}

/** Sends an action that calls a model: it is slow, and a repetition costs again. */
export function slowAction(body: Action): (service: ServiceClient) => Promise<ServiceAnswer> {
  return (service) => service.send(request(body, 'once'));
}

/** One key per invocation: should the answer get lost, the second attempt is the same request to the service. */
export function writingAction(body: Action): (service: ServiceClient) => Promise<ServiceAnswer> {
  return (service) => service.send({ ...request(body, 'repeatable'), idempotencyKey: randomUUID() });
}

function request(body: Action, effect: ServiceRequest['effect']): ServiceRequest {
  return { method: 'POST', path: PATH, body, effect };
}
