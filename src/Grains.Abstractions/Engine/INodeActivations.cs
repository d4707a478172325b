namespace Smcp.Engine;

/// <summary>The activations of this node, for what must not outlive whom it belongs to.</summary>
public interface INodeActivations
{
    /// <summary>
    /// Ends each activation of this node whose grain key is a path or lies below it (<c>acme</c>, <c>acme/…</c>), once
    /// its running calls are done; grain types in <paramref name="except"/> stay. An engine that keeps reminders itself
    /// forgets theirs. A later call makes a new activation.
    /// </summary>
    ValueTask EndAsync(string path, IReadOnlySet<string> except, CancellationToken cancellationToken);
}
