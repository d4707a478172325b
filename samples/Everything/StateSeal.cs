using System.Security.Cryptography;
using System.Text;
using Smcp.Hosting;

namespace Smcp.Samples.Everything;

/// <summary>
/// Signs what a client carries for a tool, so that what comes back is known to be ours. The key is durable: a state
/// outlives a restart.
/// </summary>
public sealed class StateSeal(IServerState<StateSealKey> key)
{
    public async Task<string> SealAsync(string state, CancellationToken cancellationToken) =>
        $"{state}.{await SignAsync(state, cancellationToken)}";

    public async Task<bool> OpensAsync(string carried, CancellationToken cancellationToken)
    {
        var split = carried.LastIndexOf('.');
        if (split < 0)
        {
            return false;
        }

        var signature = await SignAsync(carried[..split], cancellationToken);
        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(carried[(split + 1)..]), Encoding.UTF8.GetBytes(signature));
    }

    private async Task<string> SignAsync(string state, CancellationToken cancellationToken)
    {
        var secret = key.Value.Secret ?? (await key.UpdateAsync(Made, cancellationToken)).Secret!;
        return Convert.ToHexString(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(state)));
    }

    private static StateSealKey Made(StateSealKey current) =>
        current.Secret is null ? current with { Secret = RandomNumberGenerator.GetBytes(32) } : current;
}
