using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>Whose account at a server elsewhere is used.</summary>
[Wire("remote-auth-kind", 1)]
public enum RemoteAuthKind
{
    /// <summary>Our own, as a client (RFC 6749 section 4.4): no person is asked.</summary>
    Client = 0,

    /// <summary>One for all, which an administrator connects once.</summary>
    Server = 1,

    /// <summary>Each user's own, which each user connects.</summary>
    User = 2,
}
