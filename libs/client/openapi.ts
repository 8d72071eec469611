/** Generated from apps/api/openapi.json by `npm run client`. */
export interface paths {
    "/orchestrate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * List, validate and switch models
         * @description The body names the action. `validate` answers from the catalogue and the last sweep.
         */
        post: operations["orchestrate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/orchestrate-bedrock-models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * As /orchestrate, at the path of the old edge function
         * @description The body names the action. `validate` answers from the catalogue and the last sweep.
         */
        post: operations["orchestrateBedrockModels"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All models
         * @description Also those that are not available, or have ended; each with the reasons against selecting it.
         */
        get: operations["listModels"];
        put?: never;
        /**
         * Add a model
         * @description Selectable only when it is available, invokable and priced.
         */
        post: operations["addModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{id}/use": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What runs on a model
         * @description Conversations are counted up to a million.
         */
        get: operations["getModelUse"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/use-cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All use cases
         * @description With their active model and their candidates.
         */
        get: operations["listUseCases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assistants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All assistants
         * @description With the use case each belongs to.
         */
        get: operations["listAssistants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Edit a model
         * @description Only the fields that are named.
         */
        patch: operations["editModel"];
        trace?: never;
    };
    "/v1/models/{id}/retire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a model out of use
         * @description Use cases that run on it move to their next candidate first, audited and notified.
         */
        post: operations["retireModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/use-cases/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Make or edit a use case
         * @description Only the fields that are named; a new one needs candidates. Its active model is set by switching.
         */
        put: operations["saveUseCase"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assistants/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Make an assistant, or move it
         * @description It maps to one use case.
         */
        put: operations["saveAssistant"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/catalogue/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who changed the catalogue, what and when
         * @description Newest first, with before and after.
         */
        get: operations["changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/catalogue/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring the catalogue in line with Bedrock
         * @description Lifecycle, destinations and how a model is invoked; what an operator has set stays. All or nothing, within 20 seconds.
         */
        post: operations["syncCatalogue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/catalogue/prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import the prices of one source
         * @description Sets a price where there is none, or where the same source set it; elsewhere a difference is kept and shown as a conflict, unless `apply` is true. A price that is valid later counts from then on, where it may.
         */
        post: operations["importPrices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/catalogue/facts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import facts about models from public sources
         * @description Adds models that are missing, unapproved; corrects prices that public sources had set, from now on and as new versions; keeps what model cards guarantee. What an operator, a price list or a sync has set stays.
         */
        post: operations["importFacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/model": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which model answers in this conversation now
         * @description From memory. Never creates.
         */
        get: operations["getConversationModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every switch that reached this conversation
         * @description Its own, and those of its use case while it followed. Newest first.
         */
        get: operations["getConversationHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask the model of a conversation
         * @description Falls back to the next candidate when a model fails. With `stream`: Server-Sent Events `model`, `delta`, `restart` (drop what was shown), and at the end one `done` (as the answer) or `error` (a problem). Leaving stops the model.
         */
        post: operations["chat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/switches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who switched what, when and why
         * @description Newest first. A user sees its own, a service key needs the scope audit.
         */
        get: operations["listSwitches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/outbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List dead letters
         * @description The longest first. What is due or under way is not listed: it comes by itself.
         */
        get: operations["listSetAside"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/outbox/requeue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Requeue dead letters
         * @description When its cause is mended. Repeating it changes nothing.
         */
        post: operations["requeueSetAside"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/checkpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Checkpoints of the audit chain
         * @description Newest first. Keep one elsewhere from time to time.
         */
        get: operations["listCheckpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify the audit rows
         * @description Reads them all. Lines of {"checked", "of"} tell how far it is; the last line is the result: an AuditVerification.
         */
        post: operations["verifyAudit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/validations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What sweeps found
         * @description Newest first.
         */
        get: operations["listValidations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lifecycle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What ends when
         * @description Models with a date to come, or with a guarantee of when they end at the earliest; what runs on them, and who should take over.
         */
        get: operations["getLifecycle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/breakers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Models that rest
         * @description Chats are not sent to them after failures.
         */
        get: operations["listBreakers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List notifications
         * @description Newest first. A user sees its own: switches of its conversations, and of the use cases that they follow. A service key with the scope act-as sees those of the user it names; one with operate or read sees those for operators.
         */
        get: operations["listNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/{id}/shown": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that it was shown
         * @description The first time counts.
         */
        post: operations["markNotificationShown"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/{id}/ack": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Acknowledge it
         * @description Implies that it was shown. The first time counts. Others who have it still have to.
         */
        post: operations["acknowledgeNotification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stream notifications
         * @description Server-Sent Events: `notification` with a Notification as its data, for whom the list would show it; `ready` when everything after Last-Event-ID was sent; `heartbeat` each 15 seconds. Silent ones are left out. With `everybody` also `breakers`: the models that are not asked now, at first and whenever that changes. Ends when the token expires or the key is revoked; a reader that does not keep up is cut off and continues from where it was.
         */
        get: operations["streamNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The webhooks of the key, or with the scope admin all
         * @description Oldest first.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Create a webhook
         * @description From now on, each notification is sent to the URL, in their order, signed as Standard Webhooks says. The answer holds the secret, and nothing else ever will. The webhook belongs to the key and to its successors by rotation.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One webhook, and how far it is
         * @description Never with its secret: a new one comes with rotate.
         */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /**
         * End a webhook
         * @description What is on its way still arrives.
         */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give it a new secret
         * @description Messages are signed with both for a while, so that none is refused.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test message
         * @description Once and immediately: the response has the result. Its type is webhook.test, and it has no content.
         */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume deliveries, or replay them
         * @description Without `after`: retries immediately, also after the webhook was disabled. With it: delivers everything after that `seq`, delivered before or not; one beyond the newest skips what waits.
         */
        post: operations["resumeWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/go-on": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume deliveries by the former name
         * @deprecated
         * @description The former name of `resume`, for one release.
         */
        post: operations["goOnWithWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/analytics/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Calls, tokens and times
         * @description Groups with most calls first; days and hours in their order. At most 366 days, 31 by user. Needs a service key with the scope read.
         */
        get: operations["getUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/analytics/costs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What calls cost, and what switches saved
         * @description The dearest groups first; days and hours in their order. At most 92 days, 31 by user. Needs a service key with the scope read.
         */
        get: operations["getCosts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/analytics/switches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Switches, by the model they went to
         * @description Groups with most switches first; days and hours in their order. At most 92 days. Needs a service key with the scope read.
         */
        get: operations["getSwitchFigures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/analytics/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which models users ended up with in the last 30 days
         * @description Most selections first. Needs a service key with the scope read.
         */
        get: operations["getPreferences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who am I
         * @description And what the key may do.
         */
        get: operations["getSession"];
        put?: never;
        /**
         * Sign in
         * @description Exchanges a service key or an access token for a cookie that scripts cannot read and that is good here only. It ends after 12 hours, with the access token, or when the key is revoked.
         */
        post: operations["openSession"];
        /**
         * Sign out
         * @description The browser forgets the session.
         */
        delete: operations["closeSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List service keys
         * @description Newest first, also those that are revoked or expired.
         */
        get: operations["listKeys"];
        put?: never;
        /**
         * Make a service key
         * @description The answer holds the secret, and nothing else ever will.
         */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace a key
         * @description A new one with the same name and scopes; the old one stays valid for a while, so that no client is shut out.
         */
        post: operations["rotateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a key
         * @description For good, everywhere within a second. Repeating it changes nothing.
         */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List changes of service keys and webhooks
         * @description Newest first: who created, rotated, revoked or deleted them, with before and after.
         */
        get: operations["listAccessChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that is stored under the id of a user
         * @description Users may export themselves. Lines of {"table", "row"}; the last line is {"complete": true, "rows": n}, without which the export was cut off.
         */
        get: operations["exportUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{id}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Forget a user
         * @description A pseudonym takes the place of the user everywhere, and what the user wrote is gone. The audit rows still verify. Repeating it while it lasts changes nothing.
         */
        post: operations["eraseUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who was forgotten when, by pseudonym
         * @description Newest first.
         */
        get: operations["listErasures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/livez": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The process runs
         * @description Depends on nothing.
         */
        get: operations["live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ready for requests
         * @description PostgreSQL takes changes, keeps them, and has the schema of this build. Redis that does not answer is degraded, still ready.
         */
        get: operations["ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What Prometheus reads
         * @description Keep it inside: it names models and counts.
         */
        get: operations["read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        OrchestrateRequest: components["schemas"]["ListAllRequest"] | components["schemas"]["GetForUseCaseRequest"] | components["schemas"]["ValidateRequest"] | components["schemas"]["SwitchRequest"] | components["schemas"]["AutoSwitchRequest"] | components["schemas"]["FallbackSwitchRequest"] | components["schemas"]["ClearCacheRequest"];
        ListAllRequest: {
            /** @constant */
            action: "list-all";
        };
        GetForUseCaseRequest: {
            /** @constant */
            action: "get-for-use-case";
            useCase: string;
            /** @description true: answer also why, with each candidate, its figures and what is against it */
            explain?: boolean;
        };
        ValidateRequest: {
            /** @constant */
            action: "validate";
            modelId: string;
            /**
             * @description true: ask the model now (scope operate)
             * @default false
             */
            deep?: boolean;
        };
        SwitchRequest: {
            /** @constant */
            action: "switch";
            modelId: string;
            conversationId?: string;
            userId?: string;
            useCase?: string;
            reason?: string;
            /**
             * @description false: store it silently
             * @default true
             */
            showNotification?: boolean;
            /**
             * @description true: answer what would happen, write nothing
             * @default false
             */
            dryRun?: boolean;
            /** @description true: answer also why, with each candidate, its figures and what is against it */
            explain?: boolean;
            /** @description true: a conversation that does not exist is refused with 404, and not created */
            mustExist?: boolean;
        };
        AutoSwitchRequest: {
            /** @constant */
            action: "auto-switch";
            useCase: string;
            conversationId?: string;
            userId?: string;
            /**
             * @description false: store it silently
             * @default true
             */
            showNotification?: boolean;
            /**
             * @description true: answer what would happen, write nothing
             * @default false
             */
            dryRun?: boolean;
            /** @description true: answer also why, with each candidate, its figures and what is against it */
            explain?: boolean;
            /** @description true: a conversation that does not exist is refused with 404, and not created */
            mustExist?: boolean;
        };
        FallbackSwitchRequest: {
            /** @constant */
            action: "fallback-switch";
            reason: string;
            failedModelId?: string;
            conversationId?: string;
            userId?: string;
            useCase?: string;
            /**
             * @description false: store it silently
             * @default true
             */
            showNotification?: boolean;
            /**
             * @description true: answer what would happen, write nothing
             * @default false
             */
            dryRun?: boolean;
            /** @description true: answer also why, with each candidate, its figures and what is against it */
            explain?: boolean;
            /** @description true: a conversation that does not exist is refused with 404, and not created */
            mustExist?: boolean;
        };
        ClearCacheRequest: {
            /** @constant */
            action: "clear-cache";
        };
        OrchestrateAnswer: {
            /** @enum {boolean} */
            success: true;
            /** @enum {string} */
            action: "list-all";
            data: {
                total: number;
                models: components["schemas"]["Model"][];
            };
        } | {
            /** @enum {boolean} */
            success: true;
            /** @enum {string} */
            action: "get-for-use-case";
            data: components["schemas"]["Candidates"];
        } | {
            /** @enum {boolean} */
            success: true;
            /** @enum {string} */
            action: "validate";
            data: components["schemas"]["Verdict"];
        } | {
            /** @enum {boolean} */
            success: true;
            /** @enum {string} */
            action: "switch";
            data: components["schemas"]["SwitchData"];
            /** @description Present iff switched and showNotification is not false */
            notification?: components["schemas"]["SwitchNotification"];
        } | {
            /** @enum {boolean} */
            success: true;
            /** @enum {string} */
            action: "auto-switch";
            data: components["schemas"]["SwitchData"];
            /** @description Present iff switched and showNotification is not false */
            notification?: components["schemas"]["SwitchNotification"];
        } | {
            /** @enum {boolean} */
            success: true;
            /** @enum {string} */
            action: "fallback-switch";
            data: components["schemas"]["SwitchData"];
            /** @description Present iff switched and showNotification is not false */
            notification?: components["schemas"]["SwitchNotification"];
        } | {
            /** @enum {boolean} */
            success: true;
            /** @enum {string} */
            action: "clear-cache";
            data: {
                /** @enum {boolean} */
                cleared: true;
                version: number;
            };
        };
        Model: {
            id: string;
            name: string;
            provider: string;
            useCase: string | null;
            maxTokens: number | null;
            foundationModelId: string;
            contextWindow: number | null;
            tier: number | null;
            lifecycle: {
                /** @enum {string} */
                status: "ACTIVE" | "LEGACY" | "EOL";
                legacyAt: string | null;
                extendedAccessAt: string | null;
                endOfLifeAt: string | null;
            };
            /** @description Forms of a request that it takes or refuses; absent: not known */
            capabilities: components["schemas"]["ModelCapabilities"];
            /** @description What is promised of its end; null: not known */
            guarantee: components["schemas"]["LifecycleGuarantee"] | null;
            invokeWith: ("inference_profile" | "foundation_model") | null;
            destinationRegions: string[] | null;
            /** @description USD as a decimal; null: not known */
            inputPricePer1k: string | null;
            /** @description USD as a decimal; null: not known */
            outputPricePer1k: string | null;
            /** @description USD as a decimal; null: not known */
            cacheReadPricePer1k: string | null;
            /** @description USD as a decimal; null: not known */
            cacheWritePricePer1k: string | null;
            /** @description Tokens that it counts of a text for each token that most models count */
            tokenFactor: number;
            /** @description Who says so; null: nobody */
            priceSource: string | null;
            /** @description Empty while all sources agree; else what each says, the one that counts among them */
            priceConflicts: components["schemas"]["SourcedPrice"][];
            available: boolean;
            /** @enum {string} */
            validationStatus: "unknown" | "passed" | "failed";
            lastValidatedAt: string | null;
            successor: string | null;
        };
        CapabilityFact: {
            supported: boolean;
            source: string;
            /**
             * Format: date
             * @description When the source said so
             */
            readOn: string;
        };
        ModelCapabilities: {
            /** @description A temperature may be set */
            temperature?: components["schemas"]["CapabilityFact"];
            /** @description topP may be set */
            topP?: components["schemas"]["CapabilityFact"];
            /** @description Both may be set in one request */
            temperatureWithTopP?: components["schemas"]["CapabilityFact"];
            /** @description The last message may be the assistant’s, for the model to continue */
            assistantPrefill?: components["schemas"]["CapabilityFact"];
            /** @description Messages of one role may follow each other */
            repeatedRoles?: components["schemas"]["CapabilityFact"];
            /** @description A guardrail may be applied */
            guardrail?: components["schemas"]["CapabilityFact"];
        };
        LifecycleGuarantee: {
            /** @description Its end of life comes no sooner; null: nothing is promised */
            earliestEndAt: (string) | null;
            /** @description Days between the notice and the end of life, at least; null: not known */
            noticeDays: number | null;
            source: string;
            /**
             * Format: date
             * @description When the source said so
             */
            readOn: string;
        };
        SourcedPrice: {
            source: string;
            /** @description USD as a decimal; null: not known */
            inputPricePer1k: string | null;
            /** @description USD as a decimal; null: not known */
            outputPricePer1k: string | null;
        };
        Candidates: {
            useCase: string;
            /** @enum {string} */
            objective: "quality" | "cost" | "latency";
            total: number;
            models: components["schemas"]["Candidate"][];
            explanation?: components["schemas"]["SelectionExplanation"];
        };
        Candidate: {
            id: string;
            name: string;
            provider: string;
            useCase: string | null;
            maxTokens: number | null;
            foundationModelId: string;
            contextWindow: number | null;
            tier: number | null;
            lifecycle: {
                /** @enum {string} */
                status: "ACTIVE" | "LEGACY" | "EOL";
                legacyAt: string | null;
                extendedAccessAt: string | null;
                endOfLifeAt: string | null;
            };
            /** @description Forms of a request that it takes or refuses; absent: not known */
            capabilities: components["schemas"]["ModelCapabilities"];
            /** @description What is promised of its end; null: not known */
            guarantee: components["schemas"]["LifecycleGuarantee"] | null;
            invokeWith: ("inference_profile" | "foundation_model") | null;
            destinationRegions: string[] | null;
            /** @description USD as a decimal; null: not known */
            inputPricePer1k: string | null;
            /** @description USD as a decimal; null: not known */
            outputPricePer1k: string | null;
            /** @description USD as a decimal; null: not known */
            cacheReadPricePer1k: string | null;
            /** @description USD as a decimal; null: not known */
            cacheWritePricePer1k: string | null;
            /** @description Tokens that it counts of a text for each token that most models count */
            tokenFactor: number;
            /** @description Who says so; null: nobody */
            priceSource: string | null;
            /** @description Empty while all sources agree; else what each says, the one that counts among them */
            priceConflicts: components["schemas"]["SourcedPrice"][];
            available: boolean;
            /** @enum {string} */
            validationStatus: "unknown" | "passed" | "failed";
            lastValidatedAt: string | null;
            successor: string | null;
            /** @description 1 is best */
            rank: number;
            active: boolean;
            selectable: boolean;
            /** @description Why it is not selectable */
            reasons: components["schemas"]["Reason"][];
            /** @description USD as a decimal; null: not known */
            expectedCostPerExchange: string | null;
            timeToFirstTokenMs: number | null;
        };
        Reason: {
            code: string;
            detail: string;
        };
        /** @description With explain: the candidates in the order of the objective, as the selection saw them */
        SelectionExplanation: {
            useCase: string;
            /** @enum {string} */
            objective: "quality" | "cost" | "latency";
            expected: components["schemas"]["ExpectedUsage"];
            candidates: {
                modelId: string;
                name: string;
                /** @description 1 is best */
                rank: number;
                active: boolean;
                selectable: boolean;
                /** @description Why it is not selectable */
                reasons: components["schemas"]["Reason"][];
                /** @description USD as a decimal; null: not known */
                expectedCostPerExchange: string | null;
                timeToFirstTokenMs: number | null;
            }[];
        };
        /** @description Figures of estimates and of the objective `cost`: what was measured, scaled to 30 days; until a week was measured blended with what is configured */
        ExpectedUsage: {
            /** @description Without cached tokens */
            inputTokens: number;
            outputTokens: number;
            cacheReadTokens: number;
            cacheWriteTokens: number;
            exchangesPerConversation: number;
            exchangesPer30Days: number;
            /** @enum {string} */
            basis: "measured" | "blended" | "configured";
        };
        Verdict: {
            modelId: string;
            valid: boolean;
            exists: boolean;
            reasons: components["schemas"]["Reason"][];
            lifecycle: {
                /** @enum {string} */
                status: "ACTIVE" | "LEGACY" | "EOL";
                legacyAt: string | null;
                extendedAccessAt: string | null;
                endOfLifeAt: string | null;
            } | null;
            lastValidatedAt: string | null;
            successor?: string;
            /** @description With deep: what the model itself answered just now */
            check?: {
                /** @enum {string} */
                outcome: "passed" | "failed" | "inconclusive";
                errorKind: string | null;
                detail: string | null;
                latencyMs: number | null;
                tokens: number;
                costUsd: string | null;
            };
        };
        SwitchData: {
            /** @description true iff the effective model changed */
            switched: boolean;
            from: string;
            to: string;
            fromId: string;
            toId: string;
            /** @enum {string} */
            scope: "conversation" | "use_case";
            conversationId?: string;
            useCase: string;
            version: number;
            /** Format: uuid */
            switchId?: string;
            /**
             * @description The conversation did not exist before; with dryRun: it would be created
             * @enum {boolean}
             */
            created?: true;
            /** @enum {boolean} */
            dryRun?: true;
            /** @description With dryRun: what it would save, positive = cheaper */
            costImpact?: {
                savedUsd: string | null;
                horizon: string;
            };
            /** @description With dryRun: conversations that follow the use case, counted up to a million */
            followers?: number;
            explanation?: components["schemas"]["SelectionExplanation"];
        };
        SwitchNotification: {
            title: string;
            message: string;
            /** @enum {string} */
            type: "manual" | "auto";
            modelName: string;
            modelId: string;
            /** @enum {string} */
            direction: "upgrade" | "downgrade" | "lateral";
            from: string;
            to: string;
            reason?: string;
        };
        ModelPage: {
            items: components["schemas"]["JudgedModel"][];
            /** @description null: this is the last page */
            nextCursor: string | null;
        };
        JudgedModel: {
            id: string;
            name: string;
            provider: string;
            useCase: string | null;
            maxTokens: number | null;
            foundationModelId: string;
            contextWindow: number | null;
            tier: number | null;
            lifecycle: {
                /** @enum {string} */
                status: "ACTIVE" | "LEGACY" | "EOL";
                legacyAt: string | null;
                extendedAccessAt: string | null;
                endOfLifeAt: string | null;
            };
            /** @description Forms of a request that it takes or refuses; absent: not known */
            capabilities: components["schemas"]["ModelCapabilities"];
            /** @description What is promised of its end; null: not known */
            guarantee: components["schemas"]["LifecycleGuarantee"] | null;
            invokeWith: ("inference_profile" | "foundation_model") | null;
            destinationRegions: string[] | null;
            /** @description USD as a decimal; null: not known */
            inputPricePer1k: string | null;
            /** @description USD as a decimal; null: not known */
            outputPricePer1k: string | null;
            /** @description USD as a decimal; null: not known */
            cacheReadPricePer1k: string | null;
            /** @description USD as a decimal; null: not known */
            cacheWritePricePer1k: string | null;
            /** @description Tokens that it counts of a text for each token that most models count */
            tokenFactor: number;
            /** @description Who says so; null: nobody */
            priceSource: string | null;
            /** @description Empty while all sources agree; else what each says, the one that counts among them */
            priceConflicts: components["schemas"]["SourcedPrice"][];
            available: boolean;
            /** @enum {string} */
            validationStatus: "unknown" | "passed" | "failed";
            lastValidatedAt: string | null;
            successor: string | null;
            selectable: boolean;
            /** @description Why it is not selectable */
            reasons: components["schemas"]["Reason"][];
        };
        ModelUse: {
            modelId: string;
            /** @description Use cases whose active model it is */
            useCases: string[];
            /** @description Pinned to it, or following such a use case */
            conversations: number;
            /** @description true: there are more */
            conversationsCapped: boolean;
        };
        UseCasePage: {
            items: components["schemas"]["UseCase"][];
            /** @description null: this is the last page */
            nextCursor: string | null;
        };
        UseCase: {
            name: string;
            /** @enum {string} */
            objective: "quality" | "cost" | "latency";
            activeModelId: string;
            /** @description Model ids in the operator's order */
            candidates: string[];
            /** @description Tokens are those of one exchange */
            configured: {
                inputTokens: number;
                outputTokens: number;
                exchangesPerConversation: number;
                exchangesPer30Days: number;
            };
            /** @description In the last 30 days; null: nothing yet */
            measured: {
                exchanges: number;
                /** @description How long was measured: from an hour to 30 days */
                days: number;
                /** @description Without cached tokens */
                inputTokens: number;
                outputTokens: number;
                cacheReadTokens: number;
                cacheWriteTokens: number;
                medianExchanges: number;
            } | null;
            expected: components["schemas"]["ExpectedUsage"];
            allowedRegions: string[] | null;
            /** @description Applied to every call; null: none */
            guardrail: components["schemas"]["Guardrail"] | null;
            /** @enum {string} */
            onModelFailure: "switch" | "alert";
            /** @enum {string} */
            onModelRecovery: "manual" | "auto";
            version: number;
        };
        /** @description A guardrail of Amazon Bedrock. Callers can neither replace nor remove it */
        Guardrail: {
            /** @description Id or ARN */
            id: string;
            /** @description Number of a version, or DRAFT */
            version: string;
            /**
             * @description true: models that take no guardrail are skipped. false: they are called without it
             * @default true
             */
            required: boolean;
        };
        AssistantPage: {
            items: components["schemas"]["Assistant"][];
            /** @description null: this is the last page */
            nextCursor: string | null;
        };
        Assistant: {
            id: string;
            name: string;
            useCase: string;
        };
        AddModel: {
            name: string;
            provider: string;
            foundationModelId: string;
            /** @default null */
            useCase?: string | null;
            /** @default null */
            maxTokens?: number | null;
            /** @default null */
            contextWindow?: number | null;
            /** @default null */
            tier?: number | null;
            invokeWith: ("inference_profile" | "foundation_model") | null;
            /** @default null */
            destinationRegions?: string[] | null;
            /** @default null */
            successorId?: string | null;
            /** @default null */
            inputPricePer1k?: string | null;
            /** @default null */
            outputPricePer1k?: string | null;
            /**
             * @description null: not known. Another price of input or output without it makes it unknown
             * @default null
             */
            cacheReadPricePer1k?: string | null;
            /** @default null */
            cacheWritePricePer1k?: string | null;
            /**
             * @description Tokens that it counts of a text for each token that most models count
             * @default 1
             */
            tokenFactor?: number;
            /** @default false */
            available?: boolean;
            id: string;
        };
        EditModel: {
            name?: string;
            provider?: string;
            foundationModelId?: string;
            useCase?: string | null;
            maxTokens?: number | null;
            contextWindow?: number | null;
            tier?: number | null;
            invokeWith?: ("inference_profile" | "foundation_model") | null;
            destinationRegions?: string[] | null;
            successorId?: string | null;
            inputPricePer1k?: string | null;
            outputPricePer1k?: string | null;
            /** @description null: not known. Another price of input or output without it makes it unknown */
            cacheReadPricePer1k?: string | null;
            cacheWritePricePer1k?: string | null;
            /** @description Tokens that it counts of a text for each token that most models count */
            tokenFactor?: number;
            available?: boolean;
        };
        RetireModel: {
            successorId?: string;
        };
        EditUseCase: {
            /** @enum {string} */
            objective?: "quality" | "cost" | "latency";
            /** @description Model ids, best first */
            candidates?: string[];
            inputTokensPerExchange?: number;
            outputTokensPerExchange?: number;
            exchangesPerConversation?: number;
            exchangesPer30Days?: number;
            /** @description Narrows where its prompts may go */
            allowedRegions?: string[] | null;
            /** @description Applied to every call of the use case; null: none */
            guardrail?: components["schemas"]["Guardrail"] | null;
            /** @enum {string} */
            onModelFailure?: "switch" | "alert";
            /** @enum {string} */
            onModelRecovery?: "manual" | "auto";
        };
        EditAssistant: {
            name: string;
            useCase: string;
        };
        CatalogueChangePage: {
            items: components["schemas"]["CatalogueChange"][];
            nextCursor: string | null;
        };
        CatalogueChange: {
            id: number;
            /** @enum {string} */
            entity: "model" | "use_case" | "candidate" | "assistant";
            entityId: string;
            /** @description As in audit rows; sql:<role> for a change made by plain SQL */
            actor: string;
            requestId: string | null;
            /** Format: date-time */
            changedAt: string;
            /** @description null: it was added */
            before: Record<string, never> | null;
            /** @description null: it was removed */
            after: Record<string, never> | null;
        };
        SyncCatalogue: {
            /** @description Believe Bedrock also when most of the available models would be gone */
            force?: boolean;
        };
        CatalogueSync: {
            /** @description New models: nobody has approved them, so none of them is selectable */
            added: string[];
            /** @description Models whose lifecycle, destinations or way to invoke them changed */
            changed: string[];
            /** @description Models that cannot be invoked any more */
            gone: string[];
        };
        ImportPrices: {
            /** @description Whose prices they are: a file, a contract, a price list */
            source: string;
            prices: {
                modelId: string;
                inputPricePer1k: string;
                outputPricePer1k: string;
                cacheReadPricePer1k?: string;
                cacheWritePricePer1k?: string;
                /**
                 * Format: date-time
                 * @description From when on the source says so; now by default
                 */
                validFrom?: string;
            }[];
            /**
             * @description Set the prices also where another source or an operator had set them
             * @default false
             */
            apply?: boolean;
        };
        PriceImport: {
            /** @description Prices that are new or say something else than before */
            imported: number;
            unchanged: number;
            /** @description Not in the catalogue: nothing was kept for them */
            unknownModels: string[];
            /** @description Models of this import about whose price the sources disagree */
            conflicts: {
                modelId: string;
                sources: components["schemas"]["SourcedPrice"][];
            }[];
        };
        ImportFacts: {
            /**
             * @description Answers what would change, and changes nothing
             * @default false
             */
            dryRun?: boolean;
            /** @description By default those that this release comes with */
            facts?: components["schemas"]["ModelFacts"];
        };
        ModelFacts: {
            /** Format: date */
            readOn: string;
            region: string;
            models: {
                /** @description Id to invoke */
                id: string;
                foundationModelId: string;
                name: string;
                provider: string;
                contextWindow: number | null;
                /** @description Tokens that it counts of a text for each token that most models count */
                tokenFactor?: number;
                invokeWith: ("inference_profile" | "foundation_model") | null;
                destinationRegions: string[] | null;
                lifecycle: {
                    /** @enum {string} */
                    status: "ACTIVE" | "LEGACY" | "EOL";
                    legacyAt: string | null;
                    extendedAccessAt: string | null;
                    endOfLifeAt: string | null;
                };
                guarantee: {
                    earliestEndAt: string | null;
                    /** @description Days between the notice and the end of life, at least; null: not known */
                    noticeDays: number | null;
                    source: string;
                    /**
                     * Format: date
                     * @description When the source said so
                     */
                    readOn: string;
                } | null;
                successorId: string | null;
                /** @default {} */
                capabilities?: {
                    /** @description A temperature may be set */
                    temperature?: components["schemas"]["CapabilityFact"];
                    /** @description topP may be set */
                    topP?: components["schemas"]["CapabilityFact"];
                    /** @description Both may be set in one request */
                    temperatureWithTopP?: components["schemas"]["CapabilityFact"];
                    /** @description The last message may be the assistant’s, for the model to continue */
                    assistantPrefill?: components["schemas"]["CapabilityFact"];
                    /** @description Messages of one role may follow each other */
                    repeatedRoles?: components["schemas"]["CapabilityFact"];
                    /** @description A guardrail may be applied */
                    guardrail?: components["schemas"]["CapabilityFact"];
                };
                price: {
                    inputPer1k: string;
                    outputPer1k: string;
                    cacheReadPer1k: string | null;
                    cacheWritePer1k: string | null;
                    /** @description How far the sources agree */
                    confidence: string;
                } | null;
                /** @description Prices of sources that disagree: they are shown as a conflict */
                otherPrices: {
                    source: string;
                    inputPer1k: string;
                    outputPer1k: string;
                }[];
            }[];
        };
        FactsImport: {
            /** @description New models: nobody has approved them, so none of them is selectable */
            added: string[];
            changed: {
                modelId: string;
                /** @enum {string} */
                field: "price" | "priceSource" | "priceConflicts" | "guarantee" | "capabilities" | "contextWindow" | "successorId";
                /** @description As in the list of models */
                before: unknown;
                /** @description As in the list of models */
                after: unknown;
            }[];
            /** @description Models whose price differs from the facts and stays: another source has set it */
            kept: {
                modelId: string;
                priceSource: string | null;
            }[];
            dryRun: boolean;
        };
        EffectiveModel: {
            conversationId: string;
            useCase: string;
            model: components["schemas"]["Model"];
            /**
             * @description pin: chosen for this conversation; active: the use case’s model; candidate: the best that is left
             * @enum {string}
             */
            source: "pin" | "active" | "candidate";
            pin: ("manual" | "fallback") | null;
            /** @description false: nobody has switched this conversation yet */
            known: boolean;
            version: number;
        };
        SwitchPage: {
            items: components["schemas"]["Switch"][];
            nextCursor: string | null;
        };
        Switch: {
            /** Format: uuid */
            id: string;
            seq: number;
            /** @enum {string} */
            scope: "conversation" | "use_case";
            conversationId: string | null;
            useCase: string;
            userId: string;
            actor: string;
            onBehalfOf: string | null;
            /** @enum {string} */
            action: "manual_switch" | "auto_switch" | "fallback_switch";
            /** @enum {string} */
            type: "auto" | "manual";
            previousModelId: string;
            newModelId: string;
            reason: string | null;
            /** @description USD saved; null: pending, or a price is unknown */
            costImpact: string | null;
            costImpactHorizon: string | null;
            /** @description USD really saved so far; null: by no call yet, or a price is unknown */
            savedUsd: string | null;
            notificationShown: boolean;
            /**
             * @description pending: the audit row is not written yet
             * @enum {string}
             */
            status: "pending" | "recorded";
            /** Format: date-time */
            timestamp: string;
        };
        ChatRequest: {
            /** @description Absent: a new conversation */
            conversationId?: string;
            /** @description Moves a conversation of another use case */
            useCase?: string;
            /** @description Stands for its use case, where none is given */
            assistantId?: string;
            /** @description For a service that acts for a user */
            userId?: string;
            /** @description The user first and last; messages of one role in a row are one message to the model */
            messages: components["schemas"]["ChatMessage"][];
            system?: string;
            /** @description At most the model’s own limit */
            maxTokens?: number;
            /** @description Left out of the call where the model refuses it; see `attempts` */
            temperature?: number;
            /** @description Left out where the model refuses it, or refuses it beside a temperature */
            topP?: number;
            /**
             * @description true: Server-Sent Events
             * @default false
             */
            stream?: boolean;
            /**
             * @description false: a switch is stored silently
             * @default true
             */
            showNotification?: boolean;
            /**
             * @description true: a conversation that does not exist is refused with 404, and not created
             * @default false
             */
            mustExist?: boolean;
        };
        ChatMessage: {
            /** @enum {string} */
            role: "user" | "assistant";
            content: string;
        };
        ChatAnswer: {
            /** @enum {boolean} */
            success: true;
            conversationId: string;
            /**
             * @description The conversation did not exist before
             * @enum {boolean}
             */
            created?: true;
            useCase: string;
            /** @description The one that answered */
            model: components["schemas"]["AnsweringModel"];
            message: {
                /** @enum {string} */
                role: "assistant";
                content: string;
            };
            /** @description end_turn, max_tokens …; guardrail_intervened and content_filtered are refusals */
            stopReason: string;
            /** @description Of this answer; what broke off before it has its own in `attempts` */
            usage: {
                /** @description Without those read from or written to the cache */
                inputTokens: number;
                outputTokens: number;
                cacheReadInputTokens: number;
                cacheWriteInputTokens: number;
                totalTokens: number;
                /** @description Decimal string; null: a price is not known */
                costUsd: string | null;
                /** @description true: Bedrock did not say what it counted */
                estimated: boolean;
            };
            attempts: components["schemas"]["ChatAttempt"][];
            notification?: components["schemas"]["SwitchNotification"];
        };
        AnsweringModel: {
            id: string;
            name: string;
            provider: string;
        };
        ChatAttempt: {
            modelId: string;
            /** @enum {string} */
            outcome: "answered" | "refused" | "failed" | "cancelled" | "skipped";
            errorKind: string | null;
            ms: number;
            /** @description Tokens that Bedrock bills of this attempt, also where it broke off; absent: it bills nothing */
            billed?: {
                input: number;
                output: number;
                cacheRead: number;
                cacheWrite: number;
                estimated: boolean;
                costUsd: string | null;
                priceVersion: number | null;
            };
            /** @description Parameters that the call went without, because the model refuses them */
            leftOut?: string[];
        };
        SetAsidePage: {
            items: components["schemas"]["SetAside"][];
            nextCursor: string | null;
        };
        SetAside: {
            /**
             * Format: uuid
             * @description Of a switch without its audit row: the id of the switch
             */
            id: string;
            job: string;
            failures: number;
            lastError: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            setAsideAt: string;
        };
        Requeue: {
            /**
             * Format: uuid
             * @description Only this entry; without it, all
             */
            id?: string;
        };
        Requeued: {
            /** @description Entries that are tried again now */
            requeued: number;
        };
        CheckpointPage: {
            items: components["schemas"]["Checkpoint"][];
            nextCursor: string | null;
        };
        /** @description Keep it outside of the database: it shows when history was rewritten */
        Checkpoint: {
            /** @description How many entries of the chain it stands for */
            position: number;
            hash: string;
            /** Format: date-time */
            sealedAt: string;
            /** @description Of the public key; null: it is not signed */
            keyId: string | null;
            signature: string | null;
        };
        VerifyAudit: {
            /** @description One that was kept outside of the database: only with it a cut tail is found for certain */
            checkpoint?: components["schemas"]["Checkpoint"];
        };
        ValidationPage: {
            items: components["schemas"]["Validation"][];
            nextCursor: string | null;
        };
        Validation: {
            id: number;
            modelId: string;
            /** Format: date-time */
            checkedAt: string;
            /** @enum {string} */
            method: "control_plane" | "probe" | "deep";
            /** @enum {string} */
            outcome: "passed" | "failed" | "inconclusive";
            errorKind: string | null;
            detail: string | null;
            latencyMs: number | null;
            tokens: number;
            /** @description USD as a decimal; null: not known */
            costUsd: string | null;
        };
        LifecyclePage: {
            items: components["schemas"]["Lifecycle"][];
            nextCursor: string | null;
        };
        Lifecycle: {
            modelId: string;
            name: string;
            /** @enum {string} */
            status: "ACTIVE" | "LEGACY" | "EOL";
            milestones: {
                /** @enum {string} */
                milestone: "legacy" | "extended_access" | "end_of_life";
                at: string;
                days: number;
            }[];
            /** @description Of a model that has no end date: what is promised instead; null: it has one, or nothing is */
            outlook: components["schemas"]["LifecycleOutlook"] | null;
            warning: {
                /** @enum {string} */
                milestone: "legacy" | "extended_access" | "end_of_life";
                days: number;
                threshold: number;
            } | null;
            inUse: boolean;
            /** @description Use cases that run on it */
            useCases: string[];
            conversations: number;
            /** @description true: there are more */
            conversationsCapped: boolean;
            /** @description Who should take over; savedUsd is positive where it is cheaper */
            successor: {
                modelId: string;
                name: string;
                /** @description USD as a decimal; null: not known */
                savedUsd: string | null;
                horizon: string;
            } | null;
        };
        LifecycleOutlook: {
            /** @description Its end of life comes no sooner; null: nothing is promised */
            earliestEndAt: (string) | null;
            /** @description Days between the notice and the end of life, at least; null: not known */
            noticeDays: number | null;
            source: string;
            /**
             * Format: date
             * @description When the source said so
             */
            readOn: string;
            /** @description true: only the notice stands between the model and its end */
            hasRunOut: boolean;
            /** @description The earliest end, if notice is given now; null: not known */
            endsNotBefore: string | null;
        };
        BreakerPage: {
            items: components["schemas"]["Breaker"][];
            nextCursor: string | null;
        };
        Breaker: {
            modelId: string;
            /** @description Why */
            kind: string;
            /**
             * Format: date-time
             * @description When it is seen whether the model is healthy again
             */
            recheckAt: string;
        };
        NotificationPage: {
            items: components["schemas"]["Notification"][];
            nextCursor: string | null;
        };
        Notification: {
            /** Format: uuid */
            id: string;
            /** @description The order of publication */
            seq: number;
            /** @enum {string} */
            kind: "switch" | "lifecycle" | "validation" | "alert";
            /** @enum {string} */
            type: "auto" | "manual";
            title: string;
            message: string;
            /** @description The model that it is about; of a switch: the new one */
            modelId: string;
            modelName: string;
            provider: string | null;
            reason: string | null;
            /** @description Of a switch, by the tiers of its models */
            direction: ("upgrade" | "downgrade" | "lateral") | null;
            /** @description Of a switch: the name of the model before */
            from: string | null;
            /** @description Of a switch: the name of the model after */
            to: string | null;
            switchId: string | null;
            /** @description null: not of one conversation */
            conversationId: string | null;
            useCase: string | null;
            /** @description null: for more than one */
            userId: string | null;
            /** @description Of a lifecycle warning */
            milestone: ("legacy" | "extended_access" | "end_of_life") | null;
            /** @description Of a lifecycle warning */
            dueAt: string | null;
            /** @description Of a lifecycle warning: until dueAt */
            days: number | null;
            /** @description Of a validation */
            verdict: ("failed" | "passed") | null;
            /** @description true: not to be shown; never streamed or pushed */
            silent: boolean;
            /** Format: date-time */
            createdAt: string;
            /** @description When the recipient first saw it */
            shownAt: string | null;
            acknowledgedAt: string | null;
        };
        CreateWebhook: {
            /**
             * Format: uri
             * @description https; http only to this machine, where the configuration has it
             */
            url: string;
            /**
             * @description users: notifications of all users (act-as); operators: notifications of operators (operate or read)
             * @enum {string}
             */
            feed: "users" | "operators";
        };
        WebhookWithSecret: {
            /** Format: uuid */
            id: string;
            /** @description The key that it belongs to: its name, or key:<id> where an older key has that name */
            owner: string;
            /**
             * @description users: notifications of all users (act-as); operators: notifications of operators (operate or read)
             * @enum {string}
             */
            feed: "users" | "operators";
            url: string;
            /**
             * @description waiting: neither its key nor a successor lives that may have the feed; disabled: failed for days
             * @enum {string}
             */
            status: "active" | "failing" | "waiting" | "disabled";
            /** @description The `seq` up to which everything was delivered */
            position: number;
            /** Format: date-time */
            createdAt: string;
            deliveredAt: string | null;
            /** @description Since the last delivery */
            failures: number;
            failingSince: string | null;
            lastError: string | null;
            nextAttemptAt: string | null;
            /** @description Shown this once */
            secret: string;
        };
        WebhookPage: {
            items: components["schemas"]["Webhook"][];
            nextCursor: null;
        };
        Webhook: {
            /** Format: uuid */
            id: string;
            /** @description The key that it belongs to: its name, or key:<id> where an older key has that name */
            owner: string;
            /**
             * @description users: notifications of all users (act-as); operators: notifications of operators (operate or read)
             * @enum {string}
             */
            feed: "users" | "operators";
            url: string;
            /**
             * @description waiting: neither its key nor a successor lives that may have the feed; disabled: failed for days
             * @enum {string}
             */
            status: "active" | "failing" | "waiting" | "disabled";
            /** @description The `seq` up to which everything was delivered */
            position: number;
            /** Format: date-time */
            createdAt: string;
            deliveredAt: string | null;
            /** @description Since the last delivery */
            failures: number;
            failingSince: string | null;
            lastError: string | null;
            nextAttemptAt: string | null;
        };
        RotateWebhook: {
            /**
             * @description How long the old secret signs beside the new one
             * @default 86400
             */
            overlapSeconds?: number;
        };
        WebhookDelivery: {
            delivered: boolean;
            /** @description What the receiver answered; null: nothing */
            status: number | null;
            error: string | null;
        };
        ResumeWebhook: {
            /** @description Everything after this `seq` is delivered, again if need be; without it, what is due */
            after?: number;
        };
        /**
         * @example {
         *       "from": "2026-11-16",
         *       "to": "2026-11-22",
         *       "groupBy": "model",
         *       "items": [
         *         {
         *           "key": "eu.amazon.nova-lite-v1:0",
         *           "calls": 1204,
         *           "answered": 1190,
         *           "refused": 3,
         *           "failed": 4,
         *           "cancelled": 7,
         *           "fallbacks": 21,
         *           "inputTokens": 2167200,
         *           "outputTokens": 722400,
         *           "cacheReadInputTokens": 0,
         *           "cacheWriteInputTokens": 0,
         *           "totalTokens": 2889600,
         *           "estimatedCalls": 0,
         *           "latencyMs": {
         *             "mean": 1843,
         *             "p50": 1705,
         *             "p95": 4240
         *           },
         *           "firstTextMs": {
         *             "mean": 402,
         *             "p50": 342,
         *             "p95": 850
         *           }
         *         }
         *       ],
         *       "totals": {
         *         "calls": 1204,
         *         "answered": 1190,
         *         "refused": 3,
         *         "failed": 4,
         *         "cancelled": 7,
         *         "fallbacks": 21,
         *         "inputTokens": 2167200,
         *         "outputTokens": 722400,
         *         "cacheReadInputTokens": 0,
         *         "cacheWriteInputTokens": 0,
         *         "totalTokens": 2889600,
         *         "estimatedCalls": 0,
         *         "latencyMs": {
         *           "mean": 1843,
         *           "p50": 1705,
         *           "p95": 4240
         *         },
         *         "firstTextMs": {
         *           "mean": 402,
         *           "p50": 342,
         *           "p95": 850
         *         }
         *       },
         *       "nextCursor": null,
         *       "complete": true
         *     }
         */
        UsagePage: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            /** @enum {string} */
            groupBy: "model" | "useCase" | "user" | "day" | "hour";
            items: {
                calls: number;
                answered: number;
                refused: number;
                failed: number;
                cancelled: number;
                /** @description Calls that ended on another model than the first in line */
                fallbacks: number;
                inputTokens: number;
                outputTokens: number;
                cacheReadInputTokens: number;
                cacheWriteInputTokens: number;
                totalTokens: number;
                /** @description Calls whose tokens are our own estimate, because Bedrock did not say */
                estimatedCalls: number;
                /** @description Milliseconds; null: no call has one */
                latencyMs: {
                    /** @description Of all answered calls */
                    mean: number;
                    /** @description Within a tenth, of calls answered at the first attempt; null: of hours and of single users there is none */
                    p50: number | null;
                    p95: number | null;
                } | null;
                /** @description Milliseconds; null: no call has one */
                firstTextMs: {
                    /** @description Of all answered calls */
                    mean: number;
                    /** @description Within a tenth, of calls answered at the first attempt; null: of hours and of single users there is none */
                    p50: number | null;
                    p95: number | null;
                } | null;
                /** @description The model, use case, user, day or hour */
                key: string;
            }[];
            /** @description Over all groups, not only those of this page */
            totals: {
                calls: number;
                answered: number;
                refused: number;
                failed: number;
                cancelled: number;
                /** @description Calls that ended on another model than the first in line */
                fallbacks: number;
                inputTokens: number;
                outputTokens: number;
                cacheReadInputTokens: number;
                cacheWriteInputTokens: number;
                totalTokens: number;
                /** @description Calls whose tokens are our own estimate, because Bedrock did not say */
                estimatedCalls: number;
                /** @description Milliseconds; null: no call has one */
                latencyMs: {
                    /** @description Of all answered calls */
                    mean: number;
                    /** @description Within a tenth, of calls answered at the first attempt; null: of hours and of single users there is none */
                    p50: number | null;
                    p95: number | null;
                } | null;
                /** @description Milliseconds; null: no call has one */
                firstTextMs: {
                    /** @description Of all answered calls */
                    mean: number;
                    /** @description Within a tenth, of calls answered at the first attempt; null: of hours and of single users there is none */
                    p50: number | null;
                    p95: number | null;
                } | null;
            };
            nextCursor: string | null;
            /** @description false: so many calls wait for a worker to add them up that some are missing here */
            complete: boolean;
        };
        /**
         * @example {
         *       "from": "2026-11-16",
         *       "to": "2026-11-22",
         *       "groupBy": "model",
         *       "items": [
         *         {
         *           "key": "eu.amazon.nova-lite-v1:0",
         *           "calls": 1204,
         *           "costUsd": "0.3944304",
         *           "unknownCostCalls": 0
         *         }
         *       ],
         *       "totals": {
         *         "calls": 1204,
         *         "costUsd": "0.3944304",
         *         "unknownCostCalls": 0
         *       },
         *       "nextCursor": null,
         *       "switches": {
         *         "switches": 12,
         *         "manual": 9,
         *         "auto": 2,
         *         "fallback": 1,
         *         "estimatedUsd": "2.233788",
         *         "unknownEstimates": 0,
         *         "savedUsd": "1.8401115",
         *         "savingCalls": 118,
         *         "unknownSavings": 0
         *       },
         *       "complete": true
         *     }
         */
        CostsPage: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            /** @enum {string} */
            groupBy: "model" | "useCase" | "user" | "day" | "hour";
            items: {
                calls: number;
                /** @description USD of the calls whose cost is known; null: of none */
                costUsd: string | null;
                /** @description Calls whose cost is not known, because a price is not: they are not in costUsd */
                unknownCostCalls: number;
                /** @description The model, use case, user, day or hour */
                key: string;
            }[];
            /** @description Over all groups, not only those of this page */
            totals: {
                calls: number;
                /** @description USD of the calls whose cost is known; null: of none */
                costUsd: string | null;
                /** @description Calls whose cost is not known, because a price is not: they are not in costUsd */
                unknownCostCalls: number;
            };
            nextCursor: string | null;
            /** @description The switches of these days: what they were to save, and saved */
            switches: {
                switches: number;
                manual: number;
                auto: number;
                fallback: number;
                /** @description USD they were estimated to save, each over its horizon; null: of none this is known */
                estimatedUsd: string | null;
                /** @description Switches whose estimate is not known: they are not in estimatedUsd */
                unknownEstimates: number;
                /** @description USD they really saved so far, by the calls that came after them; null: of no call this is known */
                savedUsd: string | null;
                /** @description Those calls: within the horizon of the switch, on the model that it switched to */
                savingCalls: number;
                /** @description Those among them whose saving is not known: they are not in savedUsd */
                unknownSavings: number;
            };
            /** @description false: so many calls wait for a worker to add them up that some are missing here */
            complete: boolean;
        };
        /**
         * @example {
         *       "from": "2026-11-16",
         *       "to": "2026-11-22",
         *       "groupBy": "model",
         *       "items": [
         *         {
         *           "key": "eu.amazon.nova-lite-v1:0",
         *           "switches": 12,
         *           "manual": 9,
         *           "auto": 2,
         *           "fallback": 1,
         *           "estimatedUsd": "2.233788",
         *           "unknownEstimates": 0,
         *           "savedUsd": "1.8401115",
         *           "savingCalls": 118,
         *           "unknownSavings": 0
         *         }
         *       ],
         *       "totals": {
         *         "switches": 12,
         *         "manual": 9,
         *         "auto": 2,
         *         "fallback": 1,
         *         "estimatedUsd": "2.233788",
         *         "unknownEstimates": 0,
         *         "savedUsd": "1.8401115",
         *         "savingCalls": 118,
         *         "unknownSavings": 0
         *       },
         *       "nextCursor": null
         *     }
         */
        SwitchFiguresPage: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            /** @enum {string} */
            groupBy: "model" | "useCase" | "user" | "day" | "hour";
            items: {
                switches: number;
                manual: number;
                auto: number;
                fallback: number;
                /** @description USD they were estimated to save, each over its horizon; null: of none this is known */
                estimatedUsd: string | null;
                /** @description Switches whose estimate is not known: they are not in estimatedUsd */
                unknownEstimates: number;
                /** @description USD they really saved so far, by the calls that came after them; null: of no call this is known */
                savedUsd: string | null;
                /** @description Those calls: within the horizon of the switch, on the model that it switched to */
                savingCalls: number;
                /** @description Those among them whose saving is not known: they are not in savedUsd */
                unknownSavings: number;
                /** @description The model, use case, user, day or hour */
                key: string;
            }[];
            /** @description Over all groups, not only those of this page */
            totals: {
                switches: number;
                manual: number;
                auto: number;
                fallback: number;
                /** @description USD they were estimated to save, each over its horizon; null: of none this is known */
                estimatedUsd: string | null;
                /** @description Switches whose estimate is not known: they are not in estimatedUsd */
                unknownEstimates: number;
                /** @description USD they really saved so far, by the calls that came after them; null: of no call this is known */
                savedUsd: string | null;
                /** @description Those calls: within the horizon of the switch, on the model that it switched to */
                savingCalls: number;
                /** @description Those among them whose saving is not known: they are not in savedUsd */
                unknownSavings: number;
            };
            nextCursor: string | null;
        };
        /**
         * @example {
         *       "items": [
         *         {
         *           "userId": "user-456",
         *           "modelId": "eu.amazon.nova-lite-v1:0",
         *           "selections": 3,
         *           "autoAdoptionPercentage": 33.33,
         *           "lastSelectedAt": "2026-11-21T14:03:11.204Z"
         *         }
         *       ],
         *       "nextCursor": null
         *     }
         */
        PreferencesPage: {
            items: {
                userId: string;
                modelId: string;
                /** @description Switches of own conversations to this model in the last 30 days */
                selections: number;
                /** @description How many of them were automatic */
                autoAdoptionPercentage: number;
                /** Format: date-time */
                lastSelectedAt: string;
            }[];
            nextCursor: string | null;
        };
        OpenSession: {
            /** @description A service key, or an access token of Supabase Auth */
            credential: string;
        };
        Session: {
            /** @description The name under which audit rows remember you */
            actor: string;
            /** @enum {string} */
            kind: "user" | "service";
            /** @description Of a service key */
            scopes: ("read" | "switch" | "act-as" | "operate" | "audit" | "admin")[];
            /** @description null: when the key is revoked or expires */
            expiresAt: string | null;
        };
        CreateKey: {
            /** @description Audit rows name it as service:<name> */
            name: string;
            scopes: ("read" | "switch" | "act-as" | "operate" | "audit" | "admin")[];
            /** Format: date-time */
            expiresAt?: ((string | null) | null) | string | null;
        };
        CreatedKey: {
            /** Format: uuid */
            id: string;
            name: string;
            scopes: ("read" | "switch" | "act-as" | "operate" | "audit" | "admin")[];
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            lastUsedAt: string | null;
            revokedAt: string | null;
            /** @description The key that took over from it */
            replacedBy: string | null;
            /** @description Shown this once */
            key: string;
        };
        KeyPage: {
            items: components["schemas"]["Key"][];
            nextCursor: string | null;
        };
        Key: {
            /** Format: uuid */
            id: string;
            name: string;
            scopes: ("read" | "switch" | "act-as" | "operate" | "audit" | "admin")[];
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            lastUsedAt: string | null;
            revokedAt: string | null;
            /** @description The key that took over from it */
            replacedBy: string | null;
        };
        RotateKey: {
            /**
             * @description How long the old key stays valid, unless it expires before
             * @default 86400
             */
            overlapSeconds?: number;
            /**
             * Format: date-time
             * @description Of the new key; without it, it lives as long as the old one was to live
             */
            expiresAt?: ((string | null) | null) | string | null;
        };
        RotatedKey: {
            /** Format: uuid */
            id: string;
            name: string;
            scopes: ("read" | "switch" | "act-as" | "operate" | "audit" | "admin")[];
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            lastUsedAt: string | null;
            revokedAt: string | null;
            /** @description The key that took over from it */
            replacedBy: string | null;
            /** @description Shown this once */
            key: string;
            /** @description The old key, and until when it is valid */
            replaced: components["schemas"]["Key"];
        };
        AccessChangePage: {
            items: components["schemas"]["AccessChange"][];
            nextCursor: string | null;
        };
        AccessChange: {
            id: number;
            /** @enum {string} */
            entity: "service_key" | "webhook";
            /** Format: uuid */
            entityId: string;
            /** @description As in audit rows; sql:<role> for a change made by plain SQL */
            actor: string;
            /** Format: date-time */
            changedAt: string;
            /** @description null: it was added */
            before: Record<string, never> | null;
            /** @description null: it was removed */
            after: Record<string, never> | null;
        };
        Erasure: {
            /** Format: uuid */
            id: string;
            /** @description Replaces the id of the user from now on */
            pseudonym: string;
            requestedBy: string;
            /** Format: date-time */
            requestedAt: string;
            /** @description null: the worker looks once more, a minute later, for what was under way */
            completedAt: string | null;
            /** @description By table */
            erasedRows: Record<string, never>;
        };
        ErasurePage: {
            items: components["schemas"]["Erasure"][];
            nextCursor: string | null;
        };
        Liveness: {
            /** @enum {string} */
            status: "ok";
        };
        Readiness: {
            /** @enum {string} */
            status: "ok" | "degraded";
            /** @enum {string} */
            redis: "up" | "down";
        };
        /** @description RFC 9457 problem document */
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            code: string;
            requestId: string;
            errors?: {
                field: string;
                message: string;
            }[];
            reasons?: {
                code: string;
                detail: string;
            }[];
            successor?: string;
            /** @description Of a chat: every model that was asked or passed over */
            attempts?: {
                modelId: string;
                outcome: string;
                errorKind: string | null;
                ms: number;
            }[];
            /**
             * @description On the action paths
             * @constant
             */
            success?: false;
            /** @description On the action paths */
            action?: string;
            /** @description On the action paths: one sentence */
            error?: string;
        };
        AuditVerification: {
            intact: boolean;
            /** @description Entries of the chain that were followed */
            checked: number;
            /** @description Rows that are not sealed yet */
            waiting: number;
            /** @description Rows that a person was taken out of; all else in them is proved */
            erased: number;
            head: components["schemas"]["Checkpoint"] | null;
            checkpoints: {
                total: number;
                signed: number;
                /** @description The first that is signed */
                signedFrom: number | null;
            };
            /** @description false: no public key is configured */
            signaturesChecked: boolean;
            /** @description The first hundred */
            problems: {
                /** @enum {string} */
                code: "row_changed" | "row_missing" | "row_not_sealed" | "event_changed" | "event_missing" | "entry_missing" | "erasure_mismatch" | "tail_cut" | "history_rewritten" | "signature_invalid" | "signature_missing" | "key_unknown";
                position: number | null;
                switchId: string | null;
                detail: string;
            }[];
            problemCount: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    orchestrate: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key is answered as the first request was, for 24 hours */
                "Idempotency-Key"?: string;
                /** @description Switch only if the scope still has this ETag */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrchestrateRequest"];
            };
        };
        responses: {
            /** @description The result of the action */
            200: {
                headers: {
                    /** @description Of the scope, after a switch */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrateAnswer"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such thing, or not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state; `reasons` and `successor` where a model is the cause */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description If-Match: changed since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is over 32 KiB, at /v1/chat and /v1/catalogue/facts over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    orchestrateBedrockModels: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key is answered as the first request was, for 24 hours */
                "Idempotency-Key"?: string;
                /** @description Switch only if the scope still has this ETag */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrchestrateRequest"];
            };
        };
        responses: {
            /** @description The result of the action */
            200: {
                headers: {
                    /** @description Of the scope, after a switch */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrateAnswer"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such thing, or not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state; `reasons` and `successor` where a model is the cause */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description If-Match: changed since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is over 32 KiB, at /v1/chat and /v1/catalogue/facts over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The models */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelPage"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addModel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddModel"];
            };
        };
        responses: {
            /** @description The model */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Model"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state; `reasons` and `successor` where a model is the cause */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is over 32 KiB, at /v1/chat and /v1/catalogue/facts over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getModelUse: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What runs on it now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelUse"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such thing, or not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUseCases: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The use cases */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UseCasePage"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAssistants: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The assistants */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssistantPage"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    editModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditModel"];
            };
        };
        responses: {
            /** @description The model as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Model"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such thing, or not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state; `reasons` and `successor` where a model is the cause */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is over 32 KiB, at /v1/chat and /v1/catalogue/facts over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retireModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RetireModel"];
            };
        };
        responses: {
            /** @description The model as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Model"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such thing, or not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is over 32 KiB, at /v1/chat and /v1/catalogue/facts over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    saveUseCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditUseCase"];
            };
        };
        responses: {
            /** @description The use case as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UseCase"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is over 32 KiB, at /v1/chat and /v1/catalogue/facts over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    saveAssistant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditAssistant"];
            };
        };
        responses: {
            /** @description The assistant as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Assistant"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is over 32 KiB, at /v1/chat and /v1/catalogue/facts over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changes: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: number;
                entity?: "model" | "use_case" | "candidate" | "assistant";
                entityId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of changes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueChangePage"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    syncCatalogue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SyncCatalogue"];
            };
        };
        responses: {
            /** @description What the sync did, as model ids */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueSync"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state; `reasons` and `successor` where a model is the cause */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is over 32 KiB, at /v1/chat and /v1/catalogue/facts over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importPrices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportPrices"];
            };
        };
        responses: {
            /** @description What the import did */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PriceImport"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is over 32 KiB, at /v1/chat and /v1/catalogue/facts over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importFacts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportFacts"];
            };
        };
        responses: {
            /** @description What the import did, or would do */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactsImport"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is over 32 KiB, at /v1/chat and /v1/catalogue/facts over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getConversationModel: {
        parameters: {
            query?: {
                /** @description For a conversation not seen before */
                useCase?: string;
                /** @description For a conversation not seen before */
                assistantId?: string;
                /** @description For a service that acts for a user */
                userId?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The effective model */
            200: {
                headers: {
                    /** @description For If-Match of a switch */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EffectiveModel"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such thing, or not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state; `reasons` and `successor` where a model is the cause */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getConversationHistory: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of switches */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SwitchPage"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such thing, or not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    chat: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChatRequest"];
            };
        };
        responses: {
            /** @description The answer; with `stream` text/event-stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatAnswer"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such thing, or not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state; `reasons` and `successor` where a model is the cause */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is over 32 KiB, at /v1/chat and /v1/catalogue/facts over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSwitches: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Only those of conversations, or only those of use cases themselves */
                scope?: "conversation" | "use_case";
                conversationId?: string;
                userId?: string;
                useCase?: string;
                action?: "manual_switch" | "auto_switch" | "fallback_switch";
                /** @description From this time on */
                from?: string;
                /** @description Before this time */
                to?: string;
                /** @description csv and ndjson hold every switch that the filters let through, not a page */
                format?: "json" | "csv" | "ndjson";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of switches */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SwitchPage"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSetAside: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of entries */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetAsidePage"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requeueSetAside: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Requeue"];
            };
        };
        responses: {
            /** @description How many entries that are */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Requeued"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is over 32 KiB, at /v1/chat and /v1/catalogue/facts over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCheckpoints: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of checkpoints */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckpointPage"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyAudit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VerifyAudit"];
            };
        };
        responses: {
            /** @description One JSON object a line */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state; `reasons` and `successor` where a model is the cause */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is over 32 KiB, at /v1/chat and /v1/catalogue/facts over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listValidations: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: number;
                modelId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of results */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationPage"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLifecycle: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The next first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LifecyclePage"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBreakers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The open breakers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BreakerPage"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listNotifications: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: number;
                /** @description The user, for a service key with the scope act-as */
                userId?: string;
                kind?: "switch" | "lifecycle" | "validation" | "alert";
                /** @description true: only those that were not acknowledged yet */
                unacknowledged?: boolean;
                /** @description true: also those that nobody was to be shown */
                includeSilent?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of notifications */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationPage"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    markNotificationShown: {
        parameters: {
            query?: {
                /** @description The user, for a service key with the scope act-as */
                userId?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The notification as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notification"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such thing, or not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acknowledgeNotification: {
        parameters: {
            query?: {
                /** @description The user, for a service key with the scope act-as */
                userId?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The notification as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notification"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such thing, or not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamNotifications: {
        parameters: {
            query?: {
                /** @description The user, for a service key with the scope act-as */
                userId?: string;
                /** @description true: the notifications of all recipients, and open breakers (scope audit) */
                everybody?: boolean;
            };
            header?: {
                /** @description Continues after this event; without it, the stream has new events only */
                "Last-Event-ID"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, without their secrets */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookPage"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWebhook"];
            };
        };
        responses: {
            /** @description The webhook; its secret is shown this once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state; `reasons` and `successor` where a model is the cause */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is over 32 KiB, at /v1/chat and /v1/catalogue/facts over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such thing, or not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook as it was */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such thing, or not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RotateWebhook"];
            };
        };
        responses: {
            /** @description The webhook; its new secret is shown this once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such thing, or not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state; `reasons` and `successor` where a model is the cause */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is over 32 KiB, at /v1/chat and /v1/catalogue/facts over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the receiver answered */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such thing, or not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResumeWebhook"];
            };
        };
        responses: {
            /** @description The webhook as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such thing, or not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is over 32 KiB, at /v1/chat and /v1/catalogue/facts over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    goOnWithWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResumeWebhook"];
            };
        };
        responses: {
            /** @description The webhook as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such thing, or not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is over 32 KiB, at /v1/chat and /v1/catalogue/facts over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUsage: {
        parameters: {
            query?: {
                groupBy?: "model" | "useCase" | "user" | "day" | "hour";
                /** @description The first day (UTC); by default six days before the last */
                from?: string;
                /** @description The last day (UTC), included; by default today */
                to?: string;
                modelId?: string;
                useCase?: string;
                userId?: string;
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of groups, and their totals */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsagePage"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCosts: {
        parameters: {
            query?: {
                groupBy?: "model" | "useCase" | "user" | "day" | "hour";
                /** @description The first day (UTC); by default six days before the last */
                from?: string;
                /** @description The last day (UTC), included; by default today */
                to?: string;
                modelId?: string;
                useCase?: string;
                userId?: string;
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of groups, their totals, and what switches were to save and saved */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CostsPage"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSwitchFigures: {
        parameters: {
            query?: {
                groupBy?: "model" | "useCase" | "user" | "day" | "hour";
                /** @description The first day (UTC); by default six days before the last */
                from?: string;
                /** @description The last day (UTC), included; by default today */
                to?: string;
                modelId?: string;
                useCase?: string;
                userId?: string;
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of groups, and their totals */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SwitchFiguresPage"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPreferences: {
        parameters: {
            query?: {
                userId?: string;
                modelId?: string;
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of users and models */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreferencesPage"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who you are */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenSession"];
            };
        };
        responses: {
            /** @description Who you are */
            200: {
                headers: {
                    /** @description The session */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is over 32 KiB, at /v1/chat and /v1/catalogue/facts over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    closeSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, also where there was none */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listKeys: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of keys, without their secrets */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyPage"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateKey"];
            };
        };
        responses: {
            /** @description The key; its secret is shown this once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedKey"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is over 32 KiB, at /v1/chat and /v1/catalogue/facts over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RotateKey"];
            };
        };
        responses: {
            /** @description The new key; its secret is shown this once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RotatedKey"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such thing, or not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state; `reasons` and `successor` where a model is the cause */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is over 32 KiB, at /v1/chat and /v1/catalogue/facts over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The revoked key */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such thing, or not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAccessChanges: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: number;
                entity?: "service_key" | "webhook";
                /** @description Id of a key or of a webhook */
                entityId?: string;
                /** @description As in audit rows, such as service:ci */
                actor?: string;
                /** @description From this time on */
                from?: string;
                /** @description Before this time */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of changes, without secrets */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessChangePage"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One JSON object a line */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such thing, or not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    eraseUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was erased so far */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such thing, or not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listErasures: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of erasures */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasurePage"];
                };
            };
            /** @description Bad input; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token lacks the right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too fast; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Liveness"];
                };
            };
        };
    };
    ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is away; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Metrics in the text format */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
}
