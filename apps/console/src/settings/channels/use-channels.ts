import { dataOf } from '@orchestrator/client/client.js';
import { useMutation, useQuery } from '@tanstack/react-query';
import { api, queries } from '../../api.js';
import { NOW_AND_THEN_MS } from '../../models/use-models.js';
import { type Channel, type ChannelValues, editOf, newChannelOf } from './channel-values.js';

const CHANNELS = ['channels'];
/** No notification says that something was delivered. */
const POSITION_MS = 5_000;

export const useChannels = () =>
  useQuery({
    queryKey: CHANNELS,
    queryFn: async () => (await dataOf(api.GET('/v1/channels'))).items,
    refetchInterval: NOW_AND_THEN_MS,
  });

const of = (id: string) => ({ params: { path: { id } } });

export const useChannel = (id: string) =>
  useQuery({
    queryKey: [...CHANNELS, id],
    queryFn: () => dataOf(api.GET('/v1/channels/{id}', of(id))),
    refetchInterval: POSITION_MS,
  });

const readAgain = () => queries.invalidateQueries({ queryKey: CHANNELS });

/** @param channel that is edited; null: a new one */
export const useSaveChannel = (channel: Channel | null) =>
  useMutation({
    mutationFn: (values: ChannelValues) =>
      dataOf(
        channel
          ? api.PATCH('/v1/channels/{id}', { ...of(channel.id), body: editOf(values, channel) })
          : api.POST('/v1/channels', { body: newChannelOf(values) }),
      ),
    onSuccess: readAgain,
  });

export const useTestChannel = (id: string) =>
  useMutation({ mutationFn: () => dataOf(api.POST('/v1/channels/{id}/test', of(id))) });

export async function resumeChannel(id: string): Promise<void> {
  await dataOf(api.POST('/v1/channels/{id}/resume', { ...of(id), body: {} }));
  await readAgain();
}

export async function deleteChannel(id: string): Promise<void> {
  await dataOf(api.DELETE('/v1/channels/{id}', of(id)));
  queries.removeQueries({ queryKey: [...CHANNELS, id] });
  await readAgain();
}
