namespace Smcp.Storage;

/// <summary>A test that needs a small file system of its own, which only root may mount.</summary>
internal sealed class MountFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Hindrance = new(Try);

    public MountFactAttribute() => Skip = Hindrance.Value;

    private static string? Try()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return "mounting a small disk needs root on Linux";
        }

        try
        {
            new TemporaryMount("size=64k").Dispose();
            return null;
        }
        catch (IOException exception)
        {
            return exception.Message;
        }
    }
}
