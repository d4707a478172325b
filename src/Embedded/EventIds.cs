namespace Smcp;

/// <summary>The ids of every log event of this project: 3000 the engine, 3500 the storage.</summary>
internal static class EventIds
{
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
