using System.Net.Sockets;
using Smcp.Runtimes.Jails;

namespace Smcp.Runtimes.Worker;

/// <summary>
/// The sockets of one process, by files of ours, and its jail where that was made in advance. Disposal removes them,
/// and ends what became nobody's.
/// </summary>
internal sealed class WorkerSeat : IAsyncDisposable
{
    public WorkerSeat(string name)
    {
        (RequestsAt, BindingsAt) = (name, name + "b");
        Bindings = WorkerSockets.Listen(BindingsAt);
        try
        {
            Requests = WorkerSockets.Listen(RequestsAt);
        }
        catch
        {
            Bindings.Dispose();
            File.Delete(BindingsAt);
            throw;
        }
    }

    /// <summary>Where the process takes requests.</summary>
    public string RequestsAt { get; }

    /// <summary>Listens there, until the process has it.</summary>
    public Socket Requests { get; }

    /// <summary>Where the process finds its bindings.</summary>
    public string BindingsAt { get; }

    public Socket Bindings { get; }

    public IReadOnlyList<string> Files => [RequestsAt, BindingsAt];

    public BlankJail? Blank { get; set; }

    /// <summary>A process has what it needs of it: what is left of ours goes, but for the files.</summary>
    public async ValueTask LeaveAsync()
    {
        Requests.Dispose();
        if (Blank is not null)
        {
            await Blank.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await LeaveAsync();
        Bindings.Dispose();
        foreach (var file in Files)
        {
            File.Delete(file);
        }
    }
}
