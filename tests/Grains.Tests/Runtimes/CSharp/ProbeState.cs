namespace Smcp.Runtimes.CSharp;

public sealed record ProbeState;
