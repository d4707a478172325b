namespace Smcp.Conventions;

/// <summary>A place that breaks a habit, and how.</summary>
internal sealed record Violation(string Path, int Line, string What)
{
    public override string ToString() => $"{Path}:{Line}: {What}";
}
