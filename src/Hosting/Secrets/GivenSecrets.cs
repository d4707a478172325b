namespace Smcp.Hosting.Secrets;

/// <summary>Secrets that a test gives.</summary>
internal sealed class GivenSecrets(IReadOnlyDictionary<string, string> secrets) : IServerSecrets
{
    public ValueTask<string?> GetAsync(string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult(secrets.GetValueOrDefault(name));
}
