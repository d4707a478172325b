namespace Smcp;

/// <summary>The ids of log events, unique in this project; a block of a hundred for each feature.</summary>
internal static class EventIds
{
    // Sessions: 1000.

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

    // Security: 3000.

    // Runtimes: 4000.
    public const int ToolFailed = 4000;
    public const int RequestFailed = 4001;
}
