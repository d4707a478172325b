using Smcp.Wire;

namespace Smcp.Identity.OAuth;

/// <summary>What is wrong with a client's metadata.</summary>
/// <param name="Reason">What for.</param>
/// <param name="Description">For its developer: one sentence.</param>
[Wire("oauth-client-problem", 1)]
public sealed record ClientProblem(ClientRefusal Reason, string Description);
