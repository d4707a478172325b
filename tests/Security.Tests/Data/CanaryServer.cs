using System.ComponentModel;
using ModelContextProtocol;
using ModelContextProtocol.Server;
using Smcp.Hosting;

namespace Smcp.Data;

/// <summary>A server through which texts go every way that they can, and that nobody else may hear of.</summary>
[McpServer("canary", Description = "Takes texts, and keeps them to itself.")]
[McpServerToolType]
public sealed class CanaryServer(IServerState<CanaryState> state, IServerSecrets secrets)
{
    public const string SecretName = "CANARY";

    [McpServerTool(Name = "echo"), Description("Returns the text.")]
    public static string Echo(string text) => text;

    [McpServerTool(Name = "tell"), Description("Says the text before it answers, so that the answer is a stream.")]
    public static string Tell(string text, IProgress<ProgressNotificationValue> progress)
    {
        progress.Report(new ProgressNotificationValue { Progress = 1, Message = text });
        return text;
    }

    [McpServerTool(Name = "fail"), Description("Fails with the text.")]
    public static string Fail(string text) => throw new InvalidOperationException(text);

    [McpServerTool(Name = "remember"), Description("Stores the text.")]
    public async Task<string> RememberAsync(string text, CancellationToken cancellationToken)
    {
        var now = await state.UpdateAsync(
            before => before with { Remembered = [.. before.Remembered, text] }, cancellationToken);
        return now.Remembered[^1];
    }

    [McpServerTool(Name = "secret"), Description("Returns its secret.")]
    public async Task<string> SecretAsync(CancellationToken cancellationToken) =>
        await secrets.GetAsync(SecretName, cancellationToken) ?? "none";
}
