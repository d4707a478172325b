namespace Smcp.Backup;

/// <summary>The stores of a cluster that a data folder can be moved into.</summary>
internal enum MoveTarget
{
    Postgres,
    AzureBlobs,
}
