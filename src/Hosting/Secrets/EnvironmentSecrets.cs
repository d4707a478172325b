namespace Smcp.Hosting.Secrets;

/// <summary>Secrets of a server that runs by itself: the environment's variables <c>SMCP_SECRET_name</c>.</summary>
internal sealed class EnvironmentSecrets : IServerSecrets
{
    private const string Prefix = "SMCP_SECRET_";

    public ValueTask<string?> GetAsync(string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult(
            string.IsNullOrEmpty(name) ? null : Environment.GetEnvironmentVariable(Prefix + name));
}
