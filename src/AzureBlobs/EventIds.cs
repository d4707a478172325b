namespace Smcp;

/// <summary>The ids of every log event of this project: 3700.</summary>
internal static class EventIds
{
    public const int BlobsOpened = 3700;
    public const int BlobsFailing = 3710;
    public const int BlobsRecovered = 3711;
}
