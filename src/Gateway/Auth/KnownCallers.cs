using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Smcp.Identity;

namespace Smcp.Auth;

/// <summary>
/// Credentials to callers: from memory while the credential was found valid not too long ago, else by its scheme. What
/// is remembered is a digest, bound to what the credential was shown for. Refusals are not remembered.
/// </summary>
internal sealed class KnownCallers(
    IEnumerable<ICredentialScheme> schemes, AuthAudit audit, TimeProvider time, IOptions<AuthOptions> options)
{
    private static readonly CredentialLookup Unknown = CredentialLookup.Refused("malformed");

    private readonly ICredentialScheme[] _schemes = [.. schemes];
    private readonly GenerationCache<(string Resource, UInt128 High, UInt128 Low), Held> _known =
        new(options.Value.CallersKeptMax);

    /// <summary>Whom the credential speaks for in this use, or why it is refused.</summary>
    public ValueTask<(Caller? Caller, CredentialLookup? Refused)> FindAsync(
        HttpContext http, string credential, CredentialUse use)
    {
        var key = KeyOf(credential, use.Resource);
        if (!_known.TryGet(key, out var held))
        {
            return AskAsync(http, key, credential, use, uses: 0);
        }

        var uses = Interlocked.Increment(ref held.Uses);
        return IsFresh(held) ? new((held.Caller, null)) : AskAsync(http, key, credential, use, uses);
    }

    private async ValueTask<(Caller? Caller, CredentialLookup? Refused)> AskAsync(
        HttpContext http, (string, UInt128, UInt128) key, string credential, CredentialUse use, long uses)
    {
        var at = time.GetTimestamp();
        var scheme = Array.Find(_schemes, s => s.Accepts(credential));
        var lookup = scheme is null ? Unknown : await scheme.VerifyAsync(credential, use, http.RequestAborted);
        if (lookup.Caller is not { } identity)
        {
            _known.Remove(key);
            return (null, lookup);
        }

        var caller = new Caller(identity, isAnonymous: false);
        _known.Set(key, new Held(caller, at));
        audit.Accepted(http, caller, Math.Max(1, uses));
        return (caller, null);
    }

    private bool IsFresh(Held held) =>
        time.GetElapsedTime(held.At) < options.Value.CredentialLifetime
        && !(held.Caller.Identity.ExpiresAt <= time.GetUtcNow());

    private static (string Resource, UInt128 High, UInt128 Low) KeyOf(string credential, string resource)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.ASCII.GetBytes(credential), digest);
        return (resource,
            System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(digest),
            System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(digest[16..]));
    }

    /// <summary>A caller, when it was asked for, and how often it was found here since.</summary>
    private sealed class Held(Caller caller, long at)
    {
        public long Uses;

        public Caller Caller => caller;

        public long At => at;
    }
}
