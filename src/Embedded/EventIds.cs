namespace Smcp;

/// <summary>The ids of every log event of this project: 3000 the engine, 3500 the storage.</summary>
internal static class EventIds
{
    public const int ItemFaulted = 3000;
    public const int ActivationFailed = 3001;
    public const int DeactivationFailed = 3002;
    public const int ActivationAbandoned = 3003;
    public const int ConflictEscaped = 3004;
    public const int TimerFaulted = 3005;
    public const int ResponseLeft = 3006;
    public const int ResponseNotClosed = 3007;
    public const int ResponseFaulted = 3008;
    public const int DrainIncomplete = 3009;
    public const int ReminderFaulted = 3010;
    public const int ReminderWithoutGrain = 3011;
    public const int ReminderRoundFailed = 3012;
    public const int ActivationNotStored = 3013;
    public const int BellFaulted = 3050;

    public const int StorageOpened = 3500;
    public const int StorageUnchecked = 3501;
    public const int StorageMigrated = 3502;
    public const int StorageFolderOpen = 3503;
    public const int StorageWriteFailed = 3510;
    public const int StorageWritesFailing = 3511;
    public const int StorageWritesRecovered = 3512;
    public const int StorageCheckpointFailed = 3513;
    public const int StorageWalHeld = 3514;
    public const int StorageReadFailed = 3520;
    public const int StorageRecordDamaged = 3521;
}
