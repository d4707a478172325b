namespace Smcp;

/// <summary>The ids of every log event of this project: 3600 the storage, 3650 the bells.</summary>
internal static class EventIds
{
    public const int PostgresOpened = 3600;
    public const int PostgresMigrated = 3601;
    public const int PostgresFailing = 3610;
    public const int PostgresRecovered = 3611;
    public const int PostgresListening = 3650;
    public const int PostgresListenFailed = 3651;
    public const int PostgresBellFaulted = 3652;
}
