using System.Text;
using Smcp.Runtimes.Jails.Output;

namespace Smcp.Runtimes.Worker;

/// <summary>
/// Takes what a process writes, so that it never waits for a reader, and keeps the end of it. Thread-safe.
/// </summary>
internal sealed class WorkerOutput(int charactersMax)
{
    private const int BufferCharacters = 4_096;
    private static readonly string Listening = "\"event\":\"listen\"";

    private readonly Lock _lock = new();
    private readonly StringBuilder _tail = new();
    private readonly TaskCompletionSource _listens = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when workerd takes requests.</summary>
    public Task Listens => _listens.Task;

    /// <summary>The last that was written.</summary>
    public string Tail
    {
        get
        {
            lock (_lock)
            {
                return _tail.ToString();
            }
        }
    }

    /// <summary>Reads a stream to its end, or until it is closed.</summary>
    public async Task DrainAsync(Stream stream, OutputLines lines)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var buffer = new char[BufferCharacters];
        try
        {
            while (await reader.ReadAsync(buffer.AsMemory()) is var count and > 0)
            {
                Keep(buffer.AsSpan(0, count));
                lines.Take(buffer.AsSpan(0, count));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The process is gone, and what it wrote with it.
        }

        lines.End();
    }

    private void Keep(ReadOnlySpan<char> text)
    {
        lock (_lock)
        {
            _tail.Append(text);
            if (!_listens.Task.IsCompleted && _tail.ToString().Contains(Listening, StringComparison.Ordinal))
            {
                _listens.TrySetResult();
                _tail.Clear();
            }

            if (_tail.Length > charactersMax)
            {
                _tail.Remove(0, _tail.Length - charactersMax);
            }
        }
    }
}
