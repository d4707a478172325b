using Smcp.Jailer.Orders;

namespace Smcp.Jailer.Testing;

/// <summary>Orders as tests give them.</summary>
internal static class Orders
{
    public static JailBounds Bounds { get; } = new()
    {
        MemoryBytes = 128 << 20,
        CpuPercent = 100,
        Processes = 32,
        OpenFiles = 128,
        FileBytes = 8 << 20,
        TemporaryBytes = 16 << 20,
    };

    public static JailOrder Shell(string script, JailBounds? bounds = null) => Program(bounds, "/bin/sh", "-c", script);

    public static JailOrder Perl(string program, JailBounds? bounds = null) => Program(bounds, "perl", "-e", program);

    public static JailOrder Program(JailBounds? bounds, string executable, params string[] arguments) => new()
    {
        Name = "tests/attacker",
        Executable = executable,
        Arguments = arguments,
        Bounds = bounds ?? Bounds,
    };
}
