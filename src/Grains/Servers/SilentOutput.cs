using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes;

namespace Smcp.Servers;

/// <summary>The output of a request that no client made: nobody hears it, nobody can be asked.</summary>
internal sealed class SilentOutput : IRuntimeOutput
{
    public static SilentOutput Instance { get; } = new();

    /// <inheritdoc/>
    public ValueTask EmitAsync(McpFrame frame, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask<McpReply> AskAsync(InputRequest question, CancellationToken cancellationToken) =>
        new(McpReply.Error(JsonRpcWriter.Error(McpErrorCodes.MethodNotFound, "There is no client to ask.")));
}
