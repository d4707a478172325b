using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Smcp.Bench.Load;

/// <summary>One keep-alive connection that sends the same request again and again.</summary>
internal sealed class LoadConnection : IDisposable
{
    private const int EndMilliseconds = 10_000;

    private readonly HttpAnswer _answer = new();
    private readonly LoadRequest _request;
    private readonly byte[] _expected;
    private long _sentAt;

    /// <param name="endpoint">The server's address.</param>
    /// <param name="request">Whole requests, head and body.</param>
    /// <param name="expected">What an answer must hold to be right.</param>
    public LoadConnection(IPEndPoint endpoint, LoadRequest request, byte[] expected)
    {
        _request = request;
        _expected = expected;
        Socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Socket.Connect(endpoint);
    }

    public Socket Socket { get; }

    /// <summary>Answers that did not hold what they must.</summary>
    public int Bad { get; private set; }

    /// <summary>One wrong answer, to show.</summary>
    public string? FirstBad { get; private set; }

    public void Send()
    {
        _sentAt = Stopwatch.GetTimestamp();
        Socket.Send(_request.Call);
    }

    /// <summary>Reads what has come; the time that the call took when its answer is whole, else null.</summary>
    public long? Receive()
    {
        var count = Socket.Receive(_answer.Free);
        if (count == 0)
        {
            throw new IOException($"The server closed the connection after:\n{_answer.Text}");
        }

        if (!_answer.Add(count))
        {
            return null;
        }

        var took = Stopwatch.GetTimestamp() - _sentAt;
        if (_answer.Bytes.IndexOf(_expected) < 0)
        {
            Bad++;
            FirstBad ??= _answer.Text;
        }

        _answer.Reset();
        return took;
    }

    /// <summary>Ends its session too: some servers have a process for each.</summary>
    public void Dispose()
    {
        if (_request.Ending is { } ending)
        {
            try
            {
                Socket.ReceiveTimeout = EndMilliseconds;
                Socket.Send(ending);
                Socket.Receive(_answer.Free);
            }
            catch (SocketException)
            {
                // It ended already.
            }
        }

        Socket.Dispose();
    }
}
