using Smcp.Start;

namespace Smcp.Nodes;

/// <summary>What the first start of an empty store needs, on the node that was told to see to it.</summary>
internal static class FirstStart
{
    public static async Task BeginAsync(WebApplication app, NodeOptions node)
    {
        if (node.Role == NodeRole.Silo || node.OperatorKeyFile is not { } file)
        {
            return;
        }

        await FirstUser.InviteAsync(app.Services);
        if (await OperatorKey.IssueAsync(app.Services, Path.GetFullPath(file), node.NewOperatorKey) is { } written)
        {
            await Console.Out.WriteLineAsync(
                $"The operators' key is in {written}; it administers every tenant: keep it safe.");
        }
    }
}
