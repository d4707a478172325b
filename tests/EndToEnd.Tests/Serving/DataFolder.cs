namespace Smcp.EndToEnd.Serving;

/// <summary>A folder of one test's own, gone when the test is.</summary>
internal sealed class DataFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("smcp-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
