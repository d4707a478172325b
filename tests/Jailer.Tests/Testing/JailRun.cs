using Smcp.Jailer.Orders;

namespace Smcp.Jailer.Testing;

/// <summary>What a program in a jail said, and how it ended.</summary>
public sealed record JailRun(string Output, string Error, JailEnd End);
