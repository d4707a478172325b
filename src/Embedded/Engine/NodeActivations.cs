using Smcp.Reminders;

namespace Smcp.Engine;

/// <summary>Ends what the engine has of a path, and removes its reminders: nobody would answer them.</summary>
internal sealed class NodeActivations(EmbeddedEngine engine, IReminderStore? reminders = null) : INodeActivations
{
    private const int PageItems = 256;

    public async ValueTask EndAsync(string path, IReadOnlySet<string> except, CancellationToken cancellationToken)
    {
        engine.EndBelow(path, except);
        while (await LeftAsync(path, except, cancellationToken) is { Count: > 0 } left)
        {
            foreach (var address in left)
            {
                await reminders!.RemoveAsync(address, cancellationToken);
            }
        }
    }

    private async ValueTask<IReadOnlyList<ReminderAddress>> LeftAsync(
        string path, IReadOnlySet<string> except, CancellationToken cancellationToken) =>
        reminders is null
            ? []
            : [
                .. (await reminders.ListBelowAsync(path, PageItems, cancellationToken))
                    .Where(address => !except.Contains(address.GrainType)),
            ];
}
