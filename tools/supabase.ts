import { createClient, type SupabaseClient } from '@supabase/supabase-js';

export type { SupabaseClient };

/** Takes the place of the WebSocket that Node 20 lacks: without one, a client cannot be made. */
class NoRealtime {
  constructor() {
    throw new Error('Nothing here serves Realtime');
  }
}

/** Makes the client of an app, which knows the URL of the project, its anon key and the access token of the person. */
export const supabaseClient = (url: string, anonKey: string, token: string): SupabaseClient =>
  createClient(url, anonKey, {
    accessToken: async () => token,
    realtime: { transport: NoRealtime as never },
  });
