import { CreateCatalogue1764000000000 } from './1764000000000-create-catalogue.js';
import { CreateConversations1764000001000 } from './1764000001000-create-conversations.js';
import { CreateSwitches1764000002000 } from './1764000002000-create-switches.js';
import { CreateSwitchViews1764000003000 } from './1764000003000-create-switch-views.js';
import { CreateServiceKeys1764000004000 } from './1764000004000-create-service-keys.js';
import { RecordCatalogueChanges1764100000000 } from './1764100000000-record-catalogue-changes.js';
import { CreateValidations1764100001000 } from './1764100001000-create-validations.js';
import { KeepPriceQuotes1764100002000 } from './1764100002000-keep-price-quotes.js';
import { RecordInvocations1764200000000 } from './1764200000000-record-invocations.js';
import { RollUpUsage1764200001000 } from './1764200001000-roll-up-usage.js';
import { SealAuditRows1764400000000 } from './1764400000000-seal-audit-rows.js';
import { RotateServiceKeys1764400001000 } from './1764400001000-rotate-service-keys.js';
import { CreateNotifications1764500000000 } from './1764500000000-create-notifications.js';
import { ForgetPeople1764600000000 } from './1764600000000-forget-people.js';
import { TraceOutboxEntries1764750000000 } from './1764750000000-trace-outbox-entries.js';
import { CreateWebhooks1764800000000 } from './1764800000000-create-webhooks.js';
import { IndexSwitchesOfConversations1764900000000 } from './1764900000000-index-switches-of-conversations.js';
import { MergeErasedFigures1764900001000 } from './1764900001000-merge-erased-figures.js';
import { RollUpSwitches1764900002000 } from './1764900002000-roll-up-switches.js';
import { RankUsers1764900003000 } from './1764900003000-rank-users.js';
import { FindNotifications1764900004000 } from './1764900004000-find-notifications.js';
import { IndexSignedCheckpoints1764900005000 } from './1764900005000-index-signed-checkpoints.js';
import { BumpVersionOnEveryChange1764920000000 } from './1764920000000-bump-version-on-every-change.js';
import { RollUpConversations1764930000000 } from './1764930000000-roll-up-conversations.js';
import { KnowFollowers1764940000000 } from './1764940000000-know-followers.js';
import { KnowOwnersOfKeys1764950000000 } from './1764950000000-know-owners-of-keys.js';
import { RecordChangesOfAccess1764950001000 } from './1764950001000-record-changes-of-access.js';
import { DemandRecordsOfErasures1764950002000 } from './1764950002000-demand-records-of-erasures.js';
import { RestrictInvocationPartitions1764960000000 } from './1764960000000-restrict-invocation-partitions.js';
import { IndexAuditRows1764970000000 } from './1764970000000-index-audit-rows.js';
import { KeepLifecycleGuarantees1764980000000 } from './1764980000000-keep-lifecycle-guarantees.js';
import { CorrectSeededPrices1764980001000 } from './1764980001000-correct-seeded-prices.js';
import { KeepCapabilities1764980002000 } from './1764980002000-keep-capabilities.js';
import { IndexSwitchesOfUseCases1764985000000 } from './1764985000000-index-switches-of-use-cases.js';
import { MeasureUsageByTime1764990000000 } from './1764990000000-measure-usage-by-time.js';
import { BillEveryAttempt1764991000000 } from './1764991000000-bill-every-attempt.js';
import { DateUpcomingPrices1764992000000 } from './1764992000000-date-upcoming-prices.js';
import { IndexAccessChanges1764993000000 } from './1764993000000-index-access-changes.js';
import { GuardUseCases1764994000000 } from './1764994000000-guard-use-cases.js';
import { LimitClientsOfUseCases1764995000000 } from './1764995000000-limit-clients-of-use-cases.js';
import { CountGuardrailInterventions1764996000000 } from './1764996000000-count-guardrail-interventions.js';
import { RecordKeysOfCalls1764997000000 } from './1764997000000-record-keys-of-calls.js';
import { CreateCostBudgets1764997001000 } from './1764997001000-create-cost-budgets.js';
import { PriceByDimension1764998000000 } from './1764998000000-price-by-dimension.js';
import { RecordDimensionsOfCalls1764998001000 } from './1764998001000-record-dimensions-of-calls.js';
import { RollUpUnknownCosts1764998002000 } from './1764998002000-roll-up-unknown-costs.js';
import { LimitServiceKeys1764998003000 } from './1764998003000-limit-service-keys.js';
import { KeepFormsOfRequests1765000000000 } from './1765000000000-keep-forms-of-requests.js';
import { RollUpCallForms1765003000000 } from './1765003000000-roll-up-call-forms.js';
import { HashErasedPeople1765040000000 } from './1765040000000-hash-erased-people.js';
import { MoveOffModels1765100000000 } from './1765100000000-move-off-models.js';
import { ListConversations1765110000000 } from './1765110000000-list-conversations.js';
import { FindSwitches1765110001000 } from './1765110001000-find-switches.js';
import { FindCalls1765110002000 } from './1765110002000-find-calls.js';
import { RequestSweeps1765110003000 } from './1765110003000-request-sweeps.js';
import { FindCatalogueChanges1765110004000 } from './1765110004000-find-catalogue-changes.js';
import { RecordRetirements1765110005000 } from './1765110005000-record-retirements.js';
import { KnowCallsThatFollow1765120000000 } from './1765120000000-know-calls-that-follow.js';
import { RevokeSessions1765200000000 } from './1765200000000-revoke-sessions.js';
import { ReviewChanges1765300000000 } from './1765300000000-review-changes.js';
import { SealChanges1765300001000 } from './1765300001000-seal-changes.js';
import { BeatSingletonLoops1765310000000 } from './1765310000000-beat-singleton-loops.js';
import { EndFreezes1765310001000 } from './1765310001000-end-freezes.js';
import { CreateChannels1765340000000 } from './1765340000000-create-channels.js';
import { RecordDeliveries1765350000000 } from './1765350000000-record-deliveries.js';
import { KeepHeartbeats1765351000000 } from './1765351000000-keep-heartbeats.js';
import { BackfillRetirements1765352000000 } from './1765352000000-backfill-retirements.js';
import { MoveWaysBack1765360000000 } from './1765360000000-move-ways-back.js';
import { FindByPrefix1765360001000 } from './1765360001000-find-by-prefix.js';
import { ListUnreviewedCalls1765370000000 } from './1765370000000-list-unreviewed-calls.js';
import { TieEditsToChanges1765371000000 } from './1765371000000-tie-edits-to-changes.js';
import { NotifyOfChanges1765380000000 } from './1765380000000-notify-of-changes.js';
import { RecordDeliveriesOfChannels1765381000000 } from './1765381000000-record-deliveries-of-channels.js';
import { TieMovesToChanges1765390000000 } from './1765390000000-tie-moves-to-changes.js';
import { CountSupersededEstimates1765391000000 } from './1765391000000-count-superseded-estimates.js';
import { KnowGroupsOfPeople1765392000000 } from './1765392000000-know-groups-of-people.js';

