namespace Smcp.Servers.Deploying.Importing;

/// <summary>An import that is under way, or was the last.</summary>
internal sealed class RunningImport(ImportedServer needed, bool isNew, Task<ImportOutcome> outcome)
{
    private readonly byte[] _document = needed.ToDocument();

    public string Ticket { get; } = Guid.NewGuid().ToString("N");

    public Task<ImportOutcome> Outcome => outcome;

    /// <summary>Whether it is what another request asks for too: both get the same.</summary>
    public bool IsOf(ImportedServer other, bool otherIsNew) =>
        isNew == otherIsNew && needed.Package == other.Package && _document.AsSpan().SequenceEqual(other.ToDocument());
}
