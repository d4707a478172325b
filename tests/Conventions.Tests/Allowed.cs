namespace Smcp.Conventions;

/// <summary>
/// An exception to a rule: the path where it holds, a part of the violation's text, and the reason. A row that excuses
/// nothing any more fails, so that the lists do not outlive their causes.
/// </summary>
internal sealed record Allowed(string Path, string What, string Reason)
{
    public bool Covers(Violation violation) =>
        violation.Path == Path && violation.What.Contains(What, StringComparison.Ordinal);
}
