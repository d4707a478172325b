namespace Smcp.Jailer.Launching;

/// <summary>
/// What every jail sees of the host: programs and libraries, read-only, and of <c>/etc</c> what they need to start.
/// Nothing of <c>/home</c>, <c>/var</c>, <c>/run</c> or <c>/sys</c>, and no setting of the host.
/// </summary>
internal sealed class JailRoot
{
    private const string Files = "etc";

    private static readonly string[] Programs = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];

    /// <summary>
    /// Authorities' certificates, the linker's list, and where names of programs lead. Beside the certificates are the
    /// host's private keys, which some hosts let more than root read.
    /// </summary>
    private static readonly string[] Settings =
    [
        "/etc/ssl/certs", "/etc/ssl/openssl.cnf", "/etc/ca-certificates", "/etc/pki/ca-trust", "/etc/pki/tls/certs",
        "/etc/crypto-policies", "/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime",
    ];

    private static readonly (string Name, string Content)[] Written =
    [
        ("passwd", "smcp:x:1000:1000::/tmp:/bin/sh\n"),
        ("group", "smcp:x:1000:\n"),
        ("hosts", "127.0.0.1 localhost\n::1 localhost\n"),
        ("nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n"),
        ("resolv.conf", string.Empty),
    ];

    private readonly string _folder;

    /// <param name="folder">A folder of the jailer's, where the files that it writes for jails are.</param>
    public JailRoot(string folder)
    {
        _folder = Path.Combine(folder, Files);
        Directory.CreateDirectory(_folder);
        foreach (var (name, content) in Written)
        {
            File.WriteAllText(Path.Combine(_folder, name), content);
        }
    }

    /// <summary>The jailer's own files, to be brought where a jail's user finds them.</summary>
    public string Folder => _folder;

    /// <param name="written">Where the jail's user finds <see cref="Folder"/>.</param>
    public static IEnumerable<string> Arguments(string written)
    {
        yield return "--ro-bind";
        yield return "/usr";
        yield return "/usr";
        foreach (var argument in Programs.SelectMany(LinkOrBind))
        {
            yield return argument;
        }

        foreach (var setting in Settings.Where(Path.Exists))
        {
            yield return "--ro-bind";
            yield return setting;
            yield return setting;
        }

        foreach (var (name, _) in Written)
        {
            yield return "--ro-bind";
            yield return Path.Combine(written, name);
            yield return $"/etc/{name}";
        }
    }

    /// <summary>Most systems have their programs in <c>/usr</c> and links to them; some still have folders.</summary>
    private static string[] LinkOrBind(string path) => new DirectoryInfo(path) switch
    {
        { LinkTarget: { } target } => ["--symlink", target, path],
        { Exists: true } => ["--ro-bind", path, path],
        _ => [],
    };
}
