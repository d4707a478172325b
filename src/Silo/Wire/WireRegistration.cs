namespace Smcp.Wire;

/// <summary>A message that crosses as JSON.</summary>
internal sealed record WireRegistration(Type Type);
