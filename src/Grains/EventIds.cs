namespace Smcp;

/// <summary>The ids of log events, unique in the product; a block of a hundred for each feature.</summary>
internal static class EventIds
{
    // Sessions: 5000.
    public const int SessionOpened = 5000;
    public const int SessionEnded = 5001;
    public const int SessionCleanUpFailed = 5002;
    public const int SessionWriteFailed = 5003;
    public const int SessionBellLost = 5010;
    public const int SessionEventsTrimmed = 5011;
    public const int SessionCallLost = 5020;
    public const int SessionCallFailed = 5021;
    public const int SessionPeerReopening = 5030;
    public const int SessionAttachFailed = 5031;
    public const int SessionAnswerFailed = 5032;
    public const int SessionSendFailed = 5033;

    // Tenants: 5100.
    public const int TenantSweepFailed = 5100;
    public const int TenantCompacted = 5101;
    public const int TenantWriteFailed = 5102;
    public const int TenantDirectoryWriteFailed = 5103;

    // Usage: 5300.
    public const int UsageWriteFailed = 5300;
    public const int UsageNotBilled = 5301;
    public const int UsageNotReported = 5302;

    // Data of servers: 5400.
    public const int ValueWriteFailed = 5400;
    public const int StorageUsageNotReported = 5401;
    public const int StorageUsageWriteFailed = 5402;
    public const int ObjectWriteFailed = 5403;
    public const int ObjectUsageNotReported = 5404;
    public const int ObjectNotRemoved = 5405;

    // Users: 5200.
    public const int DirectoryWriteFailed = 5200;

    // Replays: 5290.
    public const int ReplayWriteFailed = 5290;

    // Servers: 2000.
    public const int RuntimeStarted = 2000;
    public const int RuntimeStartFailed = 2001;
    public const int RuntimeStopFailed = 2002;
    public const int RuntimeEnded = 2003;
    public const int SourceMissing = 2004;
    public const int DeliveryFailed = 2010;
    public const int DeliveryRepeated = 2011;
    public const int DrainIncomplete = 2012;
    public const int CallFailed = 2020;
    public const int CallTimedOut = 2021;
    public const int NotificationDropped = 2030;
    public const int InboxActionFailed = 2040;

    // Tasks: 2100.
    public const int TaskNotStored = 2100;
    public const int TaskNotAnswered = 2101;

    // Identity, OAuth: 2200.
    public const int SigningKeysChanged = 2200;
    public const int SigningKeyRevoked = 2201;
    public const int GrantRefused = 2210;
    public const int GrantRevoked = 2211;
    public const int ClientDocumentFailed = 2220;
    public const int ClientRegistered = 2221;
    public const int ClientRemoved = 2222;
    public const int RegistrationRefused = 2223;
    public const int ClientAssertionRefused = 2224;
    public const int ClientKeySetFailed = 2225;
    public const int EgressRefused = 2230;

    // Deploying: 2600.
    public const int ImageTouched = 2600;
    public const int ImageNotRemoved = 2601;
    public const int VersionOver = 2602;
    public const int PackageBrought = 2610;
    public const int PackageNotBrought = 2611;
    public const int PackageFailed = 2612;

    // Health: 2650.
    public const int ServerQuarantined = 2650;
    public const int InstanceNotEnded = 2651;
    public const int InstancesEndSlowly = 2652;
    public const int SessionNotEnded = 2653;

    // Security: 3000.
    public const int RowRefused = 3300;
    public const int RowIndexDamaged = 3301;
    public const int RowIndexNotWritten = 3302;
    public const int DataKeyUsedUp = 3310;
    public const int DataKeyNotUnwrapped = 3311;
    public const int KeyWatchFailed = 3312;
    public const int DataKeysRewrapped = 3320;
    public const int RowsRenewed = 3321;
    public const int DataKeyRotated = 3322;
    public const int DataKeysDestroyed = 3323;
    public const int DataKeysProvisioned = 3324;
    public const int KeyUpkeepFailed = 3325;
    public const int KeyDeletionsReplayed = 3326;
    public const int MaintenanceNoteRefused = 3330;

    // Audit: 3150.
    public const int AuditBroken = 3150;
    public const int AuditWriteFailed = 3151;
    public const int AuditSweepFailed = 3152;
    public const int AuditSwept = 3153;

    // Runtimes: 4000.
    public const int ToolFailed = 4000;
    public const int RequestFailed = 4001;
    public const int ToolRefused = 4002;
    public const int ServerClassUnreadable = 4003;

    // Jails: 4200.
    public const int JailerStarted = 4200;
    public const int JailNotStarted = 4201;
    public const int CpuUsedUp = 4202;
    public const int CpuNotReported = 4203;

    // Upstream: 4100.
    public const int UpstreamLineIgnored = 4100;
    public const int UpstreamLinkFailed = 4101;
    public const int UpstreamOpened = 4102;
    public const int UpstreamEnded = 4103;
    public const int UpstreamQuestionUnclaimed = 4104;
    public const int UpstreamNotOpened = 4105;
    public const int UpstreamSessionLost = 4106;

    // Virtual servers: 4350.
    public const int MemberMissed = 4350;

    // Servers made of OpenAPI documents: 4351.
    public const int ApiCredentialMissing = 4351;
    public const int ApiTokenRefused = 4352;

    // Remote: 4150.
    public const int RemoteCircuitOpened = 4150;
    public const int RemoteCircuitClosed = 4151;

    // Programs in jails: 4250.
    public const int ProcessPlanned = 4250;
    public const int ProcessNotStarted = 4251;
    public const int ProcessEnded = 4252;

    // Runtimes, worker: 4300.
    public const int WorkerBindingFailed = 4300;
    public const int WorkerStarted = 4301;
    public const int WorkerNotStarted = 4302;
    public const int WorkerEnded = 4303;
    public const int WorkerKilled = 4304;
    public const int WorkerTaken = 4305;
    public const int WorkerPoolNotFilled = 4306;
    public const int WorkerBlankNotMade = 4307;
    public const int WorkerObjectsReleased = 4330;
    public const int WorkerLeaseLeft = 4331;
}
