using Smcp.Jailer.Launching;
using Smcp.Jailer.Native;

namespace Smcp.Jailer;

/// <summary>What a jailer has to itself on this host: the folder of its socket and, as root, users.</summary>
internal sealed class JailerPlace : IDisposable
{
    private readonly UserRange? _users;

    private JailerPlace(JailerTerms terms, UserRange? users)
    {
        Terms = terms;
        _users = users;
    }

    /// <summary>With the socket's path as it is once links are followed.</summary>
    public JailerTerms Terms { get; }

    public string Folder => Path.GetDirectoryName(Terms.Socket)!;

    public UserPool Pool => new(_users?.First ?? 0, Terms.Users);

    /// <summary>The place, or why there is none.</summary>
    public static (JailerPlace? Place, string? Problem) Take(JailerTerms terms)
    {
        if (GivenPaths.RealPath(Path.GetDirectoryName(terms.Socket)!) is not { } folder)
        {
            return (null, $"the folder of {terms.Socket} is not there");
        }

        var real = terms with { Socket = Path.Combine(folder, Path.GetFileName(terms.Socket)) };
        if (Libc.GetUser() != 0)
        {
            return (new JailerPlace(real, null), null);
        }

        return SocketFolder.Problem(folder) is { } problem ? (null, problem)
            : UserRange.Take(terms.FirstUser, terms.Users) is { } users ? (new JailerPlace(real, users), null)
            : (null, "the users that its jails would be are another jailer's");
    }

    public void Dispose() => _users?.Dispose();
}
