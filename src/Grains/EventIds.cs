namespace Smcp;

/// <summary>The ids of log events, unique in this project; a block of a hundred for each feature.</summary>
internal static class EventIds
{
    // Sessions: 1000.
    public const int SessionOpened = 1000;
    public const int SessionEnded = 1001;
    public const int SessionCleanUpFailed = 1002;
    public const int SessionWriteFailed = 1003;
    public const int SessionBellLost = 1010;
    public const int SessionEventsTrimmed = 1011;
    public const int SessionCallLost = 1020;
    public const int SessionCallFailed = 1021;
    public const int SessionPeerReopening = 1030;
    public const int SessionAttachFailed = 1031;
    public const int SessionAnswerFailed = 1032;
    public const int SessionSendFailed = 1033;

    // Tenants: 1100.
    public const int TenantSweepFailed = 1100;
    public const int TenantCompacted = 1101;
    public const int TenantWriteFailed = 1102;

    // Servers: 2000.
    public const int RuntimeStarted = 2000;
    public const int RuntimeStartFailed = 2001;
    public const int RuntimeStopFailed = 2002;
    public const int RuntimeEnded = 2003;
    public const int DeliveryFailed = 2010;
    public const int CallFailed = 2020;
    public const int CallTimedOut = 2021;
    public const int NotificationDropped = 2030;
    public const int InboxActionFailed = 2040;

    // Tasks: 2100.
    public const int TaskNotStored = 2100;

    // Security: 3000.

    // Runtimes: 4000.
    public const int ToolFailed = 4000;
    public const int RequestFailed = 4001;
    public const int ToolRefused = 4002;
    public const int ServerClassUnreadable = 4003;
}
