namespace Smcp.Runtimes.Worker.Configuring;

/// <summary>How workerd keeps Durable Objects: its own files are a copy of what is in a bucket.</summary>
/// <param name="Port">Where the bucket is, on 127.0.0.1.</param>
/// <param name="Credential">What it says who it is by.</param>
/// <param name="Secret">What it signs its requests with.</param>
/// <param name="Key">What processes of one cluster know; of ours, each is alone in its network.</param>
/// <param name="Folder">Where its own files are.</param>
/// <param name="Owner">What the names of its objects are derived from, beside their class: its server.</param>
internal sealed record WorkerdDurableObjects(
    int Port, string Credential, string Secret, string Key, string Folder, string Owner);
