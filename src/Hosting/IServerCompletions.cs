using ModelContextProtocol.Protocol;

namespace Smcp.Hosting;

/// <summary>
/// Proposes values for the arguments of prompts and resource templates. Implement it on the server's class or one of
/// its parts. Arguments with
/// <c>[AllowedValues]</c> complete by themselves.
/// </summary>
public interface IServerCompletions
{
    /// <summary>The values that fit, best first; the first 100 are sent.</summary>
    ValueTask<IReadOnlyList<string>> CompleteAsync(CompleteRequestParams request, CancellationToken cancellationToken);
}
