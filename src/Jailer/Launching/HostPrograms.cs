namespace Smcp.Jailer.Launching;

/// <summary>The host's programs that a jailer runs: each by its whole path, or null where it is not there.</summary>
internal sealed record HostPrograms(string? Bwrap, string? Prlimit, string? Setpriv, string? Nsenter)
{
    /// <summary>Only the system's folders are searched: what stands in them is root's.</summary>
    private static readonly string[] Folders =
        ["/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin"];

    public static HostPrograms Find() => new(
        Find("bwrap"), Find("prlimit"), Find("setpriv"), Find("nsenter"));

    private static string? Find(string name) =>
        Folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
