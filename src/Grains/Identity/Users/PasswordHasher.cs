using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Smcp.Identity.Users;

/// <summary>
/// Hashes passwords, away from the callers' schedulers and only a few at a time: a flood of tries costs its senders
/// time, and not everybody else the processor.
/// </summary>
internal sealed class PasswordHasher : IDisposable
{
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    private readonly PasswordOptions _options;
    private readonly SemaphoreSlim _slots;
    private readonly PasswordHash _dummy;
    private int _waiting;

    public PasswordHasher(IOptions<PasswordOptions> options)
    {
        _options = options.Value;
        _slots = new SemaphoreSlim(_options.HashesMax);
        _dummy = new PasswordHash
        {
            Iterations = _options.Iterations,
            Salt = RandomNumberGenerator.GetBytes(SaltBytes),
            Hash = RandomNumberGenerator.GetBytes(HashBytes),
        };
    }

    /// <summary>Whether a hash has fewer iterations than are asked for today.</summary>
    public bool IsStale(PasswordHash hash) => hash.Iterations < _options.Iterations;

    /// <summary>Null when too many wait.</summary>
    public async Task<PasswordHash?> HashAsync(string password, CancellationToken cancellationToken)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return await DeriveAsync(password, salt, _options.Iterations, cancellationToken) is { } derived
            ? new PasswordHash { Iterations = _options.Iterations, Salt = salt, Hash = derived }
            : null;
    }

    /// <summary>
    /// Whether it is the password; null when too many wait. Without a hash the work is done all the same, so that
    /// time does not tell who has an account.
    /// </summary>
    public async Task<bool?> VerifyAsync(string password, PasswordHash? hash, CancellationToken cancellationToken)
    {
        var against = hash ?? _dummy;
        return await DeriveAsync(password, against.Salt, against.Iterations, cancellationToken) is { } derived
            ? CryptographicOperations.FixedTimeEquals(derived, against.Hash.Span) && hash is not null
            : null;
    }

    public void Dispose() => _slots.Dispose();

    private async Task<byte[]?> DeriveAsync(
        string password, ReadOnlyMemory<byte> salt, int iterations, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > _options.HashesWaitingMax)
        {
            Interlocked.Decrement(ref _waiting);
            return null;
        }

        try
        {
            await _slots.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        try
        {
            var bytes = Encoding.UTF8.GetBytes(PasswordRules.Normalize(password));
            return await Task.Run(
                () => Rfc2898DeriveBytes.Pbkdf2(
                    bytes, salt.Span, iterations, HashAlgorithmName.SHA256, HashBytes),
                cancellationToken);
        }
        finally
        {
            _slots.Release();
        }
    }
}
