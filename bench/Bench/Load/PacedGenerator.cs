using System.Diagnostics;
using System.Net.Sockets;

namespace Smcp.Bench.Load;

/// <summary>
/// Open-loop load of several groups from one thread, so that they share the generator as they share the server.
/// </summary>
internal sealed class PacedGenerator
{
    private const int PollMicroseconds = 50;

    private readonly Dictionary<Socket, (PacedGroup Group, LoadConnection Connection)> _inFlight = [];
    private readonly List<(PacedGroup Group, Queue<LoadConnection> Free)> _groups;
    private readonly List<Socket> _ready = [];

    private PacedGenerator(IEnumerable<PacedGroup> groups) =>
        _groups = [.. groups.Select(group => (group, new Queue<LoadConnection>(group.Connections)))];

    public static void Run(IReadOnlyList<PacedGroup> groups, TimeSpan duration) =>
        new PacedGenerator(groups).Run(duration);

    private void Run(TimeSpan duration)
    {
        var started = Stopwatch.GetTimestamp();
        var sent = new long[_groups.Count];
        while (Stopwatch.GetElapsedTime(started) is var elapsed && elapsed < duration)
        {
            for (var i = 0; i < _groups.Count; i++)
            {
                var (group, free) = _groups[i];
                var due = (long)(elapsed.TotalSeconds * group.PerSecond);
                for (; sent[i] < due && free.TryDequeue(out var connection); sent[i]++)
                {
                    connection.Send();
                    _inFlight.Add(connection.Socket, (group, connection));
                }

                // What could not be sent in time is not sent in a burst later.
                sent[i] = Math.Max(sent[i], due - free.Count);
            }

            Collect();
        }

        while (_inFlight.Count > 0)
        {
            Collect();
        }
    }

    private void Collect()
    {
        if (_inFlight.Count == 0)
        {
            return;
        }

        _ready.Clear();
        _ready.AddRange(_inFlight.Keys);
        Socket.Select(_ready, null, null, PollMicroseconds);
        foreach (var socket in _ready)
        {
            var (group, connection) = _inFlight[socket];
            if (connection.Receive() is { } took)
            {
                group.Latencies.Add(took);
                _inFlight.Remove(socket);
                _groups.First(entry => entry.Group == group).Free.Enqueue(connection);
            }
        }
    }
}
