namespace Smcp;

/// <summary>The ids of log events of what every process has; unique in the product: 3100 to 3149.</summary>
internal static class EventIds
{
    public const int AuditNotRecorded = 3100;
    public const int AuditRefused = 3101;
    public const int AuditLost = 3102;
}
