using Smcp.Servers;

namespace Smcp.Tasks;

/// <summary>What a client with a session asked for by <c>params.task</c>, as it is granted.</summary>
/// <param name="Id">The task to be made.</param>
/// <param name="Lifetime">How long it is kept from its creation.</param>
/// <param name="Client">What the client can be asked: the task may outlive its session.</param>
internal sealed record TaskTerms(TaskId Id, TimeSpan Lifetime, ClientCapabilities Client);
