using System.Globalization;

namespace Smcp.Mcp.Dispatch;

/// <summary>
/// Names the calls that begin at this gateway: 128 random bits of this process and a number, unguessable and cheaper
/// than random bits for each call.
/// </summary>
internal sealed class CallNames
{
    private const int PrefixBytes = 16;

    private readonly string _prefix = RandomText.Token(PrefixBytes);
    private long _numbered;

    /// <summary>A call's name from here on.</summary>
    public CallId Next() => CallId.Parse(string.Create(
        CultureInfo.InvariantCulture, $"{_prefix}-{Interlocked.Increment(ref _numbered)}"));
}
