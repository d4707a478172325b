using Smcp.Runtimes.Worker.Configuring;

namespace Smcp.Runtimes.Worker;

/// <summary>
/// The members of a worker's <c>env</c>: variables, granted secrets, KV namespaces, buckets, and
/// namespaces of Durable Objects.
/// </summary>
internal static class WorkerMembers
{
    private const int NameLengthMax = 64;

    /// <summary>All of them. A secret that is not there, or not granted, is not there in <c>env</c> either.</summary>
    /// <exception cref="WorkerUnavailableException">A name is none, or there twice.</exception>
    public static async Task<IReadOnlyList<WorkerBinding>> ReadAsync(
        WorkerPlan plan, CancellationToken cancellationToken)
    {
        var worker = plan.Settings.Worker!;
        List<WorkerBinding> members =
        [
            .. worker.Variables.Select(pair => new WorkerBinding(pair.Key, WorkerBindingKind.Text, pair.Value)),
            .. worker.KeyValues.Select(name => new WorkerBinding(name, WorkerBindingKind.KeyValues)),
            .. worker.Objects.Select(name => new WorkerBinding(name, WorkerBindingKind.Objects)),
            .. worker.DurableObjects.Select(
                pair => new WorkerBinding(pair.Key, WorkerBindingKind.DurableObjects, pair.Value)),
        ];
        foreach (var name in plan.Settings.Secrets)
        {
            if (await plan.Data.Secrets.GetAsync(name, cancellationToken) is { } secret)
            {
                members.Add(new WorkerBinding(name, WorkerBindingKind.Text, secret));
            }
        }

        if (members.Find(member => !IsName(member.Name)) is { } odd)
        {
            throw new WorkerUnavailableException($"A binding is called by letters, digits and _, not '{odd.Name}'.");
        }

        return members.CountBy(member => member.Name).FirstOrDefault(count => count.Value > 1) is { Key: { } twice }
            ? throw new WorkerUnavailableException($"Two bindings are called '{twice}'.")
            : members;
    }

    public static bool IsName(string name) =>
        name.Length is > 0 and <= NameLengthMax && !char.IsAsciiDigit(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
