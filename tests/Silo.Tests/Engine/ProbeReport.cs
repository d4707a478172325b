using Smcp.Wire;

namespace Smcp.Engine;

/// <summary>What an activation of the probe knows of itself.</summary>
[Wire("probe-report", 1)]
public sealed record ProbeReport(string Activation, string Silo, string? Note, IReadOnlyList<string> Told);
