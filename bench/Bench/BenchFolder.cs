namespace Smcp.Bench;

/// <summary>A data folder that lasts as long as its measure.</summary>
internal sealed class BenchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("smcp-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
