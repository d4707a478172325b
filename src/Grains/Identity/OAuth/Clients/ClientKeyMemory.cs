using Smcp.Identity.Jose;

namespace Smcp.Identity.OAuth.Clients;

/// <summary>
/// The keys of one client, as its address last gave them. They are asked for anew when their time is over, and when an
/// assertion names one that is not among them, since clients rotate theirs; but not at every word of a stranger. For
/// one activation's scheduler only.
/// </summary>
internal sealed class ClientKeyMemory(ClientKeySets sets, ClientOptions options, TimeProvider time)
{
    private ClientKeySet? _held;
    private long _heldAt;
    private long? _askedAt;

    /// <summary>The keys to check an assertion with; none while they cannot be had.</summary>
    public async Task<IReadOnlyList<VerificationKey>> FindAsync(OAuthClient client, SignedToken token)
    {
        if (Fresh() is { } known && (token.KeyId is null || known.Any(key => key.Id == token.KeyId)))
        {
            return known;
        }

        if (_askedAt is { } asked && time.GetElapsedTime(asked) < options.KeySetReload)
        {
            return Fresh() ?? [];
        }

        _askedAt = time.GetTimestamp();
        if (ClientDocumentUrl.Parse(client.JwksUri!) is { } url
            && await sets.FetchAsync(url, client.Tenant) is { } fetched)
        {
            (_held, _heldAt) = (fetched, time.GetTimestamp());
        }

        // From its end, too: what waited here for a slow host is no reason to ask that host again.
        _askedAt = time.GetTimestamp();

        return Fresh() ?? [];
    }

    /// <summary>One that may not be held is nevertheless, until it may be asked for again.</summary>
    private IReadOnlyList<VerificationKey>? Fresh() =>
        _held is { } held
        && time.GetElapsedTime(_heldAt) is var age && (age < held.Lifetime || age < options.KeySetReload)
            ? held.Keys
            : null;
}