/** Every migration, oldest first. A process refuses to boot while one of them is pending. */
export const MIGRATIONS = [
  CreateCatalogue1764000000000,
  CreateConversations1764000001000,
  CreateSwitches1764000002000,
  CreateSwitchViews1764000003000,
  CreateServiceKeys1764000004000,
  RecordCatalogueChanges1764100000000,
  CreateValidations1764100001000,
  KeepPriceQuotes1764100002000,
  RecordInvocations1764200000000,
  RollUpUsage1764200001000,
  SealAuditRows1764400000000,
  RotateServiceKeys1764400001000,
  CreateNotifications1764500000000,
  ForgetPeople1764600000000,
  TraceOutboxEntries1764750000000,
  CreateWebhooks1764800000000,
  IndexSwitchesOfConversations1764900000000,
  MergeErasedFigures1764900001000,
  RollUpSwitches1764900002000,
  RankUsers1764900003000,
  FindNotifications1764900004000,
  IndexSignedCheckpoints1764900005000,
  BumpVersionOnEveryChange1764920000000,
  RollUpConversations1764930000000,
  KnowFollowers1764940000000,
  KnowOwnersOfKeys1764950000000,
  RecordChangesOfAccess1764950001000,
  DemandRecordsOfErasures1764950002000,
  RestrictInvocationPartitions1764960000000,
  IndexAuditRows1764970000000,
  KeepLifecycleGuarantees1764980000000,
  CorrectSeededPrices1764980001000,
  KeepCapabilities1764980002000,
  IndexSwitchesOfUseCases1764985000000,
  MeasureUsageByTime1764990000000,
  BillEveryAttempt1764991000000,
  DateUpcomingPrices1764992000000,
  IndexAccessChanges1764993000000,
  GuardUseCases1764994000000,
  LimitClientsOfUseCases1764995000000,
  CountGuardrailInterventions1764996000000,
  RecordKeysOfCalls1764997000000,
  CreateCostBudgets1764997001000,
  PriceByDimension1764998000000,
  RecordDimensionsOfCalls1764998001000,
  RollUpUnknownCosts1764998002000,
  LimitServiceKeys1764998003000,
  KeepFormsOfRequests1765000000000,
  RollUpCallForms1765003000000,
  HashErasedPeople1765040000000,
  MoveOffModels1765100000000,
  ListConversations1765110000000,
  FindSwitches1765110001000,
  FindCalls1765110002000,
  RequestSweeps1765110003000,
  FindCatalogueChanges1765110004000,
  RecordRetirements1765110005000,
  KnowCallsThatFollow1765120000000,
  RevokeSessions1765200000000,
  ReviewChanges1765300000000,
  SealChanges1765300001000,
  BeatSingletonLoops1765310000000,
  EndFreezes1765310001000,
  CreateChannels1765340000000,
  RecordDeliveries1765350000000,
  KeepHeartbeats1765351000000,
  BackfillRetirements1765352000000,
  MoveWaysBack1765360000000,
  FindByPrefix1765360001000,
  ListUnreviewedCalls1765370000000,
  TieEditsToChanges1765371000000,
  NotifyOfChanges1765380000000,
  RecordDeliveriesOfChannels1765381000000,
  TieMovesToChanges1765390000000,
  CountSupersededEstimates1765391000000,
  KnowGroupsOfPeople1765392000000,
];
