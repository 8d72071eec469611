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
         * Run an action at the path of the old edge function
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
         * List models
         * @description The list includes models that are not available or have ended. Each model has the reasons why it is not selectable.
         */
        get: operations["listModels"];
        put?: never;
        /**
         * Add a model
         * @description The model is selectable only if it is available, is invokable and has a price.
         */
        post: operations["addModel"];
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
        /**
         * Get a model
         * @description The model with the reasons why it is not selectable. A foundation model id finds it, too.
         */
        get: operations["getModel"];
        put?: never;
        post?: never;
        /**
         * Delete a model
         * @description The model goes with its prices and validations. Switches and calls keep its id. The response is 409 `in_use` if something uses it: `uses` says what.
         */
        delete: operations["deleteModel"];
        options?: never;
        head?: never;
        /**
         * Edit a model
         * @description The request changes only the fields that it contains.
         */
        patch: operations["editModel"];
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
         * Get the use of a model
         * @description The api counts conversations up to 1,000,000.
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
         * List use cases
         * @description Each use case has its active model and its candidates.
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
    "/v1/use-cases/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a use case
         * @description The use case with its active model and its candidates.
         */
        get: operations["getUseCase"];
        /**
         * Create or edit a use case
         * @description The request changes only the fields that it contains. A new use case needs candidates. Only a switch changes the active model.
         */
        put: operations["saveUseCase"];
        post?: never;
        /**
         * Delete a use case
         * @description The use case goes with its candidates. The response is 409 `in_use` if something uses it: `uses` says what.
         */
        delete: operations["deleteUseCase"];
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
         * List assistants
         * @description Each assistant has its use case.
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
    "/v1/assistants/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an assistant
         * @description The assistant with its use case.
         */
        get: operations["getAssistant"];
        /**
         * Create or edit an assistant
         * @description An assistant maps to one use case.
         */
        put: operations["saveAssistant"];
        post?: never;
        /**
         * Delete an assistant
         * @description The response is 409 `in_use` if something uses it: `uses` says what.
         */
        delete: operations["deleteAssistant"];
        options?: never;
        head?: never;
        patch?: never;
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
         * Retire a model
         * @description Use cases that run on the model switch to their best other candidate first, and a move takes the conversations that are pinned to it. Each switch has an audit row and a notification.
         */
        post: operations["retireModel"];
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
         * List changes of the catalogue
         * @description Newest first. Each change has its actor and the row before and after it. The verdicts of sweeps are left out, unless `includeSystem` or `actor` asks for them.
         */
        get: operations["listCatalogueChanges"];
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
         * Sync the catalogue with Bedrock
         * @description The sync updates the lifecycle, the destinations and the way to invoke each model. It keeps the values that an operator set. It commits all changes or none, within 20 seconds.
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
         * @description The import sets a price if the model has none, or if the same source set it. Otherwise it keeps the price and reports a conflict, unless `apply` is true. A price with a later `validFrom` takes effect at that time, by the same rule. With `dryRun` the response is the same, and nothing is written.
         */
        post: operations["importPrices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/catalogue/prices/upcoming": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List upcoming prices
         * @description Imported prices that take effect later, the next first. `GET /v1/models` has the present prices.
         */
        get: operations["listUpcomingPrices"];
        put?: never;
        post?: never;
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
         * @description The import adds missing models as not available. It corrects prices that public sources set, as new price versions. It stores the guarantees of model cards. It keeps the values that an operator, a price list or a sync set.
         */
        post: operations["importFacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the settings
         * @description The response is one YAML file with all settings and no secrets. It is the same byte for byte while no setting changes. Only a key with the scope admin gets the section `webhooks`.
         */
        get: operations["exportConfiguration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/config/schema": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the JSON Schema of the settings file
         * @description Editors complete and check the file with it.
         */
        get: operations["getConfigurationSchema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/config/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Compare a settings file with the installation
         * @description The response has each difference and the last change of its value in the installation.
         */
        post: operations["diffConfiguration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/config/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Apply a settings file
         * @description The api applies all of the file or nothing, in one transaction. It deletes nothing. A repeated apply changes nothing. An error names its line and column.
         */
        post: operations["applyConfiguration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List conversations
         * @description In the order of their ids. A user gets its own conversations. A service key needs the scope read or audit, or gets those that it may switch.
         */
        get: operations["listConversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a conversation
         * @description The conversation with its effective model, and why this model answers.
         */
        get: operations["getConversation"];
        put?: never;
        post?: never;
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
         * Get the effective model of a conversation
         * @description The api answers from its cache where possible, and never creates a conversation.
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
         * List the switches of a conversation
         * @description Newest first. The list includes switches of its use case while the conversation followed it.
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
         * Send a chat to the effective model of a conversation
         * @description A fallback answers if the model fails. With `stream`, the response has the Server-Sent Events `model`, `delta` and `restart` (discard the text so far). The last event is `done` (the answer) or `error` (a problem document). The model call stops when the client disconnects.
         */
        post: operations["chat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List calls of models
         * @description Newest first, with the attempts of each call, and never with a text. A user gets its own calls. A service key needs the scope read or audit.
         */
        get: operations["listCalls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openai/v1/chat/completions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Call a model as with chat completions of OpenAI
         * @description The body and the answer are those of OpenAI; with `stream: true` the answer is a stream of chunks. A model that breaks off after its first content ends the stream with an error and without `[DONE]`.
         */
        post: operations["openAiChatCompletion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openai/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the names of models, in the form of OpenAI
         * @description Use cases first, then `auto` and the selectable models that the caller may name.
         */
        get: operations["listOpenAiModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openai/v1/models/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the name of a model, in the form of OpenAI
         * @description One of those that the list has.
         */
        get: operations["getOpenAiModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/anthropic/v1/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Call a model as with the Messages API of Anthropic
         * @description The body and the answer are those of Anthropic; with `stream: true` the answer is a stream of events. A model that breaks off after its first content ends the stream with the event `error` and without `message_stop`.
         */
        post: operations["anthropicMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/anthropic/v1/messages/count_tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count tokens as with the Messages API of Anthropic
         * @description The first selectable model of the use case that counts tokens answers. It costs nothing, and nothing is recorded.
         */
        post: operations["anthropicCountTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/anthropic/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the names of models, in the form of Anthropic
         * @description Use cases first, then `auto` and the selectable models that the caller may name.
         */
        get: operations["listAnthropicModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/anthropic/v1/models/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the name of a model, in the form of Anthropic
         * @description One of those that the list has.
         */
        get: operations["getAnthropicModel"];
        put?: never;
        post?: never;
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
         * List switches
         * @description Newest first. A user gets its own switches. A service key needs the scope audit.
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
    "/v1/switches/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a switch
         * @description A user gets its own switches. A service key needs the scope audit.
         */
        get: operations["getSwitch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/switches/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo a switch
         * @description Another switch takes the conversation or the use case back to the model before. It needs the right to switch that. The response is 409 `superseded` if it was switched again since: `supersededBy` says by whom and when.
         */
        post: operations["undoSwitch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{id}/moves": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move everything off a model
         * @description Use cases that run on the model are switched immediately, and a worker moves the conversations that are pinned to it. Each switch has an audit row and a notification, and the id of the move as its `requestId`. A target must be a selectable candidate of a use case; what cannot move stays, with the reason. A model has one move at a time.
         */
        post: operations["startMove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/moves": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List moves
         * @description Newest first.
         */
        get: operations["listMoves"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/moves/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a move with its progress */
        get: operations["getMove"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/moves/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a move
         * @description A running move ends its present batch of 500 conversations.
         */
        post: operations["pauseMove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/moves/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a move that is paused or failed
         * @description It continues where it stopped.
         */
        post: operations["resumeMove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/moves/{id}/abort": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Abort a move
         * @description What has moved stays moved; an undo restores it.
         */
        post: operations["abortMove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/moves/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo a move that has ended
         * @description A worker restores every use case and pin that was not switched since, each with an audit row and a notification.
         */
        post: operations["undoMove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/use-cases/{name}/change-policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the change policy of a use case */
        get: operations["getChangePolicy"];
        /**
         * Set the change policy of a use case
         * @description Absent fields get their defaults. The policy of a reviewed use case changes by a change request. Without a source of persons that may approve, `reviewed` is refused with 409 `no_persons`.
         */
        put: operations["setChangePolicy"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/change-requests/{id}/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set the time of a change request
         * @description Its proposer makes a new revision with this time; approvals of the revision before do not count any more. A worker applies it then, or up to `lateByMinutes` later; after that it expires.
         */
        post: operations["scheduleChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/change-requests/{id}/break-glass": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Apply a change request now, without approvals
         * @description Ignores approvals, windows and freezes, never whether a model is selectable. Needs a sign-in of the last 15 minutes (Supabase: with a second factor). Another person has to review it within 24 hours.
         */
        post: operations["breakGlass"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/change-requests/{id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Review a change that was applied without approvals
         * @description Closes its review. Needs another person than who applied it. The verdict `undo` proposes the inverse of the change, which others approve; where it cannot be undone, the review stays open.
         */
        post: operations["reviewChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/freezes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List freezes
         * @description The last to end first.
         */
        get: operations["listFreezes"];
        put?: never;
        /**
         * Freeze use cases
         * @description Until its end, switches and edits of these use cases answer 409 `frozen`, also where no review is needed. Fallback, failover and recovery continue.
         */
        post: operations["createFreeze"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/freezes/{id}": {
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
         * End a freeze early
         * @description Needs another person than who made it: 403 `own_freeze`.
         */
        delete: operations["endFreeze"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/change-windows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List when change windows are open
         * @description Of each reviewed use case that has windows, by name. A use case without windows is not listed: its changes are applied at any time. Freezes are not taken off.
         */
        get: operations["listChangeWindows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/change-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List change requests
         * @description Newest first.
         */
        get: operations["listChangeRequests"];
        put?: never;
        /**
         * Propose a change
         * @description An ordered list of operations, applied in one transaction after its approval. An operation that could not be applied now is refused. Every change needs one approval by another person; one of reviewed use cases what their policies demand.
         */
        post: operations["proposeChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/change-requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a change request with its operations and decisions */
        get: operations["getChangeRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Revise a change request
         * @description Its proposer replaces the whole content. Approvals of the revision before do not count any more.
         */
        patch: operations["reviseChange"];
        trace?: never;
    };
    "/v1/change-requests/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Compute again what a change would do
         * @description Writes nothing.
         */
        post: operations["previewChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/change-requests/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve a change request
         * @description Needs another person than the proposer and the last editor. With the last approval that it needs, the change is applied, unless it has a later time, no window is open or a freeze holds it.
         */
        post: operations["approveChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/change-requests/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject a change request
         * @description Ends the revision, also an approved one.
         */
        post: operations["rejectChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/change-requests/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw a change request
         * @description Its proposer may, until it is applied.
         */
        post: operations["withdrawChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/change-requests/{id}/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Apply an approved change request now
         * @description One that waits for a window or the end of a freeze. A conflict or an error ends it: see `state` and `failure`. Repeating it changes nothing.
         */
        post: operations["applyChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/change-requests/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Propose the undo of a change
         * @description A new change request with the inverse operations, from the recorded values. It needs approvals as any other.
         */
        post: operations["undoChange"];
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
         * @description Oldest first. Waiting entries are not in the list, because the relay publishes them automatically.
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
         * @description Correct the cause first. A repeated request changes nothing.
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
         * List checkpoints of the hash chain
         * @description Newest first. Keep a recent checkpoint outside of the database.
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
         * @description The verification reads all audit rows. Lines of {"checked", "of"} report the progress. The last line is the result, an AuditVerification.
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
         * List results of sweeps and deep checks
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
         * List the lifecycle of models
         * @description The list has models with a future date or with a guarantee. Each model has its use and its recommended successor.
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
    "/v1/sweeps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List sweeps
         * @description Sweeps of the schedule and requested ones with their progress, newest first.
         */
        get: operations["listSweeps"];
        put?: never;
        /**
         * Request a sweep
         * @description A worker checks the models in Bedrock’s lists, and probes those whose last answer is old. Use cases leave models that fail. The response is 409 `sweep_running` while another sweep is in progress: `sweepId` is its id.
         */
        post: operations["requestSweep"];
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
         * List open circuit breakers
         * @description Chats do not call a model while its breaker is open.
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
    "/v1/breakers/{modelId}/recheck": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Probe a model with an open circuit breaker
         * @description The api sends one probe now, before `recheckAt`. If the model answers, its breaker closes on all instances. A model without an open breaker gets no probe.
         */
        post: operations["recheckBreaker"];
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
         * @description Newest first. A user gets notifications about its conversations and the use cases that they follow. A service key with the scope act-as gets the notifications of the user in `userId`. A service key with the scope operate or read gets the notifications for operators.
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
         * Mark a notification as shown
         * @description Only the first request sets the time.
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
         * Acknowledge a notification
         * @description An acknowledged notification is also shown. Only the first request sets the time. Other recipients acknowledge it separately.
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
         * @description The stream consists of Server-Sent Events. `notification` has a Notification as its data, for the same recipients as the list. The stream omits silent notifications. `ready` means that everything after Last-Event-ID was sent. `heartbeat` comes every 5 seconds. With `everybody`, `breakers` has the open breakers, at the start and after each change. The stream ends when the token expires or the key is revoked. The api disconnects a client that reads too slowly. The client then reconnects with Last-Event-ID.
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
         * List webhooks
         * @description Oldest first. The list has the webhooks of the key, or all webhooks with the scope admin.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Create a webhook
         * @description The webhook sends each new notification to the URL, in the order of the feed. The messages are signed by Standard Webhooks. Only this response contains the secret. The webhook belongs to the key and to its successors by rotation.
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
         * Get a webhook
         * @description The response has the position of the delivery, and no secret. Rotate the secret to get a new secret.
         */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook
         * @description Deliveries in progress still arrive.
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
         * Rotate the secret of a webhook
         * @description Both secrets sign messages for `overlapSeconds`, so that the receiver refuses no message.
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
         * @description The api sends one message immediately, and the response has the result. The message has the type webhook.test and no content.
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
         * Resume or repeat deliveries
         * @description Without `after`, the webhook retries immediately, also if it was disabled. With `after`, it delivers every notification after that `seq`, also those already delivered. An `after` beyond the newest `seq` skips all waiting notifications.
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
         * Resume deliveries (former name)
         * @deprecated
         * @description This path is the former name of `resume`. It remains for one release.
         */
        post: operations["goOnWithWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List deliveries of all webhooks
         * @description Newest first, each attempt of the webhooks of the key; with the scope admin, of all webhooks. Attempts are kept for 14 days, unless RETENTION_DAYS sets another time.
         */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List deliveries of a webhook
         * @description Newest first, each attempt with its status, its duration and its error. Attempts are kept for 14 days, unless RETENTION_DAYS sets another time.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deliveries/{deliveryId}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resend a delivery
         * @description The api sends the message once more immediately, with the same `webhook-id`, and the response has the result. The position of the webhook does not change. If the notification is no longer kept, or its recipients have changed, nothing is sent.
         */
        post: operations["resendDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List channels
         * @description In the order of their names, 20 at most.
         */
        get: operations["listChannels"];
        put?: never;
        /**
         * Create a channel
         * @description The channel gets each new notification of operators that fits its filter, in the order of the feed. It belongs to the installation. No response contains its secret.
         */
        post: operations["createChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/channels/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a channel
         * @description The response has the position of the delivery, and no secret.
         */
        get: operations["getChannel"];
        put?: never;
        post?: never;
        /**
         * Delete a channel
         * @description Deliveries in progress still arrive.
         */
        delete: operations["deleteChannel"];
        options?: never;
        head?: never;
        /**
         * Edit a channel
         * @description Absent fields stay unchanged. `slack` or `email` replaces the address. `email` without `password` keeps the password for the same host, port, TLS and user only.
         */
        patch: operations["editChannel"];
        trace?: never;
    };
    "/v1/channels/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List deliveries of a channel
         * @description Newest first, each attempt with its status, its duration and its error. Attempts are kept for 14 days, unless RETENTION_DAYS sets another time.
         */
        get: operations["listChannelDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/channels/{id}/test": {
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
         * @description The api sends one message immediately. The response has the result, and names the cause of a failure: credentials, TLS, DNS, a refused connection.
         */
        post: operations["testChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/channels/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume or repeat deliveries
         * @description Without `after`, the channel retries immediately, also if it was disabled. With `after`, it delivers every notification after that `seq`, also those already delivered.
         */
        post: operations["resumeChannel"];
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
         * Get calls, tokens and times
         * @description Groups with the most calls come first, but days and hours are in the order of time. The period is at most 366 days, or 31 days by user. The request needs a service key with the scope read.
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
         * Get costs and savings
         * @description Groups with the highest cost come first, but days and hours are in the order of time. The period is at most 92 days, or 31 days by user. The request needs a service key with the scope read.
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
         * Get numbers of switches
         * @description A switch counts for its new model. Groups with the most switches come first, but days and hours are in the order of time. The period is at most 92 days. The request needs a service key with the scope read.
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
    "/v1/analytics/forms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count calls by wire, family of the body and form
         * @description Most calls first. The period is at most 92 days. Calls that a release without wires recorded are not in it. The request needs a service key with the scope read.
         */
        get: operations["getCallForms"];
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
         * List the models that users switched to
         * @description The counts cover the last 30 days, highest first. The request needs a service key with the scope read.
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
    "/v1/usage/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get your own usage
         * @description Calls, tokens and costs of the user whose token the request has. The period is at most 366 days. Service keys use `GET /v1/analytics/usage`.
         */
        get: operations["getOwnUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/budgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List budgets
         * @description Each budget has its spend of the present day or month. A budget warns, and blocks nothing.
         */
        get: operations["listBudgets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/budgets/{period}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the limit of a budget
         * @description The query names the use case, the key or the user of the budget; without one it counts every call. Operators are notified when the spend reaches 50, 80 and 100 % of the limit, each once in a period. Another limit warns separately. Nothing is blocked.
         */
        put: operations["setBudget"];
        post?: never;
        /**
         * Delete a budget
         * @description The query names the use case, the key or the user of the budget; without one it is the budget of every call.
         */
        delete: operations["deleteBudget"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/budgets/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List changes of budgets
         * @description Newest first. Each change has its actor and the row before and after it, without the user of a budget.
         */
        get: operations["listBudgetChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an overview
         * @description The overview has the figures of each use case, and everything that needs an operator. The api reads it at most once in five seconds.
         */
        get: operations["getOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find ids by a prefix
         * @description Conversations, users and requests whose ids begin with it, in the order of the ids. A key that is limited to some users finds nothing, and one that is limited to some use cases only their conversations.
         */
        get: operations["findIds"];
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
         * Get the session
         * @description The response has the actor, its scopes and the environment.
         */
        get: operations["getSession"];
        put?: never;
        /**
         * Sign in
         * @description The api exchanges a service key or an access token for a cookie. Scripts cannot read the cookie, and only this service accepts it. The session ends after 12 hours, with the access token, or when the key is revoked.
         */
        post: operations["openSession"];
        /**
         * Sign out
         * @description The response deletes the cookie of the session.
         */
        delete: operations["closeSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/issuers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List issuers
         * @description Where people sign in.
         */
        get: operations["listIssuers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/sign-in/{issuer}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Begin a sign-in
         * @description Sends the browser to the issuer, which sends it back to the console.
         */
        get: operations["beginSignIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Complete a sign-in
         * @description The issuer sends the browser here. The response sets the cookie of the session.
         */
        get: operations["completeSignIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/backchannel-logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End sessions for an issuer
         * @description OpenID Connect Back-Channel Logout 1.0: the issuer sends a logout token.
         */
        post: operations["logOutByIssuer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revoke the sessions of a person
         * @description Every instance refuses them within a second. The person can sign in again.
         */
        post: operations["revokeSessions"];
        delete?: never;
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
         * @description Newest first. The list includes revoked and expired keys.
         */
        get: operations["listKeys"];
        put?: never;
        /**
         * Create a service key
         * @description Only this response contains the secret. A use case, an assistant and a model that `defaults` or `limits` name must exist.
         */
        post: operations["createKey"];
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
        /**
         * Get a service key
         * @description The key may be revoked or expired. No response but that of its creation contains its secret.
         */
        get: operations["getKey"];
        put?: never;
        post?: never;
        /**
         * Revoke a service key
         * @description The revocation is permanent, and reaches all instances within 1 second. A repeated request changes nothing.
         */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        /**
         * Edit the defaults and the limits of a service key
         * @description Fields that the request does not name stay. The change reaches all instances within 1 second; calls that run continue.
         */
        patch: operations["editKey"];
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
         * Rotate a service key
         * @description Rotation creates a key with the same name, scopes, defaults and limits. The old key stays valid for `overlapSeconds`, so that no client loses its access.
         */
        post: operations["rotateKey"];
        delete?: never;
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
         * List changes of service keys, webhooks and channels
         * @description Newest first. Each change has its actor and the row before and after it. An auditor reads it without the right to change keys.
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
         * Export the data of a user
         * @description A user may export its own data. Each line is {"table", "row"}. The last line is {"complete": true, "rows": n}. Without the last line the export is not complete.
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
         * Erase a user
         * @description A pseudonym replaces the id of the user everywhere, and the texts of the user are deleted. The verification of the audit rows still succeeds. A repeated request during the erasure changes nothing.
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
         * List erasures
         * @description Newest first. Each erasure has its pseudonym.
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
    "/v1/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List retention rules
         * @description Rules of this instance: the defaults with the changes of `RETENTION_DAYS`. Rows of other tables are kept for ever.
         */
        get: operations["listRetentionRules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/instances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List instances
         * @description Processes of the api and of the worker with their last heartbeat, at most 200. A process that stops in order leaves the list; one that dies stays in it, as stale, for an hour.
         */
        get: operations["listInstances"];
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
         * Check that the process runs
         * @description The check depends on no other service.
         */
        get: operations["getLiveness"];
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
         * Check readiness for requests
         * @description The api is ready if PostgreSQL accepts and keeps changes and has the schema of this build. Without Redis the api is `degraded` and still ready.
         */
        get: operations["getReadiness"];
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
         * Get the metrics for Prometheus
         * @description Do not expose this path to the internet: the metrics contain model ids and counts.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bedrock/model/{modelId}/converse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Call a model as with Converse of Amazon Bedrock
         * @description The body and the answer are those of Amazon Bedrock.
         */
        post: operations["bedrockConverse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bedrock/model/{modelId}/converse-stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stream an answer as with ConverseStream of Amazon Bedrock
         * @description The body and the frames are those of Amazon Bedrock. A model that breaks off after its first content ends the stream with the exception `modelStreamErrorException`.
         */
        post: operations["bedrockConverseStream"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bedrock/model/{modelId}/invoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Call a model as with InvokeModel of Amazon Bedrock
         * @description The body is in the form of a family of models: only models of this family answer, also after a switch. The answer is that of the model.
         */
        post: operations["bedrockInvokeModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bedrock/model/{modelId}/invoke-with-response-stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stream an answer as with InvokeModelWithResponseStream of Amazon Bedrock
         * @description The body is in the form of a family of models: only models of this family answer, also after a switch. The frames are those of Amazon Bedrock.
         */
        post: operations["bedrockInvokeModelWithResponseStream"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bedrock/model/{modelId}/count-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count tokens as with CountTokens of Amazon Bedrock
         * @description The first selectable model of the use case that counts tokens answers. It costs nothing, and nothing is recorded.
         */
        post: operations["bedrockCountTokens"];
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
            /** @description true: also return each candidate with its figures and the reasons against it */
            explain?: boolean;
        };
        ValidateRequest: {
            /** @constant */
            action: "validate";
            modelId: string;
            /**
             * @description true: probe the model now; needs the scope operate
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
             * @description false: the notification is silent
             * @default true
             */
            showNotification?: boolean;
            /**
             * @description true: return the result and write nothing
             * @default false
             */
            dryRun?: boolean;
            /** @description true: also return each candidate with its figures and the reasons against it */
            explain?: boolean;
            /** @description true: the response is 404 if the conversation does not exist, and nothing is created */
            mustExist?: boolean;
            /** @description true: a switch of a use case is proposed as a change request, for another person to approve; the response is 202 */
            propose?: boolean;
        };
        AutoSwitchRequest: {
            /** @constant */
            action: "auto-switch";
            useCase: string;
            reason?: string;
            conversationId?: string;
            userId?: string;
            /**
             * @description false: the notification is silent
             * @default true
             */
            showNotification?: boolean;
            /**
             * @description true: return the result and write nothing
             * @default false
             */
            dryRun?: boolean;
            /** @description true: also return each candidate with its figures and the reasons against it */
            explain?: boolean;
            /** @description true: the response is 404 if the conversation does not exist, and nothing is created */
            mustExist?: boolean;
            /** @description true: a switch of a use case is proposed as a change request, for another person to approve; the response is 202 */
            propose?: boolean;
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
             * @description false: the notification is silent
             * @default true
             */
            showNotification?: boolean;
            /**
             * @description true: return the result and write nothing
             * @default false
             */
            dryRun?: boolean;
            /** @description true: also return each candidate with its figures and the reasons against it */
            explain?: boolean;
            /** @description true: the response is 404 if the conversation does not exist, and nothing is created */
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
            /** @description Present only if `switched` is true and `showNotification` is not false */
            notification?: components["schemas"]["SwitchNotification"];
        } | {
            /** @enum {boolean} */
            success: true;
            /** @enum {string} */
            action: "auto-switch";
            data: components["schemas"]["SwitchData"];
            /** @description Present only if `switched` is true and `showNotification` is not false */
            notification?: components["schemas"]["SwitchNotification"];
        } | {
            /** @enum {boolean} */
            success: true;
            /** @enum {string} */
            action: "fallback-switch";
            data: components["schemas"]["SwitchData"];
            /** @description Present only if `switched` is true and `showNotification` is not false */
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
            /** @description Forms of a request that the model takes or refuses; absent: not known */
            capabilities: components["schemas"]["ModelCapabilities"];
            /** @description Names of capabilities that the model has refused since the last sync, whatever `capabilities` says */
            refusedForms: string[];
            /** @description Earliest end of the model and its notice; null: not known */
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
            priceDimensions: components["schemas"]["PriceDimensions"];
            /** @description Tokens that the model counts of a text for each token that most models count */
            tokenFactor: number;
            /** @description Source of the price; null: no source */
            priceSource: string | null;
            /** @description Price of each source, including the source that applies; empty if all sources agree */
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
             * @description Date on which the source had this value
             */
            readOn: string;
        };
        ModelCapabilities: {
            /** @description The model takes a temperature */
            temperature?: components["schemas"]["CapabilityFact"];
            /** @description The model takes topP */
            topP?: components["schemas"]["CapabilityFact"];
            /** @description The model takes both in one request */
            temperatureWithTopP?: components["schemas"]["CapabilityFact"];
            /** @description The model takes a top-k setting */
            topK?: components["schemas"]["CapabilityFact"];
            /** @description The model takes more than four stop sequences */
            manyStopSequences?: components["schemas"]["CapabilityFact"];
            /** @description The last message may be from the assistant, and the model continues it */
            assistantPrefill?: components["schemas"]["CapabilityFact"];
            /** @description The model takes consecutive messages of one role */
            repeatedRoles?: components["schemas"]["CapabilityFact"];
            /** @description The model takes a guardrail */
            guardrail?: components["schemas"]["CapabilityFact"];
            /** @description The model takes tools, their uses and their results */
            tools?: components["schemas"]["CapabilityFact"];
            /** @description A request may demand that the model uses a tool */
            toolChoiceAny?: components["schemas"]["CapabilityFact"];
            /** @description A request may name the tool that the model must use */
            toolChoiceTool?: components["schemas"]["CapabilityFact"];
            /** @description The model keeps exactly to the schema of a tool */
            strictTools?: components["schemas"]["CapabilityFact"];
            /** @description The model answers by a JSON schema */
            structuredOutput?: components["schemas"]["CapabilityFact"];
            /** @description The model takes images */
            image?: components["schemas"]["CapabilityFact"];
            /** @description The model takes documents */
            document?: components["schemas"]["CapabilityFact"];
            /** @description The model takes videos */
            video?: components["schemas"]["CapabilityFact"];
            /** @description The model takes audio */
            audio?: components["schemas"]["CapabilityFact"];
            /** @description The model takes content by its location in Amazon S3 */
            s3Location?: components["schemas"]["CapabilityFact"];
            /** @description The model takes search results and citations */
            citations?: components["schemas"]["CapabilityFact"];
            /** @description The system prompt and messages may have cache points */
            cachePoint?: components["schemas"]["CapabilityFact"];
            /** @description The tools may have cache points */
            cachePointInTools?: components["schemas"]["CapabilityFact"];
            /** @description A cache point may last one hour */
            cacheOneHour?: components["schemas"]["CapabilityFact"];
            /** @description The model takes the signed reasoning of earlier turns */
            signedReasoning?: components["schemas"]["CapabilityFact"];
            /** @description The model takes reasoning without a signature */
            unsignedReasoning?: components["schemas"]["CapabilityFact"];
            /** @description The model takes `thinking` with a budget of tokens */
            thinkingBudget?: components["schemas"]["CapabilityFact"];
            /** @description The model takes adaptive `thinking` */
            adaptiveThinking?: components["schemas"]["CapabilityFact"];
            /** @description The model takes a service tier */
            serviceTier?: components["schemas"]["CapabilityFact"];
            /** @description The model takes a performance configuration */
            performanceConfig?: components["schemas"]["CapabilityFact"];
            /** @description The model counts tokens */
            countTokens?: components["schemas"]["CapabilityFact"];
        };
        LifecycleGuarantee: {
            /** @description Earliest end of life; null: no guarantee */
            earliestEndAt: (string) | null;
            /** @description Minimum number of days between the notice and the end of life; null: not known */
            noticeDays: number | null;
            source: string;
            /**
             * Format: date
             * @description Date on which the source had this value
             */
            readOn: string;
        };
        PriceDimensions: {
            /** @description USD per 1,000 tokens that the cache keeps for an hour; absent: not known */
            cacheWrite1hPer1k?: string;
            /** @description Prices of the service tiers besides the default */
            serviceTiers?: {
                flex?: components["schemas"]["TierPrices"];
                priority?: components["schemas"]["TierPrices"];
                reserved?: components["schemas"]["TierPrices"];
                /** @description Calls with optimized latency */
                optimized?: components["schemas"]["TierPrices"];
            };
            /** @description Prices of calls with a long prompt; absent: the base prices hold for every prompt */
            longContext?: {
                /** @description The prices apply to all tokens of a call with more input tokens, cached tokens included */
                aboveInputTokens: number;
                inputPer1k?: string;
                outputPer1k?: string;
                cacheReadPer1k?: string;
                cacheWritePer1k?: string;
                cacheWrite1hPer1k?: string;
            };
        };
        /** @description USD per 1,000 tokens of each kind; absent: not known */
        TierPrices: {
            inputPer1k?: string;
            outputPer1k?: string;
            cacheReadPer1k?: string;
            cacheWritePer1k?: string;
            cacheWrite1hPer1k?: string;
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
            /** @description Forms of a request that the model takes or refuses; absent: not known */
            capabilities: components["schemas"]["ModelCapabilities"];
            /** @description Names of capabilities that the model has refused since the last sync, whatever `capabilities` says */
            refusedForms: string[];
            /** @description Earliest end of the model and its notice; null: not known */
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
            priceDimensions: components["schemas"]["PriceDimensions"];
            /** @description Tokens that the model counts of a text for each token that most models count */
            tokenFactor: number;
            /** @description Source of the price; null: no source */
            priceSource: string | null;
            /** @description Price of each source, including the source that applies; empty if all sources agree */
            priceConflicts: components["schemas"]["SourcedPrice"][];
            available: boolean;
            /** @enum {string} */
            validationStatus: "unknown" | "passed" | "failed";
            lastValidatedAt: string | null;
            successor: string | null;
            /** @description Position in the ranking; 1 is the best */
            rank: number;
            active: boolean;
            selectable: boolean;
            /** @description Reasons why the model is not selectable; empty if it is selectable */
            reasons: components["schemas"]["Reason"][];
            /** @description USD as a decimal; null: not known */
            expectedCostPerExchange: string | null;
            timeToFirstTokenMs: number | null;
        };
        Reason: {
            code: string;
            detail: string;
        };
        /** @description With `explain`: the ranking that the selection used */
        SelectionExplanation: {
            useCase: string;
            /** @enum {string} */
            objective: "quality" | "cost" | "latency";
            expected: components["schemas"]["ExpectedUsage"];
            candidates: {
                modelId: string;
                name: string;
                /** @description Position in the ranking; 1 is the best */
                rank: number;
                active: boolean;
                selectable: boolean;
                /** @description Reasons why the model is not selectable; empty if it is selectable */
                reasons: components["schemas"]["Reason"][];
                /** @description USD as a decimal; null: not known */
                expectedCostPerExchange: string | null;
                timeToFirstTokenMs: number | null;
            }[];
        };
        /** @description Usage for cost impacts and for the objective `cost`, scaled to 30 days. Measured usage of less than a week is blended with configured usage */
        ExpectedUsage: {
            /** @description Input tokens without cached tokens */
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
            /** @description With `deep`: result of the probe */
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
            /** @description true: the effective model changed */
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
             * @description true: the request created the conversation; with `dryRun`: the request would create it
             * @enum {boolean}
             */
            created?: true;
            /** @enum {boolean} */
            dryRun?: true;
            /** @description With `dryRun`: cost impact; positive: the switch saves money */
            costImpact?: {
                savedUsd: string | null;
                horizon: string;
            };
            /** @description With `dryRun`: conversations that follow the use case, counted up to 1,000,000 */
            followers?: number;
            explanation?: components["schemas"]["SelectionExplanation"];
            /** @description With `propose`: the change request that would switch */
            change?: {
                /** Format: uuid */
                id: string;
                state: string;
                url: string;
            };
            /** @description With `dryRun` and a service key: calls of the last 30 days that followed the use case, and that the new model does not take, or not as they are. Absent: there are none */
            warnings?: components["schemas"]["SwitchWarning"][];
        };
        SwitchWarning: {
            /**
             * @description `body_family`: the model takes no body in this form. `lacks`: it refuses a form that the calls need. `adapted`: it refuses a form that the calls can go without
             * @enum {string}
             */
            kind: "body_family" | "lacks" | "adapted";
            useCase: string;
            /**
             * @description Way on which a call came
             * @enum {string}
             */
            wire: "chat" | "bedrock" | "anthropic" | "openai";
            /** @description Form of the body; absent: a chat */
            bodyFamily?: string;
            /** @description Name of a capability */
            form?: string;
            /** @description A call with several forms counts for each */
            calls: number;
            text: string;
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
            /** @description Forms of a request that the model takes or refuses; absent: not known */
            capabilities: components["schemas"]["ModelCapabilities"];
            /** @description Names of capabilities that the model has refused since the last sync, whatever `capabilities` says */
            refusedForms: string[];
            /** @description Earliest end of the model and its notice; null: not known */
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
            priceDimensions: components["schemas"]["PriceDimensions"];
            /** @description Tokens that the model counts of a text for each token that most models count */
            tokenFactor: number;
            /** @description Source of the price; null: no source */
            priceSource: string | null;
            /** @description Price of each source, including the source that applies; empty if all sources agree */
            priceConflicts: components["schemas"]["SourcedPrice"][];
            available: boolean;
            /** @enum {string} */
            validationStatus: "unknown" | "passed" | "failed";
            lastValidatedAt: string | null;
            successor: string | null;
            selectable: boolean;
            /** @description Reasons why the model is not selectable; empty if it is selectable */
            reasons: components["schemas"]["Reason"][];
        };
        ModelUse: {
            modelId: string;
            /** @description Use cases that have this active model */
            useCases: string[];
            /** @description Conversations that run on the model now: the sum of `following` and `pinned` */
            conversations: number;
            /** @description true: there are more than counted */
            conversationsCapped: boolean;
            /** @description Conversations that follow a use case which runs on the model, or whose pin has no effect there */
            following: number;
            /** @description Conversations that are pinned to the model */
            pinned: number;
            /** @description Conversations that are pinned to the model while it is not selectable: another model answers */
            pinnedWithoutEffect: number;
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
            /** @description Configured usage; tokens are per exchange */
            configured: {
                inputTokens: number;
                outputTokens: number;
                exchangesPerConversation: number;
                exchangesPer30Days: number;
            };
            /** @description Measured usage of the last 30 days; null: not measured yet */
            measured: {
                exchanges: number;
                /** @description Length of the measurement, from 1 hour to 30 days */
                days: number;
                /** @description Input tokens without cached tokens */
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
            /**
             * @description Who may chat in the use case: service keys, users with their own token, or both
             * @enum {string}
             */
            clients: "keys" | "users" | "both";
            /** @description true: it replaces the system prompt of users */
            hasSystemPrompt: boolean;
            /** @enum {string} */
            onModelFailure: "switch" | "alert";
            /** @enum {string} */
            onModelRecovery: "manual" | "auto";
            /**
             * @description reviewed: it changes by approved change requests only
             * @enum {string}
             */
            control: "direct" | "reviewed";
            /** @description End of the last freeze that is present or ahead; null: none */
            frozenUntil: string | null;
            version: number;
        };
        /**
         * @description A guardrail of Amazon Bedrock. Callers can neither replace nor remove it
         * @example {
         *       "id": "gr1example",
         *       "version": "1",
         *       "required": true
         *     }
         */
        Guardrail: {
            /** @description Id or ARN */
            id: string;
            /** @description Number of a version, or DRAFT */
            version: string;
            /**
             * @description true: models that take no guardrail are skipped. false: they are called without it
             * @default true
             */
            required?: boolean;
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
            /** @description true: it replaces the system prompt of users */
            hasSystemPrompt: boolean;
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
             * @description null: not known. A new price of input or output without this field resets it to null
             * @default null
             */
            cacheReadPricePer1k?: string | null;
            /** @default null */
            cacheWritePricePer1k?: string | null;
            /** @default {} */
            priceDimensions?: components["schemas"]["PriceDimensions"];
            /**
             * @description Tokens that the model counts of a text for each token that most models count
             * @default 1
             */
            tokenFactor?: number;
            /** @default false */
            available?: boolean;
            /** @default {} */
            capabilities?: components["schemas"]["StatedCapabilities"];
            id: string;
        };
        /** @description true: the model takes the form. false: it refuses the form. null: remove the value of the operator; the next import of facts adds that of public sources */
        StatedCapabilities: {
            temperature?: boolean | null;
            topP?: boolean | null;
            temperatureWithTopP?: boolean | null;
            topK?: boolean | null;
            manyStopSequences?: boolean | null;
            assistantPrefill?: boolean | null;
            repeatedRoles?: boolean | null;
            guardrail?: boolean | null;
            tools?: boolean | null;
            toolChoiceAny?: boolean | null;
            toolChoiceTool?: boolean | null;
            strictTools?: boolean | null;
            structuredOutput?: boolean | null;
            image?: boolean | null;
            document?: boolean | null;
            video?: boolean | null;
            audio?: boolean | null;
            s3Location?: boolean | null;
            citations?: boolean | null;
            cachePoint?: boolean | null;
            cachePointInTools?: boolean | null;
            cacheOneHour?: boolean | null;
            signedReasoning?: boolean | null;
            unsignedReasoning?: boolean | null;
            thinkingBudget?: boolean | null;
            adaptiveThinking?: boolean | null;
            serviceTier?: boolean | null;
            performanceConfig?: boolean | null;
            countTokens?: boolean | null;
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
            /** @description null: not known. A new price of input or output without this field resets it to null */
            cacheReadPricePer1k?: string | null;
            cacheWritePricePer1k?: string | null;
            priceDimensions?: components["schemas"]["PriceDimensions"];
            /** @description Tokens that the model counts of a text for each token that most models count */
            tokenFactor?: number;
            available?: boolean;
            capabilities?: components["schemas"]["StatedCapabilities"];
        };
        RetireModel: {
            successorId?: string;
            /** @description Of the switches; default: that the model was retired */
            reason?: string;
        };
        RetiredModel: {
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
            /** @description Forms of a request that the model takes or refuses; absent: not known */
            capabilities: components["schemas"]["ModelCapabilities"];
            /** @description Names of capabilities that the model has refused since the last sync, whatever `capabilities` says */
            refusedForms: string[];
            /** @description Earliest end of the model and its notice; null: not known */
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
            priceDimensions: components["schemas"]["PriceDimensions"];
            /** @description Tokens that the model counts of a text for each token that most models count */
            tokenFactor: number;
            /** @description Source of the price; null: no source */
            priceSource: string | null;
            /** @description Price of each source, including the source that applies; empty if all sources agree */
            priceConflicts: components["schemas"]["SourcedPrice"][];
            available: boolean;
            /** @enum {string} */
            validationStatus: "unknown" | "passed" | "failed";
            lastValidatedAt: string | null;
            successor: string | null;
            /** @description Move of what ran on the model; null: nothing did */
            moveId: string | null;
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
            /** @description Regions that restrict the destinations of the use case further; null: no further restriction */
            allowedRegions?: string[] | null;
            /** @description Applied to every call of the use case; null: none */
            guardrail?: components["schemas"]["Guardrail"] | null;
            /**
             * @description Who may chat in the use case: service keys, users with their own token, or both
             * @enum {string}
             */
            clients?: "keys" | "users" | "both";
            systemPrompt?: string | null;
            /** @enum {string} */
            onModelFailure?: "switch" | "alert";
            /** @enum {string} */
            onModelRecovery?: "manual" | "auto";
        };
        EditAssistant: {
            name: string;
            useCase: string;
            systemPrompt?: string | null;
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
            /** @description Actor, in the format of audit rows; sql:<role> for a change by plain SQL */
            actor: string;
            requestId: string | null;
            /** Format: date-time */
            changedAt: string;
            /** @description null: the row was added */
            before: Record<string, never> | null;
            /** @description null: the row was removed */
            after: Record<string, never> | null;
        };
        SyncCatalogue: {
            /** @description true: sync even if Bedrock does not offer most of the available models any more */
            force?: boolean;
        };
        CatalogueSync: {
            /** @description New models; not selectable until an operator makes them available */
            added: string[];
            /** @description Models whose lifecycle, destinations or way to invoke them changed */
            changed: string[];
            /** @description Models that cannot be invoked any more */
            gone: string[];
        };
        ImportPrices: {
            /** @description Source of the prices, for example a file, a contract or a price list */
            source: string;
            prices: {
                modelId: string;
                inputPricePer1k: string;
                outputPricePer1k: string;
                cacheReadPricePer1k?: string;
                cacheWritePricePer1k?: string;
                priceDimensions?: components["schemas"]["PriceDimensions"];
                /**
                 * Format: date-time
                 * @description Start of the validity of the price; default: now
                 */
                validFrom?: string;
            }[];
            /**
             * @description true: replace also the prices that another source or an operator set
             * @default false
             */
            apply?: boolean;
            /**
             * @description true: return the result and write nothing
             * @default false
             */
            dryRun?: boolean;
        };
        PriceImport: {
            /** @description Number of prices that are new or different */
            imported: number;
            unchanged: number;
            /** @description Models that are not in the catalogue; the import ignores their prices */
            unknownModels: string[];
            /** @description Models of this import whose sources state different prices */
            conflicts: {
                modelId: string;
                sources: components["schemas"]["SourcedPrice"][];
            }[];
            /** @description Prices that are new, different or now in effect */
            effects: {
                modelId: string;
                /**
                 * @description now: it is the price of the model. later: it takes effect at `validFrom`. kept: the price of another source stays
                 * @enum {string}
                 */
                effect: "now" | "later" | "kept";
                /** Format: date-time */
                validFrom: string;
                before: components["schemas"]["PriceBefore"];
                after: components["schemas"]["SourcedPrice"];
            }[];
        };
        /** @description Price of the model before the import; source null: it had none */
        PriceBefore: {
            source: string | null;
            /** @description USD as a decimal; null: not known */
            inputPricePer1k: string | null;
            /** @description USD as a decimal; null: not known */
            outputPricePer1k: string | null;
        };
        UpcomingPricePage: {
            items: components["schemas"]["UpcomingPrice"][];
            nextCursor: null;
        };
        UpcomingPrice: {
            modelId: string;
            source: string;
            inputPricePer1k: string;
            outputPricePer1k: string;
            cacheReadPricePer1k: string | null;
            cacheWritePricePer1k: string | null;
            /** Format: date-time */
            validFrom: string;
        };
        ImportFacts: {
            /**
             * @description true: return the result and write nothing
             * @default false
             */
            dryRun?: boolean;
            /** @description Facts to import; default: the facts of this release */
            facts?: components["schemas"]["ModelFacts"];
        };
        ModelFacts: {
            /** Format: date */
            readOn: string;
            region: string;
            models: {
                /** @description Model id to invoke */
                id: string;
                foundationModelId: string;
                name: string;
                provider: string;
                contextWindow: number | null;
                /** @description Tokens that the model counts of a text for each token that most models count */
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
                    /** @description Minimum number of days between the notice and the end of life; null: not known */
                    noticeDays: number | null;
                    source: string;
                    /**
                     * Format: date
                     * @description Date on which the source had this value
                     */
                    readOn: string;
                } | null;
                successorId: string | null;
                /** @default {} */
                capabilities?: {
                    /** @description The model takes a temperature */
                    temperature?: components["schemas"]["CapabilityFact"];
                    /** @description The model takes topP */
                    topP?: components["schemas"]["CapabilityFact"];
                    /** @description The model takes both in one request */
                    temperatureWithTopP?: components["schemas"]["CapabilityFact"];
                    /** @description The model takes a top-k setting */
                    topK?: components["schemas"]["CapabilityFact"];
                    /** @description The model takes more than four stop sequences */
                    manyStopSequences?: components["schemas"]["CapabilityFact"];
                    /** @description The last message may be from the assistant, and the model continues it */
                    assistantPrefill?: components["schemas"]["CapabilityFact"];
                    /** @description The model takes consecutive messages of one role */
                    repeatedRoles?: components["schemas"]["CapabilityFact"];
                    /** @description The model takes a guardrail */
                    guardrail?: components["schemas"]["CapabilityFact"];
                    /** @description The model takes tools, their uses and their results */
                    tools?: components["schemas"]["CapabilityFact"];
                    /** @description A request may demand that the model uses a tool */
                    toolChoiceAny?: components["schemas"]["CapabilityFact"];
                    /** @description A request may name the tool that the model must use */
                    toolChoiceTool?: components["schemas"]["CapabilityFact"];
                    /** @description The model keeps exactly to the schema of a tool */
                    strictTools?: components["schemas"]["CapabilityFact"];
                    /** @description The model answers by a JSON schema */
                    structuredOutput?: components["schemas"]["CapabilityFact"];
                    /** @description The model takes images */
                    image?: components["schemas"]["CapabilityFact"];
                    /** @description The model takes documents */
                    document?: components["schemas"]["CapabilityFact"];
                    /** @description The model takes videos */
                    video?: components["schemas"]["CapabilityFact"];
                    /** @description The model takes audio */
                    audio?: components["schemas"]["CapabilityFact"];
                    /** @description The model takes content by its location in Amazon S3 */
                    s3Location?: components["schemas"]["CapabilityFact"];
                    /** @description The model takes search results and citations */
                    citations?: components["schemas"]["CapabilityFact"];
                    /** @description The system prompt and messages may have cache points */
                    cachePoint?: components["schemas"]["CapabilityFact"];
                    /** @description The tools may have cache points */
                    cachePointInTools?: components["schemas"]["CapabilityFact"];
                    /** @description A cache point may last one hour */
                    cacheOneHour?: components["schemas"]["CapabilityFact"];
                    /** @description The model takes the signed reasoning of earlier turns */
                    signedReasoning?: components["schemas"]["CapabilityFact"];
                    /** @description The model takes reasoning without a signature */
                    unsignedReasoning?: components["schemas"]["CapabilityFact"];
                    /** @description The model takes `thinking` with a budget of tokens */
                    thinkingBudget?: components["schemas"]["CapabilityFact"];
                    /** @description The model takes adaptive `thinking` */
                    adaptiveThinking?: components["schemas"]["CapabilityFact"];
                    /** @description The model takes a service tier */
                    serviceTier?: components["schemas"]["CapabilityFact"];
                    /** @description The model takes a performance configuration */
                    performanceConfig?: components["schemas"]["CapabilityFact"];
                    /** @description The model counts tokens */
                    countTokens?: components["schemas"]["CapabilityFact"];
                };
                price: {
                    inputPer1k: string;
                    outputPer1k: string;
                    cacheReadPer1k: string | null;
                    cacheWritePer1k: string | null;
                    /** @default {} */
                    dimensions?: components["schemas"]["PriceDimensions"];
                    /** @description Level of agreement between the sources */
                    confidence: string;
                } | null;
                /** @description Prices of sources that disagree; the catalogue shows them as a conflict */
                otherPrices: {
                    source: string;
                    inputPer1k: string;
                    outputPer1k: string;
                }[];
            }[];
        };
        FactsImport: {
            /** @description New models; not selectable until an operator makes them available */
            added: string[];
            changed: {
                modelId: string;
                /** @enum {string} */
                field: "price" | "priceSource" | "priceConflicts" | "guarantee" | "capabilities" | "contextWindow" | "successorId";
                /** @description Value of the field, in the format of the list of models */
                before: unknown;
                /** @description Value of the field, in the format of the list of models */
                after: unknown;
            }[];
            /** @description Models that keep a price that differs from the facts, because another source set it */
            kept: {
                modelId: string;
                priceSource: string | null;
            }[];
            dryRun: boolean;
        };
        ConfigurationDiff: {
            differences: components["schemas"]["AttributedDifference"][];
            /** @description Calls of the last 30 days that followed a use case, and that its active model of the file does not take, or not as they are */
            warnings: components["schemas"]["SwitchWarning"][];
        };
        AttributedDifference: {
            /** @enum {string} */
            section: "models" | "useCases" | "assistants" | "prices" | "budgets" | "webhooks";
            /** @description Model id, name of the use case, or another key of the section */
            id: string;
            /**
             * @description missing: only in the file. extra: only in the installation. changed: another value in each
             * @enum {string}
             */
            kind: "missing" | "extra" | "changed";
            /** @description Field with another value; null: the whole setting */
            field: string | null;
            /** @description null: absent */
            file: unknown;
            /** @description null: absent */
            installed: unknown;
            /** @description Line of the file; null: not in the file */
            line: number | null;
            column: number | null;
            /** @description Actor of the last change of the value in the installation; null: no change is recorded */
            changedBy: string | null;
            changedAt: string | null;
        };
        AppliedConfiguration: {
            dryRun: boolean;
            /** @description Differences that the apply removed */
            applied: components["schemas"]["ConfigurationDifference"][];
            /** @description Differences that stay: extra settings, and active models without `switchModels` */
            kept: components["schemas"]["ConfigurationDifference"][];
            switches: {
                useCase: string;
                fromId: string;
                toId: string;
                switchId?: string;
                /** @description In a dry run: conversations that follow the use case */
                followers?: number;
            }[];
            /** @description In a dry run: calls of the last 30 days that the new models of the switches do not take, or not as they are */
            warnings: components["schemas"]["SwitchWarning"][];
            webhooks: {
                owner: string;
                feed: string;
                url: string;
                /** @description Only this response contains it; null in a dry run */
                secret: string | null;
            }[];
            /** @description Change request for the settings of reviewed use cases, which are in `kept`; null: there are none, or it is a dry run */
            change: {
                /** Format: uuid */
                id: string;
                state: string;
                url: string;
            } | null;
        };
        ConfigurationDifference: {
            /** @enum {string} */
            section: "models" | "useCases" | "assistants" | "prices" | "budgets" | "webhooks";
            /** @description Model id, name of the use case, or another key of the section */
            id: string;
            /**
             * @description missing: only in the file. extra: only in the installation. changed: another value in each
             * @enum {string}
             */
            kind: "missing" | "extra" | "changed";
            /** @description Field with another value; null: the whole setting */
            field: string | null;
            /** @description null: absent */
            file: unknown;
            /** @description null: absent */
            installed: unknown;
            /** @description Line of the file; null: not in the file */
            line: number | null;
            column: number | null;
        };
        ConversationPage: {
            items: components["schemas"]["Conversation"][];
            nextCursor: string | null;
        };
        Conversation: {
            id: string;
            /** @description Owner; if no user is known, the service that created it */
            userId: string;
            useCase: string;
            /** @description Effective model */
            modelId: string;
            /** @description null: the conversation follows its use case */
            pin: components["schemas"]["Pin"] | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        Pin: {
            /** @enum {string} */
            kind: "manual" | "fallback";
            modelId: string;
            /** @description Of a fallback: model that failed */
            failedModelId?: string;
            /**
             * Format: date-time
             * @description Of a fallback: time of the next check of the failed model
             */
            recheckAt?: string;
        };
        ExplainedConversation: {
            id: string;
            /** @description Owner; if no user is known, the service that created it */
            userId: string;
            useCase: string;
            /** @description Effective model */
            modelId: string;
            /** @description null: the conversation follows its use case */
            pin: components["schemas"]["Pin"] | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description Reason why this model answers, in words */
            explanation: string;
        };
        EffectiveModel: {
            conversationId: string;
            useCase: string;
            model: components["schemas"]["Model"];
            /**
             * @description pin: pin of the conversation; active: active model of the use case; candidate: best selectable candidate
             * @enum {string}
             */
            source: "pin" | "active" | "candidate";
            pin: ("manual" | "fallback") | null;
            /** @description false: the conversation does not exist yet */
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
            /** @description Cost impact in USD; null: pending, or a price is unknown */
            costImpact: string | null;
            costImpactHorizon: string | null;
            /** @description Saving in USD so far; null: no call yet, or a price is unknown */
            savedUsd: string | null;
            notificationShown: boolean;
            /**
             * @description pending: the audit row is not written yet
             * @enum {string}
             */
            status: "pending" | "recorded";
            /** Format: date-time */
            timestamp: string;
            /** @description Request that switched; erased: the user was erased */
            requestId: string;
            /** @description Why the switch of a use case, or of a conversation that a change moved with it, was allowed. `safety_move`: by the service, to a candidate. `report`: a key reported a failure, and a person reviews it. null: of another conversation */
            basis: ("direct" | "change" | "break_glass" | "safety_move" | "report") | null;
            /** @description Change request that made it */
            changeId: string | null;
            /** @description People who approved that change */
            approvedBy: string[] | null;
        };
        ChatRequest: {
            /** @description Id of the conversation; absent: a new conversation */
            conversationId?: string;
            /** @description Use case of the conversation; a different one moves the conversation */
            useCase?: string;
            /** @description Assistant whose use case applies if `useCase` is absent */
            assistantId?: string;
            /** @description User on whose behalf a service key with the scope act-as acts */
            userId?: string;
            /** @description The first and the last message are from the user. The model gets consecutive messages of one role as one message */
            messages: components["schemas"]["ChatMessage"][];
            /** @description Instructions: one text, or one for each block */
            system?: string | {
                text: string;
            }[];
            toolConfig?: components["schemas"]["ChatToolConfig"];
            /** @description Texts at which the model stops; some models take four at most */
            stopSequences?: string[];
            /** @description Maximum number of output tokens; the limit of the model also applies */
            maxTokens?: number;
            /** @description The call omits it if the model refuses it; see `attempts` */
            temperature?: number;
            /** @description The call omits it if the model refuses it, or refuses it together with `temperature` */
            topP?: number;
            /**
             * @description true: the response consists of Server-Sent Events
             * @default false
             */
            stream?: boolean;
            /**
             * @description false: the notification of a switch is silent
             * @default true
             */
            showNotification?: boolean;
            /**
             * @description true: the response is 404 if the conversation does not exist, and nothing is created
             * @default false
             */
            mustExist?: boolean;
        };
        ChatMessage: {
            /** @enum {string} */
            role: "user" | "assistant";
            /** @description Text, or blocks in the form of Converse of Amazon Bedrock */
            content: string | ({
                text: string;
            } | {
                image: {
                    /** @enum {string} */
                    format: "png" | "jpeg" | "gif" | "webp";
                    source: {
                        /**
                         * Format: base64
                         * @description Base64
                         */
                        bytes: string;
                    };
                };
            } | {
                document: {
                    /** @enum {string} */
                    format: "pdf" | "csv" | "doc" | "docx" | "xls" | "xlsx" | "html" | "txt" | "md";
                    name: string;
                    source: {
                        /**
                         * Format: base64
                         * @description Base64
                         */
                        bytes: string;
                    };
                };
            } | components["schemas"]["ChatToolUse"] | {
                toolResult: {
                    toolUseId: string;
                    content: ({
                        text: string;
                    } | {
                        image: {
                            /** @enum {string} */
                            format: "png" | "jpeg" | "gif" | "webp";
                            source: {
                                /**
                                 * Format: base64
                                 * @description Base64
                                 */
                                bytes: string;
                            };
                        };
                    } | {
                        document: {
                            /** @enum {string} */
                            format: "pdf" | "csv" | "doc" | "docx" | "xls" | "xlsx" | "html" | "txt" | "md";
                            name: string;
                            source: {
                                /**
                                 * Format: base64
                                 * @description Base64
                                 */
                                bytes: string;
                            };
                        };
                    } | {
                        json: unknown;
                    })[];
                    /** @enum {string} */
                    status?: "success" | "error";
                };
            })[];
        };
        /** @description Use of a tool by the model */
        ChatToolUse: {
            toolUse: {
                toolUseId: string;
                name: string;
                input: unknown;
            };
        };
        /** @description Tools that the model may use, in the form of Converse */
        ChatToolConfig: {
            tools: {
                toolSpec: {
                    name: string;
                    description?: string;
                    inputSchema: {
                        json: unknown;
                    };
                };
            }[];
            toolChoice?: {
                auto: Record<string, never>;
            } | {
                any: Record<string, never>;
            } | {
                tool: {
                    name: string;
                };
            };
        };
        ChatAnswer: {
            /** @enum {boolean} */
            success: true;
            conversationId: string;
            /**
             * @description true: the request created the conversation
             * @enum {boolean}
             */
            created?: true;
            useCase: string;
            /** @description Model that answered */
            model: components["schemas"]["AnsweringModel"];
            message: {
                /** @enum {string} */
                role: "assistant";
                content: string;
            };
            /** @description Text and uses of tools, in their order. To continue after the use of a tool, send it as the message of the assistant, and its result as that of the user */
            content: ({
                text: string;
            } | components["schemas"]["ChatToolUse"])[];
            /** @description Stop reason of Bedrock, for example end_turn or max_tokens. content_filtered: the model refused. guardrail_intervened: the guardrail of the use case stopped the prompt or changed the response; `message` has its text. */
            stopReason: string;
            /** @description Usage of this answer; attempts that broke off before it have their usage in `attempts` */
            usage: {
                /** @description Input tokens without the tokens read from or written to the cache */
                inputTokens: number;
                outputTokens: number;
                cacheReadInputTokens: number;
                cacheWriteInputTokens: number;
                totalTokens: number;
                /** @description USD as a decimal; null: a price is not known */
                costUsd: string | null;
                costUnknown?: components["schemas"]["CostUnknown"];
                /** @description true: the tokens are an estimate, because Bedrock reported none */
                estimated: boolean;
            };
            attempts: components["schemas"]["ChatAttempt"][];
            /** @description Of the switch that this call caused; absent: it caused none, or a silent one */
            notification?: components["schemas"]["SentNotification"];
        };
        AnsweringModel: {
            id: string;
            name: string;
            provider: string;
        };
        /**
         * @description Price that is missing where `costUsd` is null; absent: none
         * @enum {string}
         */
        CostUnknown: "no_price" | "no_price_for_cache_write_1h" | "no_price_for_service_tier" | "no_price_for_long_context";
        ChatAttempt: {
            modelId: string;
            /** @enum {string} */
            outcome: "answered" | "refused" | "guardrail_intervened" | "failed" | "cancelled" | "skipped";
            errorKind: string | null;
            ms: number;
            /** @description Tokens and cost that Bedrock charges for this attempt, also if it broke off; absent: no charge */
            billed?: {
                input: number;
                output: number;
                cacheRead: number;
                cacheWrite: number;
                /** @description Part of `cacheWrite` that the cache keeps for an hour; absent: none */
                cacheWrite1h?: number;
                /** @description Part of `cacheWrite` whose time to live has no price; absent: none */
                cacheWriteOther?: number;
                /** @description Service tier that served the attempt; absent: the default */
                serviceTier?: string;
                estimated: boolean;
                costUsd: string | null;
                costUnknown?: components["schemas"]["CostUnknown"];
                priceVersion: number | null;
            };
            /** @description Parameters that the call omitted, because the model refuses them */
            leftOut?: string[];
            /** @description Parameters that the call had with another value, because of the model */
            adapted?: string[];
            /** @description Forms of the request that a skipped model does not take */
            lacks?: string[];
        };
        SentNotification: {
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
            /**
             * Format: uuid
             * @description As in `/v1/notifications`
             */
            id: string;
        };
        CallPage: {
            items: components["schemas"]["Call"][];
            nextCursor: string | null;
        };
        Call: {
            /** Format: uuid */
            id: string;
            /** @description Value of x-request-id; erased: the user was erased */
            requestId: string;
            /** Format: date-time */
            startedAt: string;
            conversationId: string | null;
            useCase: string;
            userId: string;
            actor: string;
            onBehalfOf: string | null;
            /** @description Model that answered, or the last one that was called */
            modelId: string;
            /** @enum {string} */
            outcome: "answered" | "refused" | "guardrail_intervened" | "failed" | "cancelled";
            errorKind: string | null;
            stopReason: string | null;
            /**
             * @description Way on which a call came
             * @enum {string}
             */
            wire: "chat" | "bedrock" | "anthropic" | "openai";
            /** @description Form of the body; null: a chat */
            bodyFamily: string | null;
            /** @description Names of the capabilities that the request has */
            forms: string[];
            streamed: boolean;
            latencyMs: number;
            firstTextMs: number | null;
            /** @description null: not known */
            inputTokens: number | null;
            /** @description null: not known */
            outputTokens: number | null;
            /** @description null: not known */
            cacheReadTokens: number | null;
            /** @description null: not known */
            cacheWriteTokens: number | null;
            /** @description true: the tokens are an estimate */
            estimated: boolean;
            /** @description USD as a decimal; null: not known */
            costUsd: string | null;
            costUnknown: components["schemas"]["CostUnknown"] | null;
            /** @description Models that were called or skipped, in this order */
            attempts: components["schemas"]["CallAttempt"][];
        };
        CallAttempt: {
            modelId: string;
            /** @enum {string} */
            outcome: "answered" | "refused" | "guardrail_intervened" | "failed" | "cancelled" | "skipped";
            errorKind: string | null;
            ms: number;
            /** @description Parameters that the attempt went without */
            leftOut?: string[];
            /** @description Parameters that the attempt had with another value */
            adapted?: string[];
            /** @description Forms of the request that the model, which was skipped, does not take */
            lacks?: string[];
        };
        OpenAiModelList: {
            /** @enum {string} */
            object: "list";
            data: components["schemas"]["OpenAiModel"][];
        };
        OpenAiModel: {
            /** @description A use case, `auto`, or the id of a model */
            id: string;
            /** @enum {string} */
            object: "model";
            /** @description Always 0: not known */
            created: number;
            /** @description Provider of a model; this service for a use case */
            owned_by: string;
        };
        AnthropicModelList: {
            data: components["schemas"]["AnthropicModel"][];
            /** @enum {boolean} */
            has_more: false;
            first_id: string | null;
            last_id: string | null;
        };
        AnthropicModel: {
            /** @enum {string} */
            type: "model";
            /** @description A use case, `auto`, or the id of a model */
            id: string;
            display_name: string;
            /** @description Always 1970: not known */
            created_at: string;
        };
        UndoSwitch: {
            reason?: string;
            /** @description false: the notification is silent; default: that of the switch */
            showNotification?: boolean;
        };
        UndoneSwitch: {
            /** @description true: the effective model changed */
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
             * @description true: the request created the conversation; with `dryRun`: the request would create it
             * @enum {boolean}
             */
            created?: true;
            /** @enum {boolean} */
            dryRun?: true;
            /** @description With `dryRun`: cost impact; positive: the switch saves money */
            costImpact?: {
                savedUsd: string | null;
                horizon: string;
            };
            /** @description With `dryRun`: conversations that follow the use case, counted up to 1,000,000 */
            followers?: number;
            explanation?: components["schemas"]["SelectionExplanation"];
            /** @description With `propose`: the change request that would switch */
            change?: {
                /** Format: uuid */
                id: string;
                state: string;
                url: string;
            };
            /** @description With `dryRun` and a service key: calls of the last 30 days that followed the use case, and that the new model does not take, or not as they are. Absent: there are none */
            warnings?: components["schemas"]["SwitchWarning"][];
            notification?: components["schemas"]["SwitchNotification"];
        };
        StartMove: {
            /** @description A model, or with `follow` each use case takes its best other candidate and pinned conversations follow their use case */
            to: {
                modelId: string;
            } | {
                /** @enum {boolean} */
                follow: true;
            };
            reason: string;
            /** @description Absent: every use case */
            useCases?: string[];
            /** @default true */
            showNotification?: boolean;
            /**
             * @description true: returns the preview and changes nothing
             * @default false
             */
            dryRun?: boolean;
        };
        MovePreview: {
            useCases: components["schemas"]["MovedUseCase"][];
            /** @description What stays on the model, and the reason */
            staying: components["schemas"]["MoveStaying"][];
            totals: {
                /** @description Use cases that are switched */
                useCases: number;
                /** @description Conversations that follow them */
                following: number;
                /** @description Pinned conversations that move */
                pinned: number;
                /** @description Conversations on a fallback whose way back changes, without a switch */
                waysBack: number;
                /** @description Owners of these conversations */
                users: number;
                /** @description true: there are more users than counted */
                usersCapped: boolean;
                savedUsd: string | null;
            };
            /** @description The 20 owners of the most pinned conversations */
            users: {
                userId: string;
                conversations: number;
            }[];
        };
        MovedUseCase: {
            name: string;
            from: string;
            to: string;
            /** @description true: the use case itself runs on the model, and is switched */
            switched: boolean;
            /** @description Conversations that follow a use case that is switched, counted up to a million */
            followers: number;
            /** @description Conversations that a person pinned to the model */
            pinnedManual: number;
            /** @description Conversations that a fallback pinned to the model; they keep what they recover */
            pinnedFallback: number;
            /** @description Conversations on a fallback from the model; they go back to the target instead of it */
            waysBack: number;
            /** @description USD, positive = cheaper: 30 days of a switched use case and the remaining exchanges of the pinned conversations, of more than 200 by their mean; null: a price is unknown */
            savedUsd: string | null;
        };
        MoveStaying: {
            useCase: string;
            /** @description `model_not_a_candidate`, `no_selectable_model`, or a reason against the model */
            code: string;
            reason: string;
            conversations: number;
        };
        Move: {
            /** Format: uuid */
            id: string;
            fromModelId: string;
            /** @description A model, or with `follow` each use case takes its best other candidate and pinned conversations follow their use case */
            to: {
                modelId: string;
            } | {
                /** @enum {boolean} */
                follow: true;
            };
            reason: string;
            showNotification: boolean;
            /** @enum {string} */
            state: "running" | "paused" | "aborted" | "done" | "undoing" | "undone" | "failed";
            actor: string;
            /** Format: date-time */
            createdAt: string;
            endedAt: string | null;
            /** @description Of the pinned conversations and the ways back. The use cases are switched when the move starts */
            progress: {
                /** @description Pinned conversations and ways back */
                total: number;
                moved: number;
                /** @description Conversations that others switched or left meanwhile */
                skipped: number;
                /** @description Conversations that stay: see `staying` */
                failed: number;
            };
            /** @description The plan at the start of the move */
            useCases: components["schemas"]["MovedUseCase"][];
            staying: components["schemas"]["MoveStaying"][];
            /** @description null: the move was not undone */
            undo: {
                actor: string;
                /** @description Switches of the move, of use cases and conversations, and changed ways back */
                total: number;
                restored: number;
                /** @description Scopes that were switched since, or whose former model is not selectable */
                kept: number;
            } | null;
            /** @description Error of the last step; null: none */
            lastError: string | null;
        };
        MovePage: {
            items: components["schemas"]["Move"][];
            nextCursor: string | null;
        };
        ChangePolicy: {
            /**
             * @description reviewed: it changes by approved changes only
             * @enum {string}
             */
            control: "direct" | "reviewed";
            /** @description People who must approve, beside the proposer */
            approvals: number;
            /** @description Group that approvers must have; null: any person with the scope approve */
            approverGroup: string | null;
            /** @description Times at which changes may be applied; none: always */
            windows: components["schemas"]["ChangeWindow"][];
            expiresAfterDays: number;
            /** @description A scheduled change that is later than this expires */
            lateByMinutes: number;
            useCase: string;
            /** @description Version of the use case, for If-Match */
            version: number;
            frozenUntil: string | null;
        };
        ChangeWindow: {
            /** @description Five fields: each time opens the window */
            cron: string;
            durationMinutes: number;
            /** @description IANA name, e.g. Europe/Berlin */
            timezone: string;
        };
        SetChangePolicy: {
            /**
             * @description reviewed: it changes by approved changes only
             * @enum {string}
             */
            control: "direct" | "reviewed";
            /**
             * @description People who must approve, beside the proposer
             * @default 1
             */
            approvals?: number;
            /**
             * @description Group that approvers must have; null: any person with the scope approve
             * @default null
             */
            approverGroup?: string | null;
            /**
             * @description Times at which changes may be applied; none: always
             * @default []
             */
            windows?: components["schemas"]["ChangeWindow"][];
            /** @default 7 */
            expiresAfterDays?: number;
            /**
             * @description A scheduled change that is later than this expires
             * @default 15
             */
            lateByMinutes?: number;
        };
        ScheduleChange: {
            /**
             * Format: date-time
             * @description In a window of each policy, and in no freeze
             */
            applyAt: string;
        };
        ChangeRequest: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            state: "proposed" | "approved" | "scheduled" | "applying" | "applied" | "rejected" | "withdrawn" | "expired" | "conflicted" | "failed";
            revision: number;
            /** @description SHA-256 of the operations, their versions and `applyAt`: approvals are of it */
            hash: string;
            reason: string;
            /** @description null: as soon as it is approved */
            applyAt: string | null;
            useCases: string[];
            proposer: string;
            /** @description Who made this revision */
            editor: string;
            /**
             * @description `fallback`: made by a fallback-switch without evidence, for its review
             * @enum {string}
             */
            origin: "proposal" | "fallback";
            /** @description Change whose recorded values this one restores */
            undoes: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            revisedAt: string;
            /** Format: date-time */
            expiresAt: string;
            endedAt: string | null;
            /** @description Why it is conflicted or failed */
            failure: {
                code: string;
                detail: string;
                operation: number | null;
                conflicts?: {
                    operation: number;
                    scope: string;
                    expected: unknown;
                    present: unknown;
                }[];
            } | null;
            /** @description Until when a person has to review a change that had no approvals */
            reviewDueAt: string | null;
            reviewedAt: string | null;
            operations: {
                operation: components["schemas"]["ChangeOperation"];
                scope: string;
                expectedVersion: string;
                /** @description Values that an undo restores */
                before: Record<string, never>;
                after: Record<string, never>;
                /** @description Ids of what it made; null: it was not applied */
                result: Record<string, never> | null;
            }[];
            decisions: {
                /** Format: uuid */
                id: string;
                revision: number;
                hash: string;
                kind: string;
                actor: string;
                comment: string | null;
                /** Format: date-time */
                decidedAt: string;
            }[];
            /** @description Of each operation, after a proposal, a revision or a preview */
            preview?: {
                scope: string;
                useCases: string[];
                switched: {
                    /** @description true: the effective model changed */
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
                     * @description true: the request created the conversation; with `dryRun`: the request would create it
                     * @enum {boolean}
                     */
                    created?: true;
                    /** @enum {boolean} */
                    dryRun?: true;
                    /** @description With `dryRun`: cost impact; positive: the switch saves money */
                    costImpact?: {
                        savedUsd: string | null;
                        horizon: string;
                    };
                    /** @description With `dryRun`: conversations that follow the use case, counted up to 1,000,000 */
                    followers?: number;
                    explanation?: components["schemas"]["SelectionExplanation"];
                    /** @description With `propose`: the change request that would switch */
                    change?: {
                        /** Format: uuid */
                        id: string;
                        state: string;
                        url: string;
                    };
                    /** @description With `dryRun` and a service key: calls of the last 30 days that followed the use case, and that the new model does not take, or not as they are. Absent: there are none */
                    warnings?: components["schemas"]["SwitchWarning"][];
                    /** @description Conversations with a pin, which stay as they are */
                    pinned: number;
                    /** @description Sent to the followers */
                    notification: components["schemas"]["SwitchNotification"] | null;
                } | null;
                move: components["schemas"]["MovePreview"] | null;
                /** @description Of `undo-move`: a worker does it after the change was applied */
                moveUndo: components["schemas"]["MoveUndoPreview"] | null;
                undo: {
                    isPossible: boolean;
                    reasons: components["schemas"]["Reason"][];
                };
                error: {
                    code: string;
                    detail: string;
                } | null;
            }[];
        };
        ChangeOperation: {
            /** @enum {string} */
            kind: "switch-use-case";
            useCase: string;
            modelId: string;
        } | {
            /** @enum {string} */
            kind: "edit-use-case";
            useCase: string;
            edit: components["schemas"]["EditUseCase"];
        } | {
            /** @enum {string} */
            kind: "edit-policy";
            useCase: string;
            policy: components["schemas"]["EditChangePolicy"];
        } | {
            /** @enum {string} */
            kind: "edit-model";
            modelId: string;
            edit: components["schemas"]["EditModel"];
        } | {
            /** @enum {string} */
            kind: "retire-model";
            modelId: string;
            /** @default null */
            successorId: string | null;
        } | {
            /** @enum {string} */
            kind: "move-off-model";
            modelId: string;
            /**
             * @description null: each use case takes its best other candidate
             * @default null
             */
            toModelId: string | null;
            /**
             * @description null: all
             * @default null
             */
            useCases: string[] | null;
        } | {
            /** @enum {string} */
            kind: "undo-move";
            /**
             * Format: uuid
             * @description Of a move that has ended
             */
            moveId: string;
        };
        EditChangePolicy: {
            /**
             * @description reviewed: it changes by approved changes only
             * @enum {string}
             */
            control?: "direct" | "reviewed";
            /** @description People who must approve, beside the proposer */
            approvals?: number;
            /** @description Group that approvers must have; null: any person with the scope approve */
            approverGroup?: string | null;
            /** @description Times at which changes may be applied; none: always */
            windows?: components["schemas"]["ChangeWindow"][];
            expiresAfterDays?: number;
            /** @description A scheduled change that is later than this expires */
            lateByMinutes?: number;
        };
        MoveUndoPreview: {
            useCases: {
                name: string;
                /** @description true: the use case itself goes back to the model */
                switched: boolean;
                /** @description Conversations that get back what the move took from them */
                restored: number;
                /** @description What was switched since or cannot go back: conversations, and the use case itself */
                kept: number;
                /** @description Reason against the model, so that all of it is kept; null: there is none */
                reason: string | null;
            }[];
            totals: {
                /** @description Use cases that go back */
                useCases: number;
                /** @description Conversations that go back */
                restored: number;
                /** @description Use cases and conversations that stay */
                kept: number;
            };
        };
        BreakGlass: {
            /** @description At least 20 characters that are not blanks */
            reason: string & (unknown & unknown);
        };
        ReviewChange: {
            /** @enum {string} */
            verdict: "accepted" | "undo";
            comment: string & (unknown & unknown);
        };
        FreezePage: {
            items: components["schemas"]["Freeze"][];
            nextCursor: string | null;
        };
        Freeze: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** @description null: all */
            useCases: string[] | null;
            reason: string;
            madeBy: string;
            /** Format: date-time */
            madeAt: string;
            endedEarlyBy: string | null;
            endedEarlyAt: string | null;
        };
        CreateFreeze: {
            /**
             * Format: date-time
             * @description Absent: now
             */
            from?: string;
            /**
             * Format: date-time
             * @description At most 90 days after `from`
             */
            to: string;
            /**
             * @description null: all
             * @default null
             */
            useCases?: string[] | null;
            reason: string & (unknown & unknown);
        };
        ChangeWindowsPage: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            items: {
                useCase: string;
                /** @description In their order; windows that overlap are one opening */
                openings: {
                    /**
                     * Format: date-time
                     * @description Of the first it may be before the period
                     */
                    from: string;
                    /**
                     * Format: date-time
                     * @description Exclusive
                     */
                    to: string;
                }[];
                /** @description Openings that begin at this time or later are left out; null: none is */
                completeUntil: string | null;
            }[];
            /** @description A page may have fewer items than `limit` */
            nextCursor: string | null;
        };
        ProposeChange: {
            /** @description In the order in which they are applied: all or none */
            operations: components["schemas"]["ChangeOperation"][];
            /** @description Stored in the audit log and shown to users */
            reason: string & (unknown & unknown);
            /**
             * Format: date-time
             * @description Absent: as soon as it is approved
             */
            applyAt?: string;
        };
        ChangeRequestPage: {
            items: components["schemas"]["ChangeRequestSummary"][];
            nextCursor: string | null;
        };
        ChangeRequestSummary: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            state: "proposed" | "approved" | "scheduled" | "applying" | "applied" | "rejected" | "withdrawn" | "expired" | "conflicted" | "failed";
            revision: number;
            /** @description SHA-256 of the operations, their versions and `applyAt`: approvals are of it */
            hash: string;
            reason: string;
            /** @description null: as soon as it is approved */
            applyAt: string | null;
            useCases: string[];
            proposer: string;
            /** @description Who made this revision */
            editor: string;
            /**
             * @description `fallback`: made by a fallback-switch without evidence, for its review
             * @enum {string}
             */
            origin: "proposal" | "fallback";
            /** @description Change whose recorded values this one restores */
            undoes: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            revisedAt: string;
            /** Format: date-time */
            expiresAt: string;
            endedAt: string | null;
            /** @description Why it is conflicted or failed */
            failure: {
                code: string;
                detail: string;
                operation: number | null;
                conflicts?: {
                    operation: number;
                    scope: string;
                    expected: unknown;
                    present: unknown;
                }[];
            } | null;
            /** @description Until when a person has to review a change that had no approvals */
            reviewDueAt: string | null;
            reviewedAt: string | null;
        };
        JudgeChange: {
            /** @description Hash of the content that you have seen */
            hash: string;
            comment?: string & (unknown & unknown);
        };
        UndoChange: {
            reason?: string & (unknown & unknown);
        };
        SetAsidePage: {
            items: components["schemas"]["SetAside"][];
            nextCursor: string | null;
        };
        SetAside: {
            /**
             * Format: uuid
             * @description Id of the entry; for a switch without its audit row: id of the switch
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
             * @description Id of one dead letter; absent: all dead letters
             */
            id?: string;
        };
        Requeued: {
            /** @description Number of requeued entries */
            requeued: number;
        };
        CheckpointPage: {
            items: components["schemas"]["Checkpoint"][];
            nextCursor: string | null;
        };
        /** @description Signed entry of the hash chain. Keep a copy outside of the database: it shows whether the hash chain was rewritten */
        Checkpoint: {
            /** @description Number of entries of the hash chain that the checkpoint covers */
            position: number;
            hash: string;
            /** Format: date-time */
            sealedAt: string;
            /** @description Id of the public key; null: the checkpoint is not signed */
            keyId: string | null;
            signature: string | null;
        };
        VerifyAudit: {
            /** @description Checkpoint that you kept outside of the database. Only with it does the verification always find removed entries at the end */
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
            /** @description Guarantee of a model without an end date; null: it has an end date, or no guarantee */
            outlook: components["schemas"]["LifecycleOutlook"] | null;
            warning: {
                /** @enum {string} */
                milestone: "legacy" | "extended_access" | "end_of_life";
                days: number;
                threshold: number;
            } | null;
            inUse: boolean;
            /** @description Use cases that run on the model */
            useCases: string[];
            conversations: number;
            /** @description true: there are more than counted */
            conversationsCapped: boolean;
            /** @description Recommended successor; `savedUsd` is positive if it is cheaper */
            successor: {
                modelId: string;
                name: string;
                /** @description USD as a decimal; null: not known */
                savedUsd: string | null;
                horizon: string;
            } | null;
        };
        LifecycleOutlook: {
            /** @description Earliest end of life; null: no guarantee */
            earliestEndAt: (string) | null;
            /** @description Minimum number of days between the notice and the end of life; null: not known */
            noticeDays: number | null;
            source: string;
            /**
             * Format: date
             * @description Date on which the source had this value
             */
            readOn: string;
            /** @description true: the earliest end has passed, so the model may end after its notice */
            hasRunOut: boolean;
            /** @description Earliest end if Bedrock gives notice now; null: not known */
            endsNotBefore: string | null;
        };
        RequestSweep: {
            /**
             * @description true: probe every model with a deep check, however recent its last answer is
             * @default false
             */
            deep?: boolean;
            /** @description Models to check, which must be available; default: all available models */
            modelIds?: string[];
        };
        RequestedSweep: {
            /** Format: uuid */
            id: string;
        };
        SweepPage: {
            items: components["schemas"]["Sweep"][];
            /** @description There is one page */
            nextCursor: null;
        };
        Sweep: {
            id: string;
            /**
             * @description waiting: no worker has begun it. failed: it ended with an error, or its worker died
             * @enum {string}
             */
            state: "waiting" | "running" | "done" | "failed";
            /** @description Who requested it; schedule: nobody */
            by: string;
            deep: boolean;
            /** @description null: all available models */
            modelIds: string[] | null;
            /** Format: date-time */
            startedAt: string;
            endedAt: string | null;
            /** @description Models that were checked so far */
            checked: number;
            /** @description Models to check; null: it has not begun, or an earlier release ran it */
            total: number | null;
            /** @description Models that failed a check */
            failed: number;
        };
        BreakerPage: {
            items: components["schemas"]["Breaker"][];
            nextCursor: string | null;
        };
        Breaker: {
            modelId: string;
            /** @description Kind of the failure that opened the breaker */
            kind: string;
            /**
             * Format: date-time
             * @description Time of the next check of the model
             */
            recheckAt: string;
        };
        BreakerRecheck: {
            /** @description true: the model answered, and its breaker is closed */
            closed: boolean;
        };
        NotificationPage: {
            items: components["schemas"]["Notification"][];
            nextCursor: string | null;
        };
        Notification: {
            /** Format: uuid */
            id: string;
            /** @description Number in the feed, in the order of publication */
            seq: number;
            /** @enum {string} */
            kind: "switch" | "lifecycle" | "validation" | "alert" | "change";
            /** @enum {string} */
            type: "auto" | "manual";
            title: string;
            message: string;
            /** @description Model of the notification; for a switch: the new model; empty: not about a model, but a webhook, a budget or a change */
            modelId: string;
            modelName: string;
            provider: string | null;
            reason: string | null;
            /** @description For a switch: direction by the tiers of its models */
            direction: ("upgrade" | "downgrade" | "lateral") | null;
            /** @description For a switch: name of the previous model */
            from: string | null;
            /** @description For a switch: name of the new model */
            to: string | null;
            switchId: string | null;
            /** @description null: not about one conversation */
            conversationId: string | null;
            useCase: string | null;
            /** @description null: for several recipients */
            userId: string | null;
            /** @description For a lifecycle warning: its milestone */
            milestone: ("legacy" | "extended_access" | "end_of_life") | null;
            /** @description For a lifecycle warning: time of the milestone */
            dueAt: string | null;
            /** @description For a lifecycle warning: days until `dueAt` */
            days: number | null;
            /** @description For a validation: its result */
            verdict: ("failed" | "passed") | null;
            /** @description For an alert about a budget: the budget, without its user */
            budget: components["schemas"]["ReachedBudget"] | null;
            /** @description For a change: the change request and its event */
            change: components["schemas"]["NotifiedChange"] | null;
            /** @description true: stored and not delivered */
            silent: boolean;
            /** Format: date-time */
            createdAt: string;
            /** @description Time at which the notification was first shown to the recipient */
            shownAt: string | null;
            acknowledgedAt: string | null;
        };
        ReachedBudget: {
            /**
             * Format: uuid
             * @description `id` in the list of budgets
             */
            id: string;
            /** @enum {string} */
            scope: "all" | "use_case" | "key" | "user";
            /** @enum {string} */
            period: "day" | "month";
            /**
             * Format: date
             * @description First day (UTC) of the period
             */
            from: string;
            /** @description Threshold that is reached, in percent of the limit */
            threshold: number;
            limitUsd: string;
            /** @description USD of the calls whose cost is known */
            spentUsd: string;
            /** @description Calls that are not in `spentUsd`, because a price is not known */
            unknownCostCalls: number;
            /** @description true: the real spend is higher than `spentUsd` */
            incomplete: boolean;
        };
        NotifiedChange: {
            /**
             * Format: uuid
             * @description `id` of the change request or of the freeze
             */
            id: string;
            /**
             * @description missed: it expired because its time was past; reported: a fallback switch of a key that has to be reviewed; frozen, freeze_ended: a freeze is made, or ended early
             * @enum {string}
             */
            event: "proposed" | "approved" | "scheduled" | "applied" | "rejected" | "withdrawn" | "lapsed" | "conflicted" | "failed" | "expired" | "missed" | "broken_glass" | "reported" | "reviewed" | "review_overdue" | "frozen" | "freeze_ended";
            /** @description Of a freeze of all: those that there are */
            useCases: string[];
            /** @description For a freeze: its begin */
            from?: string | null;
            /** @description For a scheduled change: its time; for a change without approvals: until when it must be reviewed; for a freeze: its end */
            dueAt: string | null;
        };
        CreateWebhook: {
            /**
             * Format: uri
             * @description https URL; http only to an address of this machine that the configuration allows
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
            /** @description Name of the key that the webhook belongs to; key:<id> if an older key has that name */
            owner: string;
            /**
             * @description users: notifications of all users (act-as); operators: notifications of operators (operate or read)
             * @enum {string}
             */
            feed: "users" | "operators";
            url: string;
            /**
             * @description waiting: no valid key of the webhook may get the feed; disabled: at least 10 attempts failed over more than 3 days
             * @enum {string}
             */
            status: "active" | "failing" | "waiting" | "disabled";
            /** @description `seq` up to which all notifications are delivered */
            position: number;
            /** Format: date-time */
            createdAt: string;
            deliveredAt: string | null;
            /** @description Failed attempts since the last delivery */
            failures: number;
            failingSince: string | null;
            lastError: string | null;
            nextAttemptAt: string | null;
            /** @description Secret that signs the messages; only this response contains it */
            secret: string;
        };
        WebhookPage: {
            items: components["schemas"]["Webhook"][];
            nextCursor: null;
        };
        Webhook: {
            /** Format: uuid */
            id: string;
            /** @description Name of the key that the webhook belongs to; key:<id> if an older key has that name */
            owner: string;
            /**
             * @description users: notifications of all users (act-as); operators: notifications of operators (operate or read)
             * @enum {string}
             */
            feed: "users" | "operators";
            url: string;
            /**
             * @description waiting: no valid key of the webhook may get the feed; disabled: at least 10 attempts failed over more than 3 days
             * @enum {string}
             */
            status: "active" | "failing" | "waiting" | "disabled";
            /** @description `seq` up to which all notifications are delivered */
            position: number;
            /** Format: date-time */
            createdAt: string;
            deliveredAt: string | null;
            /** @description Failed attempts since the last delivery */
            failures: number;
            failingSince: string | null;
            lastError: string | null;
            nextAttemptAt: string | null;
        };
        RotateWebhook: {
            /**
             * @description Seconds for which the old secret signs in addition to the new secret; default: 1 day
             * @default 86400
             */
            overlapSeconds?: number;
        };
        WebhookDelivery: {
            delivered: boolean;
            /** @description HTTP status of the receiver; null: no response */
            status: number | null;
            error: string | null;
        };
        ResumeWebhook: {
            /** @description Deliver every notification after this `seq`, again if necessary; absent: deliver the due notifications */
            after?: number;
        };
        DeliveryAttemptPage: {
            items: components["schemas"]["DeliveryAttempt"][];
            nextCursor: string | null;
        };
        DeliveryAttempt: {
            id: number;
            /** Format: uuid */
            webhookId: string;
            url: string;
            /** @description `webhook-id` of the message, the same for all its attempts */
            messageId: string;
            /** Format: uuid */
            notificationId: string;
            /** @description `seq` of the notification; null: the notification is no longer kept */
            seq: number | null;
            kind: string | null;
            title: string | null;
            /**
             * @description delivered: at the first attempt, or by a resend; recovered: delivered after failed attempts; failed: not delivered
             * @enum {string}
             */
            state: "delivered" | "recovered" | "failed";
            /** @description Number of the attempt since the last delivery; null: a resend */
            attempt: number | null;
            /** Format: date-time */
            attemptedAt: string;
            durationMs: number;
            /** @description HTTP status of the receiver; null: no response */
            status: number | null;
            /** @example answered 500 */
            error: string | null;
            /** @description Time of the next attempt; only of the newest attempt, if it failed */
            nextAttemptAt: string | null;
            /** @description Actor of a resend; null: the worker sent it */
            resentBy: string | null;
        };
        CreateChannel: {
            /** @description Name of the channel; no other channel has it */
            name: string;
            slack?: {
                /**
                 * Format: uri
                 * @description URL of an incoming webhook of Slack: a secret, which no response contains
                 */
                url: string;
            };
            email?: {
                /** @description Name of the SMTP server, e.g. email-smtp.eu-central-1.amazonaws.com */
                host: string;
                /** @default 587 */
                port?: number;
                /**
                 * @description implicit: from the first byte (port 465); starttls: before the login; none: this machine only
                 * @default starttls
                 * @enum {string}
                 */
                tls?: "implicit" | "starttls" | "none";
                /**
                 * @description null: the server asks for no login
                 * @default null
                 */
                user?: string | null;
                /** @description Secret, which no response contains; absent in an edit: unchanged */
                password?: string;
                from: string;
                to: string[];
            };
            /**
             * @description Kinds of notifications; null: all
             * @default null
             */
            kinds?: ("switch" | "lifecycle" | "validation" | "alert" | "change")[] | null;
            /**
             * @description Notifications of these use cases only; null: all, also those without a use case
             * @default null
             */
            useCases?: string[] | null;
            /**
             * @description info: all, those of info by the digest of an hour; warn; page: the most urgent only
             * @default info
             * @enum {string}
             */
            leastUrgency?: "info" | "warn" | "page";
            /**
             * @description Language of the messages
             * @default en
             * @enum {string}
             */
            language?: "en" | "de" | "fr";
            /**
             * @description true: messages contain the reasons that callers gave for switches, which may be about people
             * @default false
             */
            includeReasons?: boolean;
        };
        Channel: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @enum {string} */
            kind: "slack" | "email";
            slack: {
                host: string;
            } | null;
            email: {
                host: string;
                port: number;
                /** @enum {string} */
                tls: "implicit" | "starttls" | "none";
                user: string | null;
                from: string;
                to: string[];
            } | null;
            /** @description Kinds of notifications; null: all */
            kinds: ("switch" | "lifecycle" | "validation" | "alert" | "change")[] | null;
            /** @description Notifications of these use cases only; null: all, also those without a use case */
            useCases: string[] | null;
            /**
             * @description info: all, those of info by the digest of an hour; warn; page: the most urgent only
             * @enum {string}
             */
            leastUrgency: "info" | "warn" | "page";
            language: string;
            /** @description true: messages contain the reasons that callers gave for switches, which may be about people */
            includeReasons: boolean;
            /**
             * @description disabled: at least 10 attempts failed over more than 3 days
             * @enum {string}
             */
            status: "active" | "failing" | "disabled";
            /** @description `seq` up to which all notifications are delivered, or wait for the digest */
            position: number;
            /** @description Time of the next digest; null: nothing waits for it */
            digestDueAt: string | null;
            /** Format: date-time */
            createdAt: string;
            deliveredAt: string | null;
            /** @description Failed attempts since the last delivery */
            failures: number;
            failingSince: string | null;
            lastError: string | null;
            nextAttemptAt: string | null;
        };
        ChannelPage: {
            items: components["schemas"]["Channel"][];
            nextCursor: null;
        };
        EditChannel: {
            /** @description Name of the channel; no other channel has it */
            name?: string;
            slack?: {
                /**
                 * Format: uri
                 * @description URL of an incoming webhook of Slack: a secret, which no response contains
                 */
                url: string;
            };
            email?: {
                /** @description Name of the SMTP server, e.g. email-smtp.eu-central-1.amazonaws.com */
                host: string;
                /** @default 587 */
                port?: number;
                /**
                 * @description implicit: from the first byte (port 465); starttls: before the login; none: this machine only
                 * @default starttls
                 * @enum {string}
                 */
                tls?: "implicit" | "starttls" | "none";
                /**
                 * @description null: the server asks for no login
                 * @default null
                 */
                user?: string | null;
                /** @description Secret, which no response contains; absent in an edit: unchanged */
                password?: string;
                from: string;
                to: string[];
            };
            /** @description Kinds of notifications; null: all */
            kinds?: ("switch" | "lifecycle" | "validation" | "alert" | "change")[] | null;
            /** @description Notifications of these use cases only; null: all, also those without a use case */
            useCases?: string[] | null;
            /**
             * @description info: all, those of info by the digest of an hour; warn; page: the most urgent only
             * @enum {string}
             */
            leastUrgency?: "info" | "warn" | "page";
            /**
             * @description Language of the messages
             * @enum {string}
             */
            language?: "en" | "de" | "fr";
            /** @description true: messages contain the reasons that callers gave for switches, which may be about people */
            includeReasons?: boolean;
        };
        ChannelAttemptPage: {
            items: components["schemas"]["ChannelAttempt"][];
            nextCursor: string | null;
        };
        ChannelAttempt: {
            id: number;
            /** @description Id of the message, the same for all its attempts */
            messageId: string;
            /** @description `seq` of the notification; null: a digest, or the notification is no longer kept */
            seq: number | null;
            kind: string | null;
            title: string | null;
            /**
             * @description delivered: at the first attempt, or by a resend; recovered: delivered after failed attempts; failed: not delivered
             * @enum {string}
             */
            state: "delivered" | "recovered" | "failed";
            /** @description Number of the attempt since the last delivery */
            attempt: number;
            /** Format: date-time */
            attemptedAt: string;
            durationMs: number;
            /** @description Status of HTTP or SMTP; null: no response */
            status: number | null;
            /** @example answered 500 */
            error: string | null;
            /** @description Time of the next attempt; only of the newest attempt, if it failed */
            nextAttemptAt: string | null;
            /** Format: uuid */
            channelId: string;
        };
        ChannelDelivery: {
            delivered: boolean;
            /** @description Status of HTTP or SMTP; null: no response */
            status: number | null;
            /** @description What is wrong; null: nothing */
            cause: ("credentials" | "tls" | "dns" | "refused" | "address" | "timeout" | "answer" | "configuration" | "connection") | null;
            error: string | null;
        };
        ResumeChannel: {
            /** @description Deliver every notification after this `seq`, again if necessary; absent: deliver the due notifications */
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
         *           "refused": 2,
         *           "guardrailIntervened": 1,
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
         *         "refused": 2,
         *         "guardrailIntervened": 1,
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
                /** @description Calls that the model or its content filter refused */
                refused: number;
                /** @description Calls in which a guardrail stopped the prompt or changed the response */
                guardrailIntervened: number;
                failed: number;
                cancelled: number;
                /** @description Calls that ended on a fallback */
                fallbacks: number;
                inputTokens: number;
                outputTokens: number;
                cacheReadInputTokens: number;
                cacheWriteInputTokens: number;
                totalTokens: number;
                /** @description Calls whose tokens are an estimate, because Bedrock reported none */
                estimatedCalls: number;
                /** @description Milliseconds; null: no call has a time */
                latencyMs: {
                    /** @description Mean of all answered calls */
                    mean: number;
                    /** @description Median of calls that the first attempt answered, accurate to 10 %; null: not available for hours and single users */
                    p50: number | null;
                    p95: number | null;
                } | null;
                /** @description Milliseconds; null: no call has a time */
                firstTextMs: {
                    /** @description Mean of all answered calls */
                    mean: number;
                    /** @description Median of calls that the first attempt answered, accurate to 10 %; null: not available for hours and single users */
                    p50: number | null;
                    p95: number | null;
                } | null;
                /** @description The model, use case, user, day or hour */
                key: string;
            }[];
            /** @description Totals of all groups, not only of this page */
            totals: {
                calls: number;
                answered: number;
                /** @description Calls that the model or its content filter refused */
                refused: number;
                /** @description Calls in which a guardrail stopped the prompt or changed the response */
                guardrailIntervened: number;
                failed: number;
                cancelled: number;
                /** @description Calls that ended on a fallback */
                fallbacks: number;
                inputTokens: number;
                outputTokens: number;
                cacheReadInputTokens: number;
                cacheWriteInputTokens: number;
                totalTokens: number;
                /** @description Calls whose tokens are an estimate, because Bedrock reported none */
                estimatedCalls: number;
                /** @description Milliseconds; null: no call has a time */
                latencyMs: {
                    /** @description Mean of all answered calls */
                    mean: number;
                    /** @description Median of calls that the first attempt answered, accurate to 10 %; null: not available for hours and single users */
                    p50: number | null;
                    p95: number | null;
                } | null;
                /** @description Milliseconds; null: no call has a time */
                firstTextMs: {
                    /** @description Mean of all answered calls */
                    mean: number;
                    /** @description Median of calls that the first attempt answered, accurate to 10 %; null: not available for hours and single users */
                    p50: number | null;
                    p95: number | null;
                } | null;
            };
            nextCursor: string | null;
            /** @description false: some calls are missing here, because they wait for their roll-up */
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
         *       "unknownCosts": [
         *         {
         *           "modelId": "eu.amazon.nova-lite-v1:0",
         *           "reason": "no_price_for_service_tier",
         *           "calls": 3
         *         }
         *       ],
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
                /** @description USD of the calls whose cost is known; null: no cost is known */
                costUsd: string | null;
                /** @description Calls that are not in `costUsd`, because a price is not known */
                unknownCostCalls: number;
                /** @description The model, use case, user, day or hour */
                key: string;
            }[];
            /** @description Totals of all groups, not only of this page */
            totals: {
                calls: number;
                /** @description USD of the calls whose cost is known; null: no cost is known */
                costUsd: string | null;
                /** @description Calls that are not in `costUsd`, because a price is not known */
                unknownCostCalls: number;
            };
            nextCursor: string | null;
            /** @description Switches of the period, with their cost impacts and savings */
            switches: {
                switches: number;
                manual: number;
                auto: number;
                fallback: number;
                /** @description Sum of the cost impacts in USD; null: no cost impact is known. That of a use case counts for the time until its next switch, at most 30 days; that of a conversation that switched again for the share of its exchanges that were made */
                estimatedUsd: string | null;
                /** @description Switches that are not in `estimatedUsd`, because their cost impact is not known */
                unknownEstimates: number;
                /** @description Saving in USD so far, from the calls after the switches; null: no saving is known */
                savedUsd: string | null;
                /** @description Calls after the switches, within the horizon of the switch and on its new model */
                savingCalls: number;
                /** @description Calls of `savingCalls` that are not in `savedUsd`, because their saving is not known */
                unknownSavings: number;
            };
            /** @description Price that is missing, by model: calls and attempts of the period, as far as they are rolled up; empty for a single user */
            unknownCosts: {
                modelId: string;
                reason: components["schemas"]["CostUnknown"];
                calls: number;
            }[];
            /** @description false: some calls are missing here, because they wait for their roll-up */
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
                /** @description Sum of the cost impacts in USD; null: no cost impact is known. That of a use case counts for the time until its next switch, at most 30 days; that of a conversation that switched again for the share of its exchanges that were made */
                estimatedUsd: string | null;
                /** @description Switches that are not in `estimatedUsd`, because their cost impact is not known */
                unknownEstimates: number;
                /** @description Saving in USD so far, from the calls after the switches; null: no saving is known */
                savedUsd: string | null;
                /** @description Calls after the switches, within the horizon of the switch and on its new model */
                savingCalls: number;
                /** @description Calls of `savingCalls` that are not in `savedUsd`, because their saving is not known */
                unknownSavings: number;
                /** @description The model, use case, user, day or hour */
                key: string;
            }[];
            /** @description Totals of all groups, not only of this page */
            totals: {
                switches: number;
                manual: number;
                auto: number;
                fallback: number;
                /** @description Sum of the cost impacts in USD; null: no cost impact is known. That of a use case counts for the time until its next switch, at most 30 days; that of a conversation that switched again for the share of its exchanges that were made */
                estimatedUsd: string | null;
                /** @description Switches that are not in `estimatedUsd`, because their cost impact is not known */
                unknownEstimates: number;
                /** @description Saving in USD so far, from the calls after the switches; null: no saving is known */
                savedUsd: string | null;
                /** @description Calls after the switches, within the horizon of the switch and on its new model */
                savingCalls: number;
                /** @description Calls of `savingCalls` that are not in `savedUsd`, because their saving is not known */
                unknownSavings: number;
            };
            nextCursor: string | null;
        };
        /**
         * @example {
         *       "from": "2026-11-16",
         *       "to": "2026-11-22",
         *       "items": [
         *         {
         *           "wire": "bedrock",
         *           "bodyFamily": "claude",
         *           "calls": 412,
         *           "forms": [
         *             {
         *               "form": "temperature",
         *               "calls": 400
         *             },
         *             {
         *               "form": "tools",
         *               "calls": 12
         *             }
         *           ]
         *         },
         *         {
         *           "wire": "chat",
         *           "bodyFamily": null,
         *           "calls": 88,
         *           "forms": []
         *         }
         *       ],
         *       "nextCursor": null,
         *       "complete": true
         *     }
         */
        CallFormsList: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            items: {
                /**
                 * @description Way on which a call came
                 * @enum {string}
                 */
                wire: "chat" | "bedrock" | "anthropic" | "openai";
                /** @description Form of the body: converse, claude, nova, mistral, openai or other; null: a chat */
                bodyFamily: string | null;
                calls: number;
                /** @description Calls by capability; a call with several counts for each */
                forms: {
                    form: string;
                    calls: number;
                }[];
            }[];
            /** @description There is one page */
            nextCursor: null;
            /** @description false: some calls are missing here, because they wait for their roll-up */
            complete: boolean;
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
                /** @description Switches of the conversations of the user to this model in the last 30 days */
                selections: number;
                /** @description Number of these switches that were automatic */
                autoAdoptionPercentage: number;
                /** Format: date-time */
                lastSelectedAt: string;
            }[];
            nextCursor: string | null;
        };
        BudgetPage: {
            items: components["schemas"]["Budget"][];
            nextCursor: null;
        };
        Budget: {
            /** Format: uuid */
            id: string;
            /**
             * @description all: every call
             * @enum {string}
             */
            scope: "all" | "use_case" | "key" | "user";
            /** @description null: not a budget of a use case */
            useCase: string | null;
            /** @description Name of the key that the budget is of; key:<id> if an older key has that name; null: not a budget of a key */
            key: string | null;
            /** @description null: not a budget of a user */
            userId: string | null;
            /**
             * @description A day or a month of UTC
             * @enum {string}
             */
            period: "day" | "month";
            limitUsd: string;
            /**
             * Format: date
             * @description First day (UTC) of the present period
             */
            from: string;
            /**
             * Format: date
             * @description Last day (UTC) of the present period
             */
            to: string;
            /** @description USD of the calls in the period whose cost is known; null: no cost is known */
            spentUsd: string | null;
            /** @description Calls that are not in `spentUsd`, because a price is not known */
            unknownCostCalls: number;
            /** @description true: the real spend is higher than `spentUsd`, because a price is not known or too many calls wait for their roll-up */
            incomplete: boolean;
            /** @description Whole percent of the limit that `spentUsd` is; it may exceed 100 */
            usedPercent: number;
            /** @description Highest threshold in percent that is reached; null: below 50 */
            threshold: (50 | 80 | 100) | null;
            /**
             * Format: date-time
             * @description Time at which the limit was set
             */
            updatedAt: string;
        };
        SetBudget: {
            /** @description Limit in USD as a decimal string */
            limitUsd: string;
        };
        BudgetChangePage: {
            items: components["schemas"]["BudgetChange"][];
            nextCursor: string | null;
        };
        BudgetChange: {
            id: number;
            /** Format: uuid */
            budgetId: string;
            /** @description Actor, in the format of audit rows; sql:<role> for a change by plain SQL */
            actor: string;
            /** Format: date-time */
            changedAt: string;
            /** @description null: the budget was made */
            before: Record<string, never> | null;
            /** @description null: the budget was removed */
            after: Record<string, never> | null;
        };
        Overview: {
            useCases: components["schemas"]["UseCaseOverview"][];
            /** @description States that an operator must change, the most urgent first; 100 at most */
            attention: components["schemas"]["Attention"][];
        };
        UseCaseOverview: {
            name: string;
            activeModelId: string;
            /** @description Calls of the last 24 hours, in whole hours */
            calls: number;
            /** @description Share of failed calls in the calls, from 0 to 1; null: no calls */
            errorRate: number | null;
            /** @description Share of calls that a fallback answered in the calls, from 0 to 1; null: no calls */
            fallbackRate: number | null;
            /** @description 95th percentile of the time to the whole answer, today and yesterday (UTC), of calls that were answered at the first attempt; null: none */
            p95Ms: number | null;
            /** @description USD of a day (UTC), of the calls whose cost is known; null: no cost is known */
            costTodayUsd: string | null;
            /** @description USD of a day (UTC), of the calls whose cost is known; null: no cost is known */
            costYesterdayUsd: string | null;
            /** @description Number of conversations, counted up to 100,000; cached for 30 seconds */
            followers: number;
            /** @description Number of conversations, counted up to 100,000; cached for 30 seconds */
            pinned: number;
            /** @description End of life of the active model; null: no date */
            nextEndOfLife: {
                modelId: string;
                /** Format: date-time */
                date: string;
            } | null;
        };
        Attention: {
            /** @enum {string} */
            kind: "worker_away" | "breaker_open" | "dead_letters" | "sweep_failed" | "webhook_disabled" | "channel_disabled" | "legacy_in_use" | "budget_reached" | "move_running";
            /** @description Dead letters, disabled webhooks, use cases of a legacy model, or budgets; 1 for the other kinds */
            count: number;
            useCase: string | null;
            modelId: string | null;
            /** @description null: not known */
            since: string | null;
        };
        FoundIds: {
            conversations: {
                id: string;
                userId: string;
                useCase: string;
            }[];
            /** @description Users who have called or switched */
            userIds: string[];
            /** @description Values of x-request-id; their switches need the scope audit */
            requests: {
                requestId: string;
                hasSwitches: boolean;
                hasCalls: boolean;
            }[];
        };
        OpenSession: {
            /** @description A service key, or an access token of Supabase Auth */
            credential: string;
        };
        Session: {
            /** @description Actor, in the format of audit rows */
            actor: string;
            /** @enum {string} */
            kind: "user" | "person" | "service";
            /** @description Scopes of a service key or a person; empty for a user */
            scopes: ("read" | "switch" | "act-as" | "operate" | "audit" | "admin" | "approve" | "break-glass")[];
            /** @description Groups or roles of a person, from which its scopes come; empty for others */
            groups: string[];
            /** @description When a person last proved its identity; null: not known, or no person */
            authenticatedAt: string | null;
            /** @description End of the session; null: the session ends when the key is revoked or expires */
            expiresAt: string | null;
            /** @description Name and colour that distinguish this installation from others */
            environment: {
                name: string;
                /** @enum {string} */
                colour: "gray" | "red" | "orange" | "yellow" | "green" | "blue" | "violet";
            };
        };
        SignInIssuerList: {
            items: components["schemas"]["SignInIssuer"][];
        };
        SignInIssuer: {
            id: string;
            /** @description For the button of the sign-in page */
            name: string;
            /**
             * Format: uri
             * @description Address of the issuer
             */
            issuer: string;
            /** @description Public client with the device flow, for the command line; null: there is none */
            cliClientId: string | null;
            /** @description Scopes of OpenID Connect to request, separated by spaces */
            scope: string;
        };
        RevokeSessions: {
            /** @description The actor of its audit rows */
            person: string;
            /** @description Session at the issuer; without it all sessions of the person end */
            sessionId?: string;
        };
        CreateKey: {
            /** @description Name of the key; audit rows contain it as service:<name> */
            name: string;
            scopes: ("read" | "switch" | "act-as" | "operate" | "audit" | "admin")[];
            /** Format: date-time */
            expiresAt?: ((string | null) | null) | string | null;
            defaults?: components["schemas"]["KeyDefaultsEdit"];
            limits?: components["schemas"]["KeyLimitsEdit"];
        };
        /** @description Values that hold for a call of the key which says nothing else; an absent one stays */
        KeyDefaultsEdit: {
            /** @description Use case of a call that names neither one nor an assistant nor a conversation; null: platform */
            useCase?: string | null;
            /** @description Assistant whose use case applies if `useCase` is null */
            assistantId?: string | null;
            /** @description User of a call that names none; the key needs no act-as for it; null: the key itself */
            userId?: string | null;
            /**
             * @description same-use-case: another candidate may answer for a model that a call of a wire names
             * @enum {string}
             */
            fallback?: "none" | "same-use-case";
            /**
             * @description body: the answer to a call of a wire says in its body which model answered
             * @enum {string}
             */
            echo?: "none" | "body";
        };
        /** @description Limits of the key, beside its scopes; an absent one stays */
        KeyLimitsEdit: {
            /** @description Use cases in which the key may chat, call models and switch; null: all */
            useCases?: string[] | null;
            /** @description Models that a call of a wire may name: the candidates of its use case, any, or the listed candidates. A list also limits manual switches */
            models?: ("candidates" | "any") | string[];
            /** @description Users for whom the key may act: any, only its default user, or those whose ids begin with a listed prefix */
            users?: ("any" | "own") | string[];
        };
        CreatedKey: {
            /** Format: uuid */
            id: string;
            name: string;
            scopes: ("read" | "switch" | "act-as" | "operate" | "audit" | "admin")[];
            defaults: components["schemas"]["KeyDefaults"];
            limits: components["schemas"]["KeyLimits"];
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            lastUsedAt: string | null;
            revokedAt: string | null;
            /** @description Id of the key that replaced it */
            replacedBy: string | null;
            /** @description Secret of the key; only this response contains it */
            key: string;
        };
        KeyDefaults: {
            /** @description Use case of a call that names neither one nor an assistant nor a conversation; null: platform */
            useCase: string | null;
            /** @description Assistant whose use case applies if `useCase` is null */
            assistantId: string | null;
            /** @description User of a call that names none; the key needs no act-as for it; null: the key itself */
            userId: string | null;
            /**
             * @description same-use-case: another candidate may answer for a model that a call of a wire names
             * @enum {string}
             */
            fallback: "none" | "same-use-case";
            /**
             * @description body: the answer to a call of a wire says in its body which model answered
             * @enum {string}
             */
            echo: "none" | "body";
        };
        KeyLimits: {
            /** @description Use cases in which the key may chat, call models and switch; null: all */
            useCases: string[] | null;
            /** @description Models that a call of a wire may name: the candidates of its use case, any, or the listed candidates. A list also limits manual switches */
            models: ("candidates" | "any") | string[];
            /** @description Users for whom the key may act: any, only its default user, or those whose ids begin with a listed prefix */
            users: ("any" | "own") | string[];
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
            defaults: components["schemas"]["KeyDefaults"];
            limits: components["schemas"]["KeyLimits"];
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            lastUsedAt: string | null;
            revokedAt: string | null;
            /** @description Id of the key that replaced it */
            replacedBy: string | null;
        };
        EditKey: {
            defaults?: components["schemas"]["KeyDefaultsEdit"];
            limits?: components["schemas"]["KeyLimitsEdit"];
        };
        RotateKey: {
            /**
             * @description Seconds for which the old key stays valid, unless it expires before; default: 1 day
             * @default 86400
             */
            overlapSeconds?: number;
            /**
             * Format: date-time
             * @description Expiry of the new key; absent: the new key gets the same lifetime as the old key
             */
            expiresAt?: ((string | null) | null) | string | null;
        };
        RotatedKey: {
            /** Format: uuid */
            id: string;
            name: string;
            scopes: ("read" | "switch" | "act-as" | "operate" | "audit" | "admin")[];
            defaults: components["schemas"]["KeyDefaults"];
            limits: components["schemas"]["KeyLimits"];
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            lastUsedAt: string | null;
            revokedAt: string | null;
            /** @description Id of the key that replaced it */
            replacedBy: string | null;
            /** @description Secret of the key; only this response contains it */
            key: string;
            /** @description The old key, with the end of its validity */
            replaced: components["schemas"]["Key"];
        };
        AccessChangePage: {
            items: components["schemas"]["AccessChange"][];
            nextCursor: string | null;
        };
        AccessChange: {
            id: number;
            /** @enum {string} */
            entity: "service_key" | "webhook" | "channel";
            /** Format: uuid */
            entityId: string;
            /** @description Actor, in the format of audit rows; sql:<role> for a change by plain SQL */
            actor: string;
            /** Format: date-time */
            changedAt: string;
            /** @description null: the row was added */
            before: Record<string, never> | null;
            /** @description null: the row was removed */
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
            /** @description null: not complete; the worker checks again after 1 minute for requests that were in progress */
            completedAt: string | null;
            /** @description Number of erased rows by table */
            erasedRows: Record<string, never>;
        };
        ErasurePage: {
            items: components["schemas"]["Erasure"][];
            nextCursor: string | null;
        };
        RetentionRulePage: {
            items: components["schemas"]["RetentionRule"][];
            nextCursor: null;
        };
        RetentionRule: {
            table: string;
            /** @description Days for which rows are kept; 0: for ever */
            days: number;
            /** @description Fewest days that RETENTION_DAYS may set */
            atLeast: number;
        };
        InstancePage: {
            items: components["schemas"]["Instance"][];
            nextCursor: null;
        };
        Instance: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "api" | "worker";
            /**
             * @description Host name: of the pod or of the container
             * @example orchestrator-worker-7d9c8b6f5-x2x8v
             */
            name: string;
            /** @example 0.1.0 */
            version: string;
            /** Format: date-time */
            startedAt: string;
            /**
             * Format: date-time
             * @description Time of the last heartbeat; there is one every 10 seconds
             */
            seenAt: string;
            /**
             * @description stale: no heartbeat for 30 seconds, without an orderly stop
             * @enum {string}
             */
            state: "alive" | "stale";
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
                /** @description Line of a settings file */
                line?: number | null;
                column?: number | null;
            }[];
            reasons?: {
                code: string;
                detail: string;
            }[];
            successor?: string;
            /** @description Of a reviewed use case: the models that may answer in it */
            allowedModels?: string[];
            /** @description Sweep that is in progress */
            sweepId?: string;
            /** @description Of an undo: the last switch of the scope */
            supersededBy?: {
                switchId: string;
                actor: string;
                at: string;
            };
            /** @description What uses an entry of the catalogue that is to be deleted, with the first names */
            uses?: {
                kind: string;
                count: number;
                names: string[];
            }[];
            /** @description Attempts of a chat, including models that it skipped */
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
            /** @description On the action paths: the same text as `detail` */
            error?: string;
        };
        /**
         * Settings of Bedrock Model Orchestrator
         * @description The file manages only what it contains: an absent section, setting or field stays as it is.
         */
        Configuration: {
            /** @constant */
            version: 1;
            models?: components["schemas"]["ModelSettings"][];
            useCases?: components["schemas"]["UseCaseSettings"][];
            assistants?: components["schemas"]["AssistantSettings"][];
            prices?: components["schemas"]["PriceSettings"][];
            budgets?: components["schemas"]["BudgetSettings"][];
            webhooks?: components["schemas"]["WebhookSettings"][];
        };
        ModelSettings: {
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
            /** @description Tokens that the model counts of a text for each token that most models count */
            tokenFactor?: number;
            available?: boolean;
            capabilities?: components["schemas"]["StatedCapabilities"];
            id: string;
        };
        UseCaseSettings: {
            /** @enum {string} */
            objective?: "quality" | "cost" | "latency";
            /** @description Model ids, best first */
            candidates?: string[];
            inputTokensPerExchange?: number;
            outputTokensPerExchange?: number;
            exchangesPerConversation?: number;
            exchangesPer30Days?: number;
            /** @description Regions that restrict the destinations of the use case further; null: no further restriction */
            allowedRegions?: string[] | null;
            /** @description Applied to every call of the use case; null: none */
            guardrail?: components["schemas"]["Guardrail"] | null;
            /**
             * @description Who may chat in the use case: service keys, users with their own token, or both
             * @enum {string}
             */
            clients?: "keys" | "users" | "both";
            systemPrompt?: string | null;
            /** @enum {string} */
            onModelFailure?: "switch" | "alert";
            /** @enum {string} */
            onModelRecovery?: "manual" | "auto";
            name: string;
            /** @description Model that the use case runs on. An apply switches to it only with `switchModels` */
            activeModelId?: string;
        };
        AssistantSettings: {
            name?: string;
            useCase?: string;
            systemPrompt?: string | null;
            id: string;
        };
        PriceSettings: {
            modelId: string;
            /** @description "set by an operator", or the source of an import, for example a contract */
            source: string;
            /** @description USD per 1,000 tokens; null: not known */
            inputPricePer1k: string | null;
            outputPricePer1k: string | null;
            cacheReadPricePer1k: string | null;
            cacheWritePricePer1k: string | null;
            /** @description Prices by time to live, service tier and length of the prompt; absent: they stay */
            priceDimensions?: components["schemas"]["PriceDimensions"];
            /** @description Start of the validity of an imported price; null: the time of the apply */
            validFrom: string | null;
            /** @description true: the price of the model. false: the price is upcoming, or another source has precedence */
            inEffect: boolean;
        };
        BudgetSettings: {
            /** @description Use case whose calls the budget counts; null: every call */
            useCase: string | null;
            /**
             * @description A day or a month of UTC
             * @enum {string}
             */
            period: "day" | "month";
            /** @description Limit in USD as a decimal string */
            limitUsd: string;
        };
        /** @description The secret does not travel: an apply creates a new secret */
        WebhookSettings: {
            owner: string;
            /**
             * @description users: notifications of all users (act-as); operators: notifications of operators (operate or read)
             * @enum {string}
             */
            feed: "users" | "operators";
            /**
             * Format: uri
             * @description https URL; http only to an address of this machine that the configuration allows
             */
            url: string;
        };
        AuditVerification: {
            intact: boolean;
            /** @description Number of verified entries of the hash chain */
            checked: number;
            /** @description Number of audit rows that wait for their append to the hash chain */
            waiting: number;
            /** @description Number of rows without the data of an erased person; their other data is verified */
            erased: number;
            head: components["schemas"]["Checkpoint"] | null;
            checkpoints: {
                total: number;
                signed: number;
                /** @description Position of the first signed checkpoint */
                signedFrom: number | null;
            };
            /** @description false: no public key is configured */
            signaturesChecked: boolean;
            /** @description The first 100 problems */
            problems: {
                /** @enum {string} */
                code: "row_changed" | "row_missing" | "row_not_sealed" | "event_changed" | "event_missing" | "entry_missing" | "erasure_mismatch" | "tail_cut" | "history_rewritten" | "signature_invalid" | "signature_missing" | "key_unknown";
                position: number | null;
                switchId: string | null;
                detail: string;
            }[];
            problemCount: number;
        };
        /** @description Error in the form of Amazon Bedrock */
        AwsError: {
            message: string;
            /** @description As in a problem document */
            code: string;
            /** @description Models that were called or skipped */
            attempts?: {
                modelId: string;
                outcome: string;
                errorKind: string | null;
            }[];
        };
        /** @description Error in the form of OpenAI */
        OpenAiError: {
            error: {
                message: string;
                type: string;
                /** @description Field that is wrong */
                param: string | null;
                code: string;
                /** @description Models that were called or skipped */
                attempts?: {
                    modelId: string;
                    outcome: string;
                    errorKind: string | null;
                }[];
            };
        };
        /** @description Error in the form of Anthropic */
        AnthropicError: {
            /** @constant */
            type: "error";
            error: {
                type: string;
                message: string;
                details: {
                    /** @description The code of a problem document */
                    error_code: string;
                    /** @description Models that were called or skipped */
                    attempts?: {
                        modelId: string;
                        outcome: string;
                        errorKind: string | null;
                    }[];
                };
            };
            request_id: string;
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
                /** @description For 24 hours, a repeated request with the same key gets the first response */
                "Idempotency-Key"?: string;
                /** @description The switch happens only if the scope still has this ETag */
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
            /** @description The result of the action; after a switch with the ETag of the scope */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrateAnswer"];
                };
            };
            /** @description With `propose`: the change request in `data.change` */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrateAnswer"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description If-Match does not match: the scope changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The Idempotency-Key was used for another request; for a chat: the model refused, or the input is too long */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
                /** @description For 24 hours, a repeated request with the same key gets the first response */
                "Idempotency-Key"?: string;
                /** @description The switch happens only if the scope still has this ETag */
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
            /** @description The result of the action; after a switch with the ETag of the scope */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrateAnswer"];
                };
            };
            /** @description With `propose`: the change request in `data.change` */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrateAnswer"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description If-Match does not match: the scope changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The Idempotency-Key was used for another request; for a chat: the model refused, or the input is too long */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            header?: {
                /** @description ETag of the answer that you have: the response is 304 if nothing changed */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The models */
            200: {
                headers: {
                    /** @description Value for the header If-None-Match of the next request */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelPage"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getModel: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the answer that you have: the response is 304 if nothing changed */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The model */
            200: {
                headers: {
                    /** @description Value for the header If-None-Match of the next request */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JudgedModel"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteModel: {
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
            /** @description It is deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description The model after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Model"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description Use cases and conversations that run on the model */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelUse"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            header?: {
                /** @description ETag of the answer that you have: the response is 304 if nothing changed */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The use cases */
            200: {
                headers: {
                    /** @description Value for the header If-None-Match of the next request */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UseCasePage"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUseCase: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the answer that you have: the response is 304 if nothing changed */
                "If-None-Match"?: string;
            };
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The use case */
            200: {
                headers: {
                    /** @description Value for the header If-None-Match of the next request */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UseCase"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            header?: {
                /** @description The change happens only if the use case still has this `version`, in quotes: "7" */
                "If-Match"?: string;
            };
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
            /** @description The use case after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UseCase"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description If-Match does not match: the scope changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteUseCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            header?: {
                /** @description ETag of the answer that you have: the response is 304 if nothing changed */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The assistants */
            200: {
                headers: {
                    /** @description Value for the header If-None-Match of the next request */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssistantPage"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAssistant: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the answer that you have: the response is 304 if nothing changed */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The assistant */
            200: {
                headers: {
                    /** @description Value for the header If-None-Match of the next request */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Assistant"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description The assistant after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Assistant"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAssistant: {
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
            /** @description It is deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description The model after the change, and the move */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetiredModel"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCatalogueChanges: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the previous page */
                cursor?: number;
                entity?: "model" | "use_case" | "candidate" | "assistant";
                entityId?: string;
                /** @description Actor, in the format of audit rows, for example service:ci */
                actor?: string;
                /** @description Start of the period, included */
                from?: string;
                /** @description End of the period, not included */
                to?: string;
                /** @description true: also the verdicts of sweeps, whose actor is system:validation */
                includeSystem?: boolean;
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
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description Ids of the models that the sync added or changed, or that are gone */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueSync"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description Result of the import, or of the dry run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PriceImport"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUpcomingPrices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The prices with their dates */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpcomingPricePage"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description Result of the import, or of the dry run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactsImport"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportConfiguration: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The settings */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/yaml": components["schemas"]["Configuration"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getConfigurationSchema: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The JSON Schema */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "$schema": "https://json-schema.org/draft/2020-12/schema",
                     *       "type": "object"
                     *     }
                     */
                    "application/json": Record<string, never>;
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    diffConfiguration: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/yaml": string;
            };
        };
        responses: {
            /** @description The differences; empty if there are none */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfigurationDiff"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    applyConfiguration: {
        parameters: {
            query?: {
                /** @description true: check the file, return the result and write nothing */
                dryRun?: boolean;
                /** @description true: switch the use cases to their active models of the file, each with its audit row */
                switchModels?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/yaml": string;
            };
        };
        responses: {
            /** @description The differences that the apply removed, or would remove */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppliedConfiguration"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listConversations: {
        parameters: {
            query?: {
                userId?: string;
                useCase?: string;
                /** @description Only conversations that are pinned to this model, or follow a use case that has it as active model */
                modelId?: string;
                /** @description true: only conversations with a pin; false: only those that follow their use case */
                pinned?: boolean;
                limit?: number;
                /** @description `nextCursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of conversations */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationPage"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getConversation: {
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
            /** @description The conversation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplainedConversation"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
                /** @description Use case, for a conversation that does not exist yet */
                useCase?: string;
                /** @description Assistant, for a conversation that does not exist yet */
                assistantId?: string;
                /** @description User on whose behalf a service key with the scope act-as acts */
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
                    /** @description Value for the header If-Match of a switch */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EffectiveModel"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
                /** @description `nextCursor` of the previous page */
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
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description The answer; with `stream` as text/event-stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatAnswer"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The Idempotency-Key was used for another request; for a chat: the model refused, or the input is too long */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCalls: {
        parameters: {
            query?: {
                requestId?: string;
                conversationId?: string;
                userId?: string;
                useCase?: string;
                /** @description Model that answered, or the last one that was called */
                modelId?: string;
                outcome?: "answered" | "refused" | "guardrail_intervened" | "failed" | "cancelled";
                /** @description Start of the period, included; default: 7 days before its end, at most 31 */
                from?: string;
                /** @description End of the period, not included; default: now */
                to?: string;
                limit?: number;
                /** @description `nextCursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of calls */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallPage"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openAiChatCompletion: {
        parameters: {
            query?: never;
            header?: {
                /** @description Conversation of the call; absent: none, and none is made */
                "x-conversation-id"?: string;
                /** @description User on whose behalf a service key with the scope act-as calls; absent: the user of the key */
                "x-user-id"?: string;
                /** @description Use case, for `auto` and for a model; absent: that of the conversation, else of the key */
                "x-use-case"?: string;
                /** @description Lets another candidate answer for a model; absent: as the key says */
                "x-orchestrator-fallback"?: "same-use-case" | "none";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description `auto`, a use case, `assistant:<id>`, or a model */
                    model: string;
                    messages: Record<string, never>[];
                    stream?: boolean;
                };
            };
        };
        responses: {
            /** @description The answer of the model */
            200: {
                headers: {
                    /** @description Id of the recorded call */
                    "x-orchestrator-invocation-id"?: string;
                    /** @description Model that answers */
                    "x-orchestrator-model"?: string;
                    /** @description Use case of the call */
                    "x-orchestrator-use-case"?: string;
                    /** @description Number of calls of models until this answer */
                    "x-orchestrator-attempts"?: string;
                    /** @description Reason for which another model than the first answers; absent: the first does */
                    "x-orchestrator-fallback"?: string;
                    /** @description Id of the notification, as in `/v1/notifications`, if this call switched its conversation; absent: it did not */
                    "x-orchestrator-notification"?: string;
                    /** @description Parts of the request that the model did not get as they were sent, with commas; absent: it got all */
                    "x-orchestrator-adapted"?: string;
                    /** @description Cost of a whole answer in USD; absent: it is not known, or estimated, or the answer is a stream */
                    "x-orchestrator-cost-usd"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "chatcmpl-01",
                     *       "object": "chat.completion",
                     *       "created": 1796073271,
                     *       "model": "clinical",
                     *       "choices": [
                     *         {
                     *           "index": 0,
                     *           "message": {
                     *             "role": "assistant",
                     *             "content": "Hello! How can I help?"
                     *           },
                     *           "finish_reason": "stop"
                     *         }
                     *       ],
                     *       "usage": {
                     *         "prompt_tokens": 9,
                     *         "completion_tokens": 8,
                     *         "total_tokens": 17
                     *       }
                     *     }
                     */
                    "application/json": Record<string, never>;
                    "text/event-stream": string;
                };
            };
            /** @description `invalid_request_error`: the request is not valid, which `param` names, or no model takes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description `invalid_api_key`: no valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description `permission_error`: a missing right, or a model that may not be called */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description `model_not_found`: no such model or use case; or no such conversation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description The body exceeds WIRE_BODY_LIMIT (25,000,000 bytes by default), or 5,000,000 bytes with an access token */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description `rate_limit_exceeded`; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description `model_error`: the model failed on this request */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description `service_unavailable`: no model can answer; see Retry-After */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description `timeout`: the model did not answer in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
        };
    };
    listOpenAiModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The names */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiModelList"];
                };
            };
            /** @description `invalid_api_key`: no valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description `permission_error`: a missing right, or a model that may not be called */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description `rate_limit_exceeded`; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description `service_unavailable`: no model can answer; see Retry-After */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
        };
    };
    getOpenAiModel: {
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
            /** @description The name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiModel"];
                };
            };
            /** @description `invalid_request_error`: the request is not valid, which `param` names, or no model takes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description `invalid_api_key`: no valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description `permission_error`: a missing right, or a model that may not be called */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description `model_not_found`: no such model or use case; or no such conversation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description `rate_limit_exceeded`; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description `service_unavailable`: no model can answer; see Retry-After */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
        };
    };
    anthropicMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Conversation of the call; absent: none, and none is made */
                "x-conversation-id"?: string;
                /** @description User on whose behalf a service key with the scope act-as calls; absent: the user of the key */
                "x-user-id"?: string;
                /** @description Use case, for `auto` and for a model; absent: that of the conversation, else of the key */
                "x-use-case"?: string;
                /** @description Lets another candidate answer for a model; absent: as the key says */
                "x-orchestrator-fallback"?: "same-use-case" | "none";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description `auto`, a use case, `assistant:<id>`, or a model */
                    model: string;
                    max_tokens: number;
                    messages: Record<string, never>[];
                    stream?: boolean;
                };
            };
        };
        responses: {
            /** @description The answer of the model */
            200: {
                headers: {
                    /** @description Id of the recorded call */
                    "x-orchestrator-invocation-id"?: string;
                    /** @description Model that answers */
                    "x-orchestrator-model"?: string;
                    /** @description Use case of the call */
                    "x-orchestrator-use-case"?: string;
                    /** @description Number of calls of models until this answer */
                    "x-orchestrator-attempts"?: string;
                    /** @description Reason for which another model than the first answers; absent: the first does */
                    "x-orchestrator-fallback"?: string;
                    /** @description Id of the notification, as in `/v1/notifications`, if this call switched its conversation; absent: it did not */
                    "x-orchestrator-notification"?: string;
                    /** @description Parts of the request that the model did not get as they were sent, with commas; absent: it got all */
                    "x-orchestrator-adapted"?: string;
                    /** @description Cost of a whole answer in USD; absent: it is not known, or estimated, or the answer is a stream */
                    "x-orchestrator-cost-usd"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "msg_01",
                     *       "type": "message",
                     *       "role": "assistant",
                     *       "model": "clinical",
                     *       "content": [
                     *         {
                     *           "type": "text",
                     *           "text": "Hello! How can I help?"
                     *         }
                     *       ],
                     *       "stop_reason": "end_turn",
                     *       "stop_sequence": null,
                     *       "usage": {
                     *         "input_tokens": 9,
                     *         "output_tokens": 8
                     *       }
                     *     }
                     */
                    "application/json": Record<string, never>;
                    "text/event-stream": string;
                };
            };
            /** @description `invalid_request_error`: the request is not valid, or no model takes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
            /** @description `authentication_error`: no valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
            /** @description `permission_error`: a missing right, or a model that may not be called */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
            /** @description `not_found_error`: no such model, use case or conversation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
            /** @description `request_too_large`: the body exceeds WIRE_BODY_LIMIT (25,000,000 bytes by default), or 5,000,000 bytes with an access token */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
            /** @description `invalid_request_error`: the body is not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
            /** @description `rate_limit_error`; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
            /** @description `api_error`: the service failed, or the model failed on this request */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
            /** @description `timeout_error`: the model did not answer in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
            /** @description `overloaded_error`: no model can answer; see Retry-After */
            529: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
        };
    };
    anthropicCountTokens: {
        parameters: {
            query?: never;
            header?: {
                /** @description Conversation of the call; absent: none, and none is made */
                "x-conversation-id"?: string;
                /** @description User on whose behalf a service key with the scope act-as calls; absent: the user of the key */
                "x-user-id"?: string;
                /** @description Use case, for `auto` and for a model; absent: that of the conversation, else of the key */
                "x-use-case"?: string;
                /** @description Lets another candidate answer for a model; absent: as the key says */
                "x-orchestrator-fallback"?: "same-use-case" | "none";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description `auto`, a use case, `assistant:<id>`, or a model */
                    model: string;
                    max_tokens?: number;
                    messages: Record<string, never>[];
                    stream?: boolean;
                };
            };
        };
        responses: {
            /** @description The answer of the model */
            200: {
                headers: {
                    /** @description Id of the recorded call */
                    "x-orchestrator-invocation-id"?: string;
                    /** @description Model that answers */
                    "x-orchestrator-model"?: string;
                    /** @description Use case of the call */
                    "x-orchestrator-use-case"?: string;
                    /** @description Number of calls of models until this answer */
                    "x-orchestrator-attempts"?: string;
                    /** @description Reason for which another model than the first answers; absent: the first does */
                    "x-orchestrator-fallback"?: string;
                    /** @description Id of the notification, as in `/v1/notifications`, if this call switched its conversation; absent: it did not */
                    "x-orchestrator-notification"?: string;
                    /** @description Parts of the request that the model did not get as they were sent, with commas; absent: it got all */
                    "x-orchestrator-adapted"?: string;
                    /** @description Cost of a whole answer in USD; absent: it is not known, or estimated, or the answer is a stream */
                    "x-orchestrator-cost-usd"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "input_tokens": 1
                     *     }
                     */
                    "application/json": {
                        input_tokens: number;
                    };
                };
            };
            /** @description `invalid_request_error`: the request is not valid, or no model takes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
            /** @description `authentication_error`: no valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
            /** @description `permission_error`: a missing right, or a model that may not be called */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
            /** @description `not_found_error`: no such model, use case or conversation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
            /** @description `request_too_large`: the body exceeds WIRE_BODY_LIMIT (25,000,000 bytes by default), or 5,000,000 bytes with an access token */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
            /** @description `invalid_request_error`: the body is not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
            /** @description `rate_limit_error`; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
            /** @description `api_error`: the service failed, or the model failed on this request */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
            /** @description `timeout_error`: the model did not answer in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
            /** @description `overloaded_error`: no model can answer; see Retry-After */
            529: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
        };
    };
    listAnthropicModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The names */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicModelList"];
                };
            };
            /** @description `invalid_request_error`: the request is not valid, or no model takes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
            /** @description `authentication_error`: no valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
            /** @description `permission_error`: a missing right, or a model that may not be called */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
            /** @description `not_found_error`: no such model, use case or conversation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
            /** @description `rate_limit_error`; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
            /** @description `overloaded_error`: no model can answer; see Retry-After */
            529: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
        };
    };
    getAnthropicModel: {
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
            /** @description The name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicModel"];
                };
            };
            /** @description `invalid_request_error`: the request is not valid, or no model takes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
            /** @description `authentication_error`: no valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
            /** @description `permission_error`: a missing right, or a model that may not be called */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
            /** @description `not_found_error`: no such model, use case or conversation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
            /** @description `rate_limit_error`; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
            /** @description `overloaded_error`: no model can answer; see Retry-After */
            529: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"];
                };
            };
        };
    };
    listSwitches: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the previous page */
                cursor?: string;
                /** @description Only switches of conversations, or only switches of use cases */
                scope?: "conversation" | "use_case";
                conversationId?: string;
                userId?: string;
                useCase?: string;
                action?: "manual_switch" | "auto_switch" | "fallback_switch";
                /** @description Who switched, such as service:ops or user:user-456 */
                actor?: string;
                /** @description Only switches from this model or to it */
                modelId?: string;
                /** @description Id of the request that switched; the switches of one move share it */
                requestId?: string;
                /** @description Part of the reason, in any case. Without `from` only the last 92 days are searched */
                reason?: string;
                /** @description Start of the period, included */
                from?: string;
                /** @description End of the period, not included */
                to?: string;
                /** @description csv and ndjson contain all switches that match the filters, not a page */
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
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSwitch: {
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
            /** @description The switch */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Switch"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    undoSwitch: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours, a repeated request with the same key gets the first response */
                "Idempotency-Key"?: string;
                /** @description The switch happens only if the scope still has this ETag */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UndoSwitch"];
            };
        };
        responses: {
            /** @description The switch back */
            200: {
                headers: {
                    /** @description ETag of the scope after the switch */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UndoneSwitch"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description If-Match does not match: the scope changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The Idempotency-Key was used for another request; for a chat: the model refused, or the input is too long */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startMove: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours, a repeated request with the same key gets the first response */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartMove"];
            };
        };
        responses: {
            /** @description With `dryRun`: what would move */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MovePreview"];
                };
            };
            /** @description The move */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Move"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The Idempotency-Key was used for another request; for a chat: the model refused, or the input is too long */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMoves: {
        parameters: {
            query?: {
                state?: "running" | "paused" | "aborted" | "done" | "undoing" | "undone" | "failed";
                /** @description Model that a move leaves or goes to */
                modelId?: string;
                /** @description `nextCursor` of the previous page */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of moves */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MovePage"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMove: {
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
            /** @description The move */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Move"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pauseMove: {
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
            /** @description The move after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Move"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeMove: {
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
            /** @description The move after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Move"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    abortMove: {
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
            /** @description The move after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Move"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    undoMove: {
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
            /** @description The move after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Move"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getChangePolicy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The policy */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangePolicy"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setChangePolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description The change happens only if the use case still has this `version`, in quotes: "7" */
                "If-Match"?: string;
            };
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetChangePolicy"];
            };
        };
        responses: {
            /** @description The policy after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangePolicy"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description If-Match does not match: the scope changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scheduleChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the revision that you have read; absent: the present one */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScheduleChange"];
            };
        };
        responses: {
            /** @description The new revision with its preview */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeRequest"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description If-Match does not match: the scope changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    breakGlass: {
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
                "application/json": components["schemas"]["BreakGlass"];
            };
        };
        responses: {
            /** @description The change request after it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeRequest"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reviewChange: {
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
                "application/json": components["schemas"]["ReviewChange"];
            };
        };
        responses: {
            /** @description The change request after it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeRequest"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listFreezes: {
        parameters: {
            query?: {
                /** @description Only freezes that hold this use case */
                useCase?: string;
                /** @description `true`: only freezes that are present or ahead */
                open?: boolean;
                /** @description `nextCursor` of the previous page */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of freezes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FreezePage"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createFreeze: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateFreeze"];
            };
        };
        responses: {
            /** @description The freeze */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Freeze"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endFreeze: {
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
            /** @description The freeze after it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Freeze"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listChangeWindows: {
        parameters: {
            query?: {
                /** @description Absent: now. Within 366 days of now */
                from?: string;
                /** @description Absent: 14 days after `from`. At most 32 days after it */
                to?: string;
                useCase?: string;
                /** @description `nextCursor` of the previous page */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of use cases with the openings of their windows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeWindowsPage"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listChangeRequests: {
        parameters: {
            query?: {
                state?: "proposed" | "approved" | "scheduled" | "applying" | "applied" | "rejected" | "withdrawn" | "expired" | "conflicted" | "failed";
                useCase?: string;
                /** @description As audit rows name it */
                proposer?: string;
                /** @description `true`: only those that wait for your approval: you have the scope approve and a group that a policy demands, neither proposed nor edited it, and have not approved this revision. Empty for a key */
                waiting?: boolean;
                /** @description `open`: applied without approvals and not reviewed; `overdue`: the time of the review is past */
                review?: "open" | "overdue";
                /** @description `nextCursor` of the previous page */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of change requests */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeRequestPage"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proposeChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours, a repeated request with the same key gets the first response */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProposeChange"];
            };
        };
        responses: {
            /** @description The change request with its preview */
            201: {
                headers: {
                    /** @description ETag of the revision */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeRequest"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The Idempotency-Key was used for another request; for a chat: the model refused, or the input is too long */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getChangeRequest: {
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
            /** @description The change request */
            200: {
                headers: {
                    /** @description ETag of the revision */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeRequest"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reviseChange: {
        parameters: {
            query?: never;
            header: {
                /** @description ETag of the revision that you have read */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProposeChange"];
            };
        };
        responses: {
            /** @description The new revision with its preview */
            200: {
                headers: {
                    /** @description ETag of the revision */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeRequest"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description If-Match does not match: the scope changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewChange: {
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
            /** @description The change request with its preview */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeRequest"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveChange: {
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
                "application/json": components["schemas"]["JudgeChange"];
            };
        };
        responses: {
            /** @description The change request after the approval */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeRequest"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description If-Match does not match: the scope changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rejectChange: {
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
                "application/json": components["schemas"]["JudgeChange"];
            };
        };
        responses: {
            /** @description The change request after the rejection */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeRequest"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description If-Match does not match: the scope changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawChange: {
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
            /** @description The change request after it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeRequest"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    applyChange: {
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
            /** @description The change request after it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeRequest"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    undoChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours, a repeated request with the same key gets the first response */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UndoChange"];
            };
        };
        responses: {
            /** @description The change request with its preview */
            201: {
                headers: {
                    /** @description ETag of the revision */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeRequest"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The Idempotency-Key was used for another request; for a chat: the model refused, or the input is too long */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
                /** @description `nextCursor` of the previous page */
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
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description Number of requeued entries */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Requeued"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
                /** @description `nextCursor` of the previous page */
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
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description One JSON object per line */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
                /** @description `nextCursor` of the previous page */
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
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description The models, earliest date first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LifecyclePage"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSweeps: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest sweeps */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SweepPage"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestSweep: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestSweep"];
            };
        };
        responses: {
            /** @description Id of the sweep, which a worker runs within seconds */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestedSweep"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recheckBreaker: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                modelId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Result of the probe */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BreakerRecheck"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
                /** @description `nextCursor` of the previous page */
                cursor?: number;
                /** @description User on whose behalf a service key with the scope act-as acts */
                userId?: string;
                kind?: "switch" | "lifecycle" | "validation" | "alert" | "change";
                /** @description true: only notifications that are not acknowledged */
                unacknowledged?: boolean;
                /** @description true: also silent notifications */
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
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
                /** @description User on whose behalf a service key with the scope act-as acts */
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
            /** @description The notification after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notification"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
                /** @description User on whose behalf a service key with the scope act-as acts */
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
            /** @description The notification after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notification"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
                /** @description User on whose behalf a service key with the scope act-as acts */
                userId?: string;
                /** @description true: notifications of all recipients, and open breakers; needs the scope audit */
                everybody?: boolean;
            };
            header?: {
                /** @description The stream continues after this event; absent: the stream has only new events */
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
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description The webhooks, without their secrets */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookPage"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description The webhook with its secret */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description The deleted webhook */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description The webhook with its new secret */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description Result of the delivery */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description The webhook after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description The webhook after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the previous page */
                cursor?: number;
                /** @description delivered: at the first attempt, or by a resend; recovered: delivered after failed attempts; failed: not delivered */
                state?: "delivered" | "recovered" | "failed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of attempts, without the content of messages */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryAttemptPage"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the previous page */
                cursor?: number;
                /** @description delivered: at the first attempt, or by a resend; recovered: delivered after failed attempts; failed: not delivered */
                state?: "delivered" | "recovered" | "failed";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of attempts, without the content of messages */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryAttemptPage"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resendDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                deliveryId: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The new attempt */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryAttempt"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listChannels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The channels, without their secrets */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelPage"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createChannel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateChannel"];
            };
        };
        responses: {
            /** @description The channel */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getChannel: {
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
            /** @description The channel */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteChannel: {
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
            /** @description The deleted channel */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    editChannel: {
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
                "application/json": components["schemas"]["EditChannel"];
            };
        };
        responses: {
            /** @description The channel after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listChannelDeliveries: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the previous page */
                cursor?: number;
                /** @description delivered: at the first attempt, or by a resend; recovered: delivered after failed attempts; failed: not delivered */
                state?: "delivered" | "recovered" | "failed";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of attempts, without the content of messages */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelAttemptPage"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testChannel: {
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
            /** @description Result of the delivery */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelDelivery"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeChannel: {
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
                "application/json": components["schemas"]["ResumeChannel"];
            };
        };
        responses: {
            /** @description The channel after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
                /** @description First day (UTC), included; default: 6 days before the last day */
                from?: string;
                /** @description Last day (UTC), included; default: today */
                to?: string;
                modelId?: string;
                useCase?: string;
                userId?: string;
                limit?: number;
                /** @description `nextCursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of groups, and the totals of all groups */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsagePage"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
                /** @description First day (UTC), included; default: 6 days before the last day */
                from?: string;
                /** @description Last day (UTC), included; default: today */
                to?: string;
                modelId?: string;
                useCase?: string;
                userId?: string;
                limit?: number;
                /** @description `nextCursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of groups, the totals of all groups, and the cost impacts and savings of switches */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CostsPage"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
                /** @description First day (UTC), included; default: 6 days before the last day */
                from?: string;
                /** @description Last day (UTC), included; default: today */
                to?: string;
                modelId?: string;
                useCase?: string;
                userId?: string;
                limit?: number;
                /** @description `nextCursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of groups, and the totals of all groups */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SwitchFiguresPage"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCallForms: {
        parameters: {
            query?: {
                /** @description First day (UTC), included; default: 6 days before the last day */
                from?: string;
                /** @description Last day (UTC), included; default: today */
                to?: string;
                useCase?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All wires and families of bodies, each with its forms */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallFormsList"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
                /** @description `nextCursor` of the previous page */
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
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOwnUsage: {
        parameters: {
            query?: {
                groupBy?: "model" | "useCase" | "day";
                /** @description First day (UTC), included; default: 6 days before the last day */
                from?: string;
                /** @description Last day (UTC), included; default: today */
                to?: string;
                modelId?: string;
                useCase?: string;
                limit?: number;
                /** @description `nextCursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of groups, and the totals of all groups */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsagePage"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBudgets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The budgets: of all calls, of use cases, of keys, of users */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BudgetPage"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setBudget: {
        parameters: {
            query?: {
                /** @description Use case whose calls the budget counts */
                useCase?: string;
                /** @description Name or id of a service key; the budget counts the calls of the key and of its successors by rotation */
                key?: string;
                /** @description User whose calls the budget counts */
                userId?: string;
            };
            header?: never;
            path: {
                /** @description A day or a month of UTC */
                period: "day" | "month";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetBudget"];
            };
        };
        responses: {
            /** @description The budget with its spend */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Budget"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteBudget: {
        parameters: {
            query?: {
                /** @description Use case whose calls the budget counts */
                useCase?: string;
                /** @description Name or id of a service key; the budget counts the calls of the key and of its successors by rotation */
                key?: string;
                /** @description User whose calls the budget counts */
                userId?: string;
            };
            header?: never;
            path: {
                /** @description A day or a month of UTC */
                period: "day" | "month";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The deleted budget */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Budget"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBudgetChanges: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the previous page */
                cursor?: number;
                budgetId?: string;
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
                    "application/json": components["schemas"]["BudgetChangePage"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOverview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The use cases, and the states that need an operator */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    findIds: {
        parameters: {
            query: {
                /** @description Begin of the id; upper and lower case differ */
                prefix: string;
                /** @description Of each kind */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was found, at most `limit` of each kind */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FoundIds"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description The actor and its scopes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description The actor and its scopes */
            200: {
                headers: {
                    /** @description Cookie of the session */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description The browser has no session any more */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listIssuers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The configured issuers of OpenID Connect */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInIssuerList"];
                };
            };
        };
    };
    beginSignIn: {
        parameters: {
            query?: {
                /** @description Page of the console after the sign-in */
                returnTo?: string;
            };
            header?: never;
            path: {
                issuer: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the issuer */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    completeSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the console, signed in or with the reason why not */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    logOutByIssuer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    logout_token: string;
                };
            };
        };
        responses: {
            /** @description The sessions have ended */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevokeSessions"];
            };
        };
        responses: {
            /** @description The sessions have ended */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description The key with its secret */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedKey"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getKey: {
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
            /** @description The key */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    editKey: {
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
                "application/json": components["schemas"]["EditKey"];
            };
        };
        responses: {
            /** @description The edited key */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description The new key with its secret */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RotatedKey"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The present state does not allow the request; if a model is the cause, see `reasons` and `successor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not application/json, or not application/yaml at /v1/config */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
                /** @description `nextCursor` of the previous page */
                cursor?: number;
                entity?: "service_key" | "webhook" | "channel";
                /** @description Id of a key, a webhook or a channel */
                entityId?: string;
                /** @description Actor, in the format of audit rows, for example service:ci */
                actor?: string;
                /** @description Start of the period, included */
                from?: string;
                /** @description End of the period, not included */
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
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description One JSON object per line */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
            /** @description The erasure, with the rows erased so far */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description The resource does not exist, or is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
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
                /** @description `nextCursor` of the previous page */
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
            /** @description The request is not valid; `errors` names each field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRetentionRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rules by table */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionRulePage"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listInstances: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The processes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstancePage"];
                };
            };
            /** @description The token is missing or not valid */
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
            /** @description Too many requests; see Retry-After */
            429: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process runs */
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
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The api is ready */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description PostgreSQL, Bedrock or every candidate is unavailable, or the api is overloaded; see Retry-After */
            503: {
                headers: {
                    /** @description Seconds to wait before a retry */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMetrics: {
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
    bedrockConverse: {
        parameters: {
            query?: never;
            header?: {
                /** @description body: the answer of Converse says who answered; absent: as the key says */
                "x-orchestrator-echo"?: "body" | "none";
                /** @description Conversation of the call; absent: none, and none is made */
                "x-conversation-id"?: string;
                /** @description User on whose behalf a service key with the scope act-as calls; absent: the user of the key */
                "x-user-id"?: string;
                /** @description Use case, for `auto` and for a model; absent: that of the conversation, else of the key */
                "x-use-case"?: string;
                /** @description Lets another candidate answer for a model; absent: as the key says */
                "x-orchestrator-fallback"?: "same-use-case" | "none";
            };
            path: {
                /** @description `auto`, a use case, `assistant:<id>`, or a model; an ARN may have slashes */
                modelId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The answer of the model */
            200: {
                headers: {
                    /** @description The same id as `x-orchestrator-invocation-id` */
                    "x-amzn-requestid"?: string;
                    /** @description Id of the recorded call */
                    "x-orchestrator-invocation-id"?: string;
                    /** @description Model that answers */
                    "x-orchestrator-model"?: string;
                    /** @description Use case of the call */
                    "x-orchestrator-use-case"?: string;
                    /** @description Number of calls of models until this answer */
                    "x-orchestrator-attempts"?: string;
                    /** @description Reason for which another model than the first answers; absent: the first does */
                    "x-orchestrator-fallback"?: string;
                    /** @description Id of the notification, as in `/v1/notifications`, if this call switched its conversation; absent: it did not */
                    "x-orchestrator-notification"?: string;
                    /** @description Parts of the request that the model did not get as they were sent, with commas; absent: it got all */
                    "x-orchestrator-adapted"?: string;
                    /** @description Cost of a whole answer in USD; absent: it is not known, or estimated, or the answer is a stream */
                    "x-orchestrator-cost-usd"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "output": {
                     *         "message": {
                     *           "role": "assistant",
                     *           "content": [
                     *             {
                     *               "text": "Hello! How can I help?"
                     *             }
                     *           ]
                     *         }
                     *       },
                     *       "stopReason": "end_turn",
                     *       "usage": {
                     *         "inputTokens": 9,
                     *         "outputTokens": 8,
                     *         "totalTokens": 17
                     *       },
                     *       "metrics": {
                     *         "latencyMs": 812
                     *       }
                     *     }
                     */
                    "application/json": Record<string, never>;
                };
            };
            /** @description `ValidationException`: the request is not valid, or no model takes it */
            400: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `UnrecognizedClientException`: no valid key. `AccessDeniedException`: a missing right, or a model that may not be called */
            403: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ResourceNotFoundException`: no such model, use case or conversation */
            404: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ModelTimeoutException`: the model did not answer in time */
            408: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ValidationException`: the body exceeds WIRE_BODY_LIMIT (25,000,000 bytes by default), or 5,000,000 bytes with an access token */
            413: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ValidationException`: the body is not application/json */
            415: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ModelErrorException`: the model failed on this request */
            424: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ThrottlingException` or `ModelNotReadyException`; see Retry-After */
            429: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `InternalServerException`: the service failed */
            500: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ServiceUnavailableException`: no model can answer; see Retry-After */
            503: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
        };
    };
    bedrockConverseStream: {
        parameters: {
            query?: never;
            header?: {
                /** @description body: the answer of Converse says who answered; absent: as the key says */
                "x-orchestrator-echo"?: "body" | "none";
                /** @description Conversation of the call; absent: none, and none is made */
                "x-conversation-id"?: string;
                /** @description User on whose behalf a service key with the scope act-as calls; absent: the user of the key */
                "x-user-id"?: string;
                /** @description Use case, for `auto` and for a model; absent: that of the conversation, else of the key */
                "x-use-case"?: string;
                /** @description Lets another candidate answer for a model; absent: as the key says */
                "x-orchestrator-fallback"?: "same-use-case" | "none";
            };
            path: {
                /** @description `auto`, a use case, `assistant:<id>`, or a model; an ARN may have slashes */
                modelId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The answer of the model */
            200: {
                headers: {
                    /** @description The same id as `x-orchestrator-invocation-id` */
                    "x-amzn-requestid"?: string;
                    /** @description Id of the recorded call */
                    "x-orchestrator-invocation-id"?: string;
                    /** @description Model that answers */
                    "x-orchestrator-model"?: string;
                    /** @description Use case of the call */
                    "x-orchestrator-use-case"?: string;
                    /** @description Number of calls of models until this answer */
                    "x-orchestrator-attempts"?: string;
                    /** @description Reason for which another model than the first answers; absent: the first does */
                    "x-orchestrator-fallback"?: string;
                    /** @description Id of the notification, as in `/v1/notifications`, if this call switched its conversation; absent: it did not */
                    "x-orchestrator-notification"?: string;
                    /** @description Parts of the request that the model did not get as they were sent, with commas; absent: it got all */
                    "x-orchestrator-adapted"?: string;
                    /** @description Cost of a whole answer in USD; absent: it is not known, or estimated, or the answer is a stream */
                    "x-orchestrator-cost-usd"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.amazon.eventstream": string;
                };
            };
            /** @description `ValidationException`: the request is not valid, or no model takes it */
            400: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `UnrecognizedClientException`: no valid key. `AccessDeniedException`: a missing right, or a model that may not be called */
            403: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ResourceNotFoundException`: no such model, use case or conversation */
            404: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ModelTimeoutException`: the model did not answer in time */
            408: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ValidationException`: the body exceeds WIRE_BODY_LIMIT (25,000,000 bytes by default), or 5,000,000 bytes with an access token */
            413: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ValidationException`: the body is not application/json */
            415: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ModelErrorException`: the model failed on this request */
            424: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ThrottlingException` or `ModelNotReadyException`; see Retry-After */
            429: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `InternalServerException`: the service failed */
            500: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ServiceUnavailableException`: no model can answer; see Retry-After */
            503: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
        };
    };
    bedrockInvokeModel: {
        parameters: {
            query?: never;
            header?: {
                /** @description body: the answer of Converse says who answered; absent: as the key says */
                "x-orchestrator-echo"?: "body" | "none";
                /** @description Conversation of the call; absent: none, and none is made */
                "x-conversation-id"?: string;
                /** @description User on whose behalf a service key with the scope act-as calls; absent: the user of the key */
                "x-user-id"?: string;
                /** @description Use case, for `auto` and for a model; absent: that of the conversation, else of the key */
                "x-use-case"?: string;
                /** @description Lets another candidate answer for a model; absent: as the key says */
                "x-orchestrator-fallback"?: "same-use-case" | "none";
            };
            path: {
                /** @description `auto`, a use case, `assistant:<id>`, or a model; an ARN may have slashes */
                modelId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The answer of the model */
            200: {
                headers: {
                    /** @description The same id as `x-orchestrator-invocation-id` */
                    "x-amzn-requestid"?: string;
                    /** @description Id of the recorded call */
                    "x-orchestrator-invocation-id"?: string;
                    /** @description Model that answers */
                    "x-orchestrator-model"?: string;
                    /** @description Use case of the call */
                    "x-orchestrator-use-case"?: string;
                    /** @description Number of calls of models until this answer */
                    "x-orchestrator-attempts"?: string;
                    /** @description Reason for which another model than the first answers; absent: the first does */
                    "x-orchestrator-fallback"?: string;
                    /** @description Id of the notification, as in `/v1/notifications`, if this call switched its conversation; absent: it did not */
                    "x-orchestrator-notification"?: string;
                    /** @description Parts of the request that the model did not get as they were sent, with commas; absent: it got all */
                    "x-orchestrator-adapted"?: string;
                    /** @description Cost of a whole answer in USD; absent: it is not known, or estimated, or the answer is a stream */
                    "x-orchestrator-cost-usd"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "msg_01",
                     *       "type": "message",
                     *       "role": "assistant",
                     *       "content": [
                     *         {
                     *           "type": "text",
                     *           "text": "Hello! How can I help?"
                     *         }
                     *       ],
                     *       "stop_reason": "end_turn",
                     *       "usage": {
                     *         "input_tokens": 9,
                     *         "output_tokens": 8
                     *       }
                     *     }
                     */
                    "application/json": Record<string, never>;
                };
            };
            /** @description `ValidationException`: the request is not valid, or no model takes it */
            400: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `UnrecognizedClientException`: no valid key. `AccessDeniedException`: a missing right, or a model that may not be called */
            403: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ResourceNotFoundException`: no such model, use case or conversation */
            404: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ModelTimeoutException`: the model did not answer in time */
            408: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ValidationException`: the body exceeds WIRE_BODY_LIMIT (25,000,000 bytes by default), or 5,000,000 bytes with an access token */
            413: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ValidationException`: the body is not application/json */
            415: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ModelErrorException`: the model failed on this request */
            424: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ThrottlingException` or `ModelNotReadyException`; see Retry-After */
            429: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `InternalServerException`: the service failed */
            500: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ServiceUnavailableException`: no model can answer; see Retry-After */
            503: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
        };
    };
    bedrockInvokeModelWithResponseStream: {
        parameters: {
            query?: never;
            header?: {
                /** @description body: the answer of Converse says who answered; absent: as the key says */
                "x-orchestrator-echo"?: "body" | "none";
                /** @description Conversation of the call; absent: none, and none is made */
                "x-conversation-id"?: string;
                /** @description User on whose behalf a service key with the scope act-as calls; absent: the user of the key */
                "x-user-id"?: string;
                /** @description Use case, for `auto` and for a model; absent: that of the conversation, else of the key */
                "x-use-case"?: string;
                /** @description Lets another candidate answer for a model; absent: as the key says */
                "x-orchestrator-fallback"?: "same-use-case" | "none";
            };
            path: {
                /** @description `auto`, a use case, `assistant:<id>`, or a model; an ARN may have slashes */
                modelId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The answer of the model */
            200: {
                headers: {
                    /** @description The same id as `x-orchestrator-invocation-id` */
                    "x-amzn-requestid"?: string;
                    /** @description Id of the recorded call */
                    "x-orchestrator-invocation-id"?: string;
                    /** @description Model that answers */
                    "x-orchestrator-model"?: string;
                    /** @description Use case of the call */
                    "x-orchestrator-use-case"?: string;
                    /** @description Number of calls of models until this answer */
                    "x-orchestrator-attempts"?: string;
                    /** @description Reason for which another model than the first answers; absent: the first does */
                    "x-orchestrator-fallback"?: string;
                    /** @description Id of the notification, as in `/v1/notifications`, if this call switched its conversation; absent: it did not */
                    "x-orchestrator-notification"?: string;
                    /** @description Parts of the request that the model did not get as they were sent, with commas; absent: it got all */
                    "x-orchestrator-adapted"?: string;
                    /** @description Cost of a whole answer in USD; absent: it is not known, or estimated, or the answer is a stream */
                    "x-orchestrator-cost-usd"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.amazon.eventstream": string;
                };
            };
            /** @description `ValidationException`: the request is not valid, or no model takes it */
            400: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `UnrecognizedClientException`: no valid key. `AccessDeniedException`: a missing right, or a model that may not be called */
            403: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ResourceNotFoundException`: no such model, use case or conversation */
            404: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ModelTimeoutException`: the model did not answer in time */
            408: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ValidationException`: the body exceeds WIRE_BODY_LIMIT (25,000,000 bytes by default), or 5,000,000 bytes with an access token */
            413: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ValidationException`: the body is not application/json */
            415: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ModelErrorException`: the model failed on this request */
            424: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ThrottlingException` or `ModelNotReadyException`; see Retry-After */
            429: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `InternalServerException`: the service failed */
            500: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ServiceUnavailableException`: no model can answer; see Retry-After */
            503: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
        };
    };
    bedrockCountTokens: {
        parameters: {
            query?: never;
            header?: {
                /** @description body: the answer of Converse says who answered; absent: as the key says */
                "x-orchestrator-echo"?: "body" | "none";
                /** @description Conversation of the call; absent: none, and none is made */
                "x-conversation-id"?: string;
                /** @description User on whose behalf a service key with the scope act-as calls; absent: the user of the key */
                "x-user-id"?: string;
                /** @description Use case, for `auto` and for a model; absent: that of the conversation, else of the key */
                "x-use-case"?: string;
                /** @description Lets another candidate answer for a model; absent: as the key says */
                "x-orchestrator-fallback"?: "same-use-case" | "none";
            };
            path: {
                /** @description `auto`, a use case, `assistant:<id>`, or a model; an ARN may have slashes */
                modelId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The answer of the model */
            200: {
                headers: {
                    /** @description The same id as `x-orchestrator-invocation-id` */
                    "x-amzn-requestid"?: string;
                    /** @description Id of the recorded call */
                    "x-orchestrator-invocation-id"?: string;
                    /** @description Model that answers */
                    "x-orchestrator-model"?: string;
                    /** @description Use case of the call */
                    "x-orchestrator-use-case"?: string;
                    /** @description Number of calls of models until this answer */
                    "x-orchestrator-attempts"?: string;
                    /** @description Reason for which another model than the first answers; absent: the first does */
                    "x-orchestrator-fallback"?: string;
                    /** @description Id of the notification, as in `/v1/notifications`, if this call switched its conversation; absent: it did not */
                    "x-orchestrator-notification"?: string;
                    /** @description Parts of the request that the model did not get as they were sent, with commas; absent: it got all */
                    "x-orchestrator-adapted"?: string;
                    /** @description Cost of a whole answer in USD; absent: it is not known, or estimated, or the answer is a stream */
                    "x-orchestrator-cost-usd"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "inputTokens": 9
                     *     }
                     */
                    "application/json": Record<string, never>;
                };
            };
            /** @description `ValidationException`: the request is not valid, or no model takes it */
            400: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `UnrecognizedClientException`: no valid key. `AccessDeniedException`: a missing right, or a model that may not be called */
            403: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ResourceNotFoundException`: no such model, use case or conversation */
            404: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ModelTimeoutException`: the model did not answer in time */
            408: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ValidationException`: the body exceeds WIRE_BODY_LIMIT (25,000,000 bytes by default), or 5,000,000 bytes with an access token */
            413: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ValidationException`: the body is not application/json */
            415: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ModelErrorException`: the model failed on this request */
            424: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ThrottlingException` or `ModelNotReadyException`; see Retry-After */
            429: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `InternalServerException`: the service failed */
            500: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
            /** @description `ServiceUnavailableException`: no model can answer; see Retry-After */
            503: {
                headers: {
                    /** @description Name of the error */
                    "x-amzn-errortype"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwsError"];
                };
            };
        };
    };
}
