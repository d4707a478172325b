namespace Smcp.Servers.Deploying.Images;

/// <summary>An archive whose files are read as somebody lets them: this is asked before each piece.</summary>
internal sealed class HeldArchive(MemoryStream archive, Func<Task> reading)
    : MemoryStream(archive.ToArray(), writable: false)
{
    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await reading();
        return await base.ReadAsync(buffer, cancellationToken);
    }
}
