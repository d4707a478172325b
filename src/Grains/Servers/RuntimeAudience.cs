using Smcp.Identity;

namespace Smcp.Servers;

/// <summary>Who hears a notification of no call: one session, one principal's listeners, or (neither) all.</summary>
internal readonly record struct RuntimeAudience(string? Session, PrincipalId? Principal)
{
    public static RuntimeAudience Everybody => default;
}
