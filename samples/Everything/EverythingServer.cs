using ModelContextProtocol.Protocol;
using Smcp.Hosting;
using Smcp.Samples.Everything.Prompts;
using Smcp.Samples.Everything.Resources;
using Smcp.Samples.Everything.Tools;

namespace Smcp.Samples.Everything;

/// <summary>
/// Each feature of the protocol once, under the names that the official conformance suites look for. A file a topic;
/// this one has what is
/// left: completion.
/// </summary>
[McpServer(
    "everything",
    Title = "Everything",
    Description = "Each feature of the protocol: the fixture of the official conformance suites.",
    Instructions = "This server is for testing clients and hosts. Nothing it does has an effect outside of it.",
    Startup = typeof(EverythingStartup),
    Parts =
    [
        typeof(ContentTools), typeof(FeedbackTools), typeof(ClientTools), typeof(SchemaTools), typeof(ListTools),
        typeof(DiagnosticTools), typeof(InputRequiredTools), typeof(TaskTools),
        typeof(FixtureResources), typeof(FixturePrompts),
    ])]
public sealed class EverythingServer : IServerCompletions
{
    private static readonly string[] Words = ["test", "testing", "tested", "paris", "park", "party"];

    public ValueTask<IReadOnlyList<string>> CompleteAsync(
        CompleteRequestParams request, CancellationToken cancellationToken)
    {
        var typed = request.Argument.Value;
        return ValueTask.FromResult<IReadOnlyList<string>>(
            [.. Words.Where(word => word.StartsWith(typed, StringComparison.OrdinalIgnoreCase))]);
    }
}
