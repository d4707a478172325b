using System.Globalization;

namespace Smcp.Jailer.Launching;

/// <summary>
/// The users of the host that this jailer's jails run as, and no other jailer's: a lock holds them, as long as this
/// process lives.
/// </summary>
internal sealed class UserRange : IDisposable
{
    /// <summary>
    /// Where ranges begin that nobody asked for: above the users of containers and below those of systemd's, whose
    /// dynamic users are elsewhere too.
    /// </summary>
    public const uint FirstOfAll = 262_144;

    private const int RangesMax = 64;

    private readonly FileStream _lock;

    private UserRange(uint first, FileStream held)
    {
        First = first;
        _lock = held;
    }

    public uint First { get; }

    /// <summary>The range that was asked for, or else the first that is free; null where there is none.</summary>
    public static UserRange? Take(uint? first, int count) => first is { } asked
        ? TryLock(asked)
        : Enumerable.Range(0, RangesMax)
            .Select(range => TryLock(FirstOfAll + (uint)(range * count)))
            .FirstOrDefault(range => range is not null);

    public void Dispose() => _lock.Dispose();

    private static UserRange? TryLock(uint first)
    {
        try
        {
            var path = $"/run/smcp-jailer-users-{first.ToString(CultureInfo.InvariantCulture)}";
            return new UserRange(
                first, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
