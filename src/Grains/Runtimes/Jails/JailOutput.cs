using System.Net.Sockets;

namespace Smcp.Runtimes.Jails;

/// <summary>What a jail writes; knows whether its end was read.</summary>
internal sealed class JailOutput(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    private volatile bool _hasEnded;

    public bool HasEnded => _hasEnded;

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await base.ReadAsync(buffer, cancellationToken);
        if (read == 0 && !buffer.IsEmpty)
        {
            _hasEnded = true;
        }

        return read;
    }
}
