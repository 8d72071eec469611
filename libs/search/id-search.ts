export interface FoundConversation {
  id: string;
  userId: string;
  useCase: string;
}

/** Request with rows in these lists. */
export interface FoundRequest {
  requestId: string;
  hasSwitches: boolean;
  hasCalls: boolean;
}

/** Items whose ids begin with a prefix, in the order of the ids. */
export interface FoundIds {
  conversations: FoundConversation[];
  userIds: string[];
  requests: FoundRequest[];
}
