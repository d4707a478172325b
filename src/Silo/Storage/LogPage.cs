namespace Smcp.Storage;

/// <summary>
/// Consecutive records of a log, the first of them numbered <see cref="First"/>, and the log's last number.
/// </summary>
[GenerateSerializer]
[Immutable]
[Alias("smcp.log-page.1")]
internal sealed record LogPage(
    [property: Id(0)] long First, [property: Id(1)] long Last, [property: Id(2)] ReadOnlyMemory<byte>[] Records);
