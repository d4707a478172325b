namespace Smcp.Providers;

/// <summary>A silo's vote that another one is dead.</summary>
internal sealed record Suspicion(string By, DateTime At);
