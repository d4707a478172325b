using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp.Runtimes;

/// <summary>A runtime whose server runs only while somebody needs it.</summary>
internal interface IRestingRuntime : IServerRuntime
{
    /// <summary>
    /// Whether what a request of this client would reach runs already: else it would be started for it.
    /// </summary>
    /// <param name="session">The client's session; null for none.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="call">The request.</param>
    bool IsAwake(string? session, CallContext caller, McpCall call);
}
